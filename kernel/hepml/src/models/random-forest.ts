import { checkKnownOptions, checkNumber } from './option-checks.ts';
import type { BoostedTrees } from './boosted-trees.ts';

/** Options of {@link randomForest}; each has a default. */
export interface RandomForestOptions {
  /** Trees, each grown for itself. Default 200. */
  readonly trees?: number;
  /** Largest depth of a tree. Default 12. */
  readonly maxDepth?: number;
  /** Smallest sum of `p (1 - p) * weight` in a leaf (`min_child_weight`). Default 1. */
  readonly minChildWeight?: number;
  /** Fraction of events that each tree sees, in (0, 1). Default 0.63, what a bootstrap sample has of different events. */
  readonly subsample?: number;
  /** Fraction of features that each split may choose from (`colsample_bynode`), in (0, 1]. Default 0.5. */
  readonly featureFraction?: number;
  /** Histogram bins a feature (`max_bin`). Default 256. */
  readonly maxBins?: number;
  /** Further parameters of XGBoost under their own names. */
  readonly xgboost?: { readonly [parameter: string]: string | number | boolean };
}

/** Describes a random forest; {@link randomForest} makes it, `train` fits it. */
export interface RandomForest extends Required<RandomForestOptions> {
  readonly kind: 'random forest';
}

const defaults: Required<RandomForestOptions> = {
  trees: 200,
  maxDepth: 12,
  minChildWeight: 1,
  subsample: 0.63,
  featureFraction: 0.5,
  maxBins: 256,
  xgboost: {},
};

/**
 * A random forest: deep trees, each on a random part of the events, each split on a random part of the features, all
 * of them averaged (L. Breiman, Mach. Learn. 45 (2001) 5), grown by XGBoost as the parallel trees of one round. Missing values
 * (NaN) are allowed. The event loop stays free, but the round is one step: an abort takes effect behind it.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const forest = await train(models.randomForest({ trees: 300 }), table);
 */
export const randomForest = (options: RandomForestOptions = {}): RandomForest => {
  const owner = 'models.randomForest';
  checkKnownOptions(owner, options, Object.keys(defaults));
  const all = { ...defaults, ...options };
  checkNumber(owner, 'trees', all.trees, { min: 1, max: 100_000, integer: true });
  checkNumber(owner, 'maxDepth', all.maxDepth, { min: 1, max: 32, integer: true });
  checkNumber(owner, 'minChildWeight', all.minChildWeight, { min: 0 });
  checkNumber(owner, 'subsample', all.subsample, { above: 0, below: 1 });
  checkNumber(owner, 'featureFraction', all.featureFraction, { above: 0, max: 1 });
  checkNumber(owner, 'maxBins', all.maxBins, { min: 2, max: 65_536, integer: true });
  return { kind: 'random forest', ...all };
};

/** The same as boosting with one round of parallel trees and no shrinkage. */
export const asBoosting = (forest: RandomForest): BoostedTrees => ({
  kind: 'boosted trees',
  trees: 1,
  maxDepth: forest.maxDepth,
  learningRate: 1,
  minChildWeight: forest.minChildWeight,
  subsample: forest.subsample,
  featureFraction: 1,
  // XGBoost's own forests have nearly no penalty: averaging is what keeps them calm.
  l2: 1e-5,
  l1: 0,
  minSplitGain: 0,
  maxBins: forest.maxBins,
  xgboost: {
    num_parallel_tree: forest.trees,
    colsample_bynode: forest.featureFraction,
    ...forest.xgboost,
  },
});
