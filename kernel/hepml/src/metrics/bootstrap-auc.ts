import { checkSample, type Numbers } from './labelled-scores.ts';
import { areasOf, centralInterval, checkReplicas, standardDeviation } from './resample.ts';
import { curveOf } from './roc-curve.ts';
import { sortSample } from './class-sums.ts';

/** Area under a ROC curve with the spread that resampling shows. */
export interface BootstrapArea {
  readonly value: number;
  /** Standard deviation over the replicas. */
  readonly error: number;
  /** Central 68.27 % of the replicas. */
  readonly interval: readonly [low: number, high: number];
  readonly replicas: number;
}

/**
 * Area under the ROC curve with its uncertainty from a Poisson bootstrap (see `rocBand`), event weights included. Agrees with
 * DeLong's error where both hold, and needs no formula; its own relative precision is `1 / sqrt(2 replicas)`.
 * @param options.replicas Default 300.
 * @param options.seed Default 0.
 * @throws RangeError as {@link rocCurve}.
 * @example
 * const { value, error } = metrics.bootstrapAuc(labels, scores, { weights, seed: 1 });
 */
export const bootstrapAuc = (
  labels: Numbers,
  scores: Numbers,
  options: { readonly weights?: Numbers; readonly replicas?: number; readonly seed?: number } = {},
): BootstrapArea => {
  const { weights, replicas = 300, seed = 0 } = options;
  checkReplicas(replicas);
  const sample = weights ? { labels, scores, weights } : { labels, scores };
  checkSample(sample);
  const sorted = sortSample(sample);
  const value = curveOf(sorted, weights).auc;
  const next = areasOf(sorted, seed);
  const areas = Float64Array.from({ length: replicas }, next).filter(Number.isFinite);
  if (areas.length < 2) throw new RangeError('Too few events to resample: replicas lack one of the classes.');
  return { value, error: standardDeviation(areas), interval: centralInterval(areas), replicas };
};
