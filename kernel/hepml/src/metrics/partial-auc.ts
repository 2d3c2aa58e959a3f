import type { RocCurve } from './roc-curve.ts';

/**
 * Area under a part of a ROC curve, where the background efficiency does not exceed a limit, as scikit-learn's
 * `roc_auc_score(..., max_fpr=limit)` gives it: `raw` is the area itself, in [0, limit]; `standardised` is McClish's
 * `(1 + (raw - least) / (limit - least)) / 2` with `least = limit^2 / 2`, so that guessing gives 0.5 and a perfect classifier 1
 * (McClish, Med. Decis. Making 9 (1989) 190).
 * @param options.maxBackgroundEfficiency In (0, 1].
 * @throws RangeError when it is not.
 * @example
 * metrics.partialAuc(roc, { maxBackgroundEfficiency: 0.01 }).standardised;
 */
export const partialAuc = (
  { signalEfficiency, backgroundEfficiency }: Pick<RocCurve, 'signalEfficiency' | 'backgroundEfficiency'>,
  options: { readonly maxBackgroundEfficiency: number },
): { readonly raw: number; readonly standardised: number } => {
  const limit = options.maxBackgroundEfficiency;
  if (!(limit > 0 && limit <= 1)) throw new RangeError(`Background efficiency ${limit} is not in (0, 1]. 1 % is 0.01.`);
  let raw = 0;
  for (let i = 1; i < signalEfficiency.length; i++) {
    const [left, right] = [backgroundEfficiency[i - 1] as number, backgroundEfficiency[i] as number];
    const [low, high] = [signalEfficiency[i - 1] as number, signalEfficiency[i] as number];
    if (right <= limit) raw += ((right - left) * (low + high)) / 2;
    else {
      const atLimit = low + ((high - low) * (limit - left)) / (right - left);
      raw += ((limit - left) * (low + atLimit)) / 2;
      break;
    }
  }
  const least = limit ** 2 / 2;
  return { raw, standardised: (1 + (raw - least) / (limit - least)) / 2 };
};

/**
 * Truncated weighted area of the Flavours of Physics challenge (LHCb, Kaggle 2015): the signal efficiency runs over segments
 * that count with different weights, because an analysis lives where background is rejected hard. The curve is mirrored for
 * it: background efficiency as a function of signal efficiency, `sum_k weight_k integral_k (1 - eps_B) d eps_S / normalisation`,
 * normalised so that a perfect classifier gives 1.
 * @param options.thresholds Ends of the segments in signal efficiency; default (0.2, 0.4, 0.6, 0.8).
 * @param options.weights One more than thresholds; default (4, 3, 2, 1, 0).
 * @example
 * metrics.truncatedAuc(roc); // 1 for a perfect classifier
 */
export const truncatedAuc = (
  { signalEfficiency, backgroundEfficiency }: Pick<RocCurve, 'signalEfficiency' | 'backgroundEfficiency'>,
  options: { readonly thresholds?: readonly number[]; readonly weights?: readonly number[] } = {},
): number => {
  const { thresholds = [0.2, 0.4, 0.6, 0.8], weights = [4, 3, 2, 1, 0] } = options;
  const ends = [0, ...thresholds, 1];
  if (weights.length !== thresholds.length + 1)
    throw new RangeError(
      `${thresholds.length} thresholds make ${ends.length - 1} segments, but there are ${weights.length} weights.`,
    );
  if (ends.some((end, i) => i > 0 && !(end > (ends[i - 1] as number))))
    throw new RangeError('Thresholds must rise between 0 and 1.');
  const area = (from: number, to: number): number => {
    let sum = 0;
    for (let i = 1; i < signalEfficiency.length; i++) {
      const [left, right] = [signalEfficiency[i - 1] as number, signalEfficiency[i] as number];
      const [start, stop] = [Math.max(left, from), Math.min(right, to)];
      if (!(stop > start)) continue;
      const [a, b] = [1 - (backgroundEfficiency[i - 1] as number), 1 - (backgroundEfficiency[i] as number)];
      const at = (x: number): number => a + ((b - a) * (x - left)) / (right - left);
      sum += ((stop - start) * (at(start) + at(stop))) / 2;
    }
    return sum;
  };
  const perfect = weights.reduce((sum, weight, k) => sum + weight * ((ends[k + 1] as number) - (ends[k] as number)), 0);
  return weights.reduce((sum, weight, k) => sum + weight * area(ends[k] as number, ends[k + 1] as number), 0) / perfect;
};
