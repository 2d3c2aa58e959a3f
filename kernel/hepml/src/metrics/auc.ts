import type { Numbers } from './labelled-scores.ts';
import { rocCurve, type RocCurve } from './roc-curve.ts';

/** Area under a ROC curve with its statistical uncertainty. */
export interface AreaUnderCurve {
  readonly value: number;
  /** One standard deviation; NaN with less than two effective events in a class. */
  readonly error: number;
  readonly method: RocCurve['aucErrorMethod'];
}

/**
 * Area under the ROC curve, in [0, 1]: 0.5 is guessing, 1 is perfect. Equals scikit-learn's `roc_auc_score`.
 * @throws RangeError as {@link rocCurve}.
 * @example
 * metrics.auc([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]); // 0.75
 */
export const auc = (labels: Numbers, scores: Numbers, options: { readonly weights?: Numbers } = {}): number =>
  rocCurve(labels, scores, options).auc;

/**
 * Area under the ROC curve with DeLong's standard deviation, generalised to weights as described at {@link rocCurve}.
 * @throws RangeError as {@link rocCurve}.
 * @example
 * const { value, error } = metrics.delongAuc(labels, scores, { weights });
 */
export const delongAuc = (
  labels: Numbers,
  scores: Numbers,
  options: { readonly weights?: Numbers } = {},
): AreaUnderCurve => {
  const curve = rocCurve(labels, scores, options);
  return { value: curve.auc, error: curve.aucError, method: curve.aucErrorMethod };
};
