import { CygnetError } from '@cygnet/columns';
import { checkKnownOptions, checkNumber } from './option-checks.ts';
import type { Regression, Task } from './task.ts';

/** Options of {@link boostedTrees}; each has a default. */
export interface BoostedTreesOptions {
  /** Boosting rounds, one tree each. Default 200. */
  readonly trees?: number;
  /** Largest depth of a tree. Default 4. */
  readonly maxDepth?: number;
  /** Shrinkage of each tree's contribution (`eta`), in (0, 1]. Default 0.1. */
  readonly learningRate?: number;
  /** Smallest sum of `p (1 - p) * weight` in a leaf (`min_child_weight`). Default 1. */
  readonly minChildWeight?: number;
  /** Fraction of events that each tree sees, in (0, 1]. Default 1. */
  readonly subsample?: number;
  /** Fraction of features that each tree sees (`colsample_bytree`), in (0, 1]. Default 1. */
  readonly featureFraction?: number;
  /** L2 penalty on leaf values (`lambda`). Default 1. */
  readonly l2?: number;
  /** L1 penalty on leaf values (`alpha`). Default 0. */
  readonly l1?: number;
  /** Loss that a split must win at least (`gamma`). Default 0. */
  readonly minSplitGain?: number;
  /** Histogram bins a feature (`max_bin`). Default 256. */
  readonly maxBins?: number;
  /** Further parameters of XGBoost under their own names, for example `{ grow_policy: 'lossguide', max_leaves: 31 }`. */
  readonly xgboost?: { readonly [parameter: string]: string | number | boolean };
}

/** Describes boosted trees; {@link boostedTrees} makes it, `train` fits it. */
export interface BoostedTrees extends Required<BoostedTreesOptions> {
  readonly kind: 'boosted trees';
}

/** Parameters that decide what the model means; the library sets them. */
const ownParameters = [
  'objective',
  'booster',
  'num_class',
  'base_score',
  'eval_metric',
  'verbosity',
  'process_type',
  'seed',
  'seed_per_iteration',
];

const defaults: Required<BoostedTreesOptions> = {
  trees: 200,
  maxDepth: 4,
  learningRate: 0.1,
  minChildWeight: 1,
  subsample: 1,
  featureFraction: 1,
  l2: 1,
  l1: 0,
  minSplitGain: 0,
  maxBins: 256,
  xgboost: {},
};

/**
 * Gradient-boosted decision trees on logistic loss (softmax for several classes, the chosen loss for a regression),
 * grown by XGBoost's histogram method
 * (T. Chen and C. Guestrin, arXiv 1603.02754; the idea: J. H. Friedman, Ann. Statist. 29 (2001) 1189).
 * Missing values (NaN) are allowed: each split learns on which side they go.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const bdt = await train(models.boostedTrees({ trees: 300, maxDepth: 5 }), table);
 */
export const boostedTrees = (options: BoostedTreesOptions = {}): BoostedTrees => {
  const owner = 'models.boostedTrees';
  checkKnownOptions(owner, options, Object.keys(defaults));
  const all = { ...defaults, ...options };
  const fraction = { above: 0, max: 1 };
  checkNumber(owner, 'trees', all.trees, { min: 1, max: 100_000, integer: true });
  checkNumber(owner, 'maxDepth', all.maxDepth, { min: 1, max: 32, integer: true });
  checkNumber(owner, 'learningRate', all.learningRate, fraction);
  checkNumber(owner, 'minChildWeight', all.minChildWeight, { min: 0 });
  checkNumber(owner, 'subsample', all.subsample, fraction);
  checkNumber(owner, 'featureFraction', all.featureFraction, fraction);
  checkNumber(owner, 'l2', all.l2, { min: 0 });
  checkNumber(owner, 'l1', all.l1, { min: 0 });
  checkNumber(owner, 'minSplitGain', all.minSplitGain, { min: 0 });
  checkNumber(owner, 'maxBins', all.maxBins, { min: 2, max: 65_536, integer: true });
  const claimed = Object.keys(all.xgboost).filter((name) => ownParameters.includes(name));
  if (claimed.length > 0) {
    throw new RangeError(
      `${owner}: option "xgboost" sets ${claimed.join(', ')}, which the library sets itself, from what the training is asked for.`,
    );
  }
  return { kind: 'boosted trees', ...all };
};

/** Weighted mean and standard deviation of a regression's target. */
interface TargetMoments {
  readonly mean: number;
  readonly deviation: number;
}

type Parameters = { readonly [name: string]: string };

const regressionObjective = ({ loss }: Regression, target: TargetMoments): Parameters => {
  if (typeof loss === 'object')
    return {
      objective: 'reg:quantileerror',
      eval_metric: 'quantile',
      quantile_alpha: `[${loss.quantiles.join(',')}]`,
    };
  switch (loss) {
    case 'mse':
      return { objective: 'reg:squarederror', eval_metric: 'rmse' };
    case 'mae':
      return { objective: 'reg:absoluteerror', eval_metric: 'mae' };
    case 'huber':
      // From XGBoost's own start and slope the loss has no curvature at targets of some 100 GeV, and the trees diverge.
      return {
        objective: 'reg:pseudohubererror',
        eval_metric: 'mphe',
        huber_slope: String(target.deviation),
        base_score: String(target.mean),
      };
    case 'gaussian':
      throw new CygnetError(
        'training-failed',
        'Boosted trees have no loss with a mean and a standard deviation. Take loss: { quantiles: [0.16, 0.5, 0.84] }, or a network.',
      );
  }
};

/** Objective and metric of XGBoost for a task. @throws CygnetError `training-failed` for a task that it does not have. */
const objectiveOf = (task: Task, target: TargetMoments): Parameters => {
  switch (task.kind) {
    case 'signal':
      return { objective: 'binary:logistic', eval_metric: 'logloss' };
    case 'classes':
      return { objective: 'multi:softprob', eval_metric: 'mlogloss', num_class: String(task.classes.length) };
    case 'regression':
      return regressionObjective(task, target);
  }
};

/** What XGBoost's parameters depend on besides the description. */
export interface XgboostRun {
  readonly task: Task;
  readonly seed: number;
  readonly threads: number;
  /** Of a regression. */
  readonly target: TargetMoments;
}

/** XGBoost's own parameters for a description. */
export const xgboostParameters = (model: BoostedTrees, run: XgboostRun): Parameters => ({
  ...objectiveOf(run.task, run.target),
  verbosity: '0',
  tree_method: 'hist',
  max_depth: String(model.maxDepth),
  eta: String(model.learningRate),
  min_child_weight: String(model.minChildWeight),
  subsample: String(model.subsample),
  colsample_bytree: String(model.featureFraction),
  lambda: String(model.l2),
  alpha: String(model.l1),
  gamma: String(model.minSplitGain),
  max_bin: String(model.maxBins),
  seed: String(run.seed),
  // XGBoost's random numbers belong to the thread that asks, and rounds run on any thread of a pool: seed each round.
  seed_per_iteration: 'true',
  nthread: String(run.threads),
  ...Object.fromEntries(Object.entries(model.xgboost).map(([name, value]) => [name, String(value)])),
});
