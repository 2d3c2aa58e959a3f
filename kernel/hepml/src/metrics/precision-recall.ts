import type { Numbers } from './labelled-scores.ts';
import { rocCurve } from './roc-curve.ts';

/** Purity against efficiency, for every cut that makes a difference, from the tightest to the loosest. */
export interface PrecisionRecallCurve {
  /** Purity: the signal's share of what is kept, by weight. 1 at the infinite cut, by convention. */
  readonly precision: Float64Array;
  /** Signal efficiency, from 0 to 1. */
  readonly recall: Float64Array;
  /** Score cut of each point, falling; the first is `Infinity`. */
  readonly cut: Float64Array;
  /** `sum_i (recall_i - recall_{i-1}) precision_i`; the signal's share for guessing, 1 for a perfect classifier. */
  readonly averagePrecision: number;
}

/**
 * Precision-recall curve and average precision, equal to scikit-learn's `precision_recall_curve` and
 * `average_precision_score`, weights included. Unlike a ROC curve it depends on how much signal the sample holds: give
 * weights that make the classes as frequent as you expect them.
 * @throws RangeError as `rocCurve`.
 * @example
 * metrics.precisionRecall([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]).averagePrecision; // 0.8333
 */
export const precisionRecall = (
  labels: Numbers,
  scores: Numbers,
  options: { readonly weights?: Numbers } = {},
): PrecisionRecallCurve => {
  const { signalEfficiency: recall, backgroundEfficiency, cut } = rocCurve(labels, scores, options);
  const totals = [0, 0] as [number, number];
  for (let i = 0; i < labels.length; i++) totals[labels[i] as 0 | 1] += options.weights?.[i] ?? 1;
  const precision = recall.map((kept, i) => {
    const [s, b] = [kept * totals[1], (backgroundEfficiency[i] as number) * totals[0]];
    return i === 0 ? 1 : s / (s + b);
  });
  const averagePrecision = precision.reduce(
    (sum, value, i) => (i === 0 ? 0 : sum + value * ((recall[i] as number) - (recall[i - 1] as number))),
    0,
  );
  return { precision, recall, cut, averagePrecision };
};
