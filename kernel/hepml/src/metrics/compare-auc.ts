import { twoSidedNormalTail } from '../data/index.ts';
import { checkSample, type Numbers } from './labelled-scores.ts';
import { descendingOrder } from './score-order.ts';

/** Two classifiers on the same events. */
export interface AucComparison {
  readonly aucA: number;
  readonly aucB: number;
  /** `aucA - aucB`. */
  readonly difference: number;
  /** One standard deviation of the difference: much less than that of either area when the scores are correlated. */
  readonly differenceError: number;
  /** `difference / differenceError`; 0 when both scores order the events alike. */
  readonly z: number;
  /** Chance of a larger difference of either sign if both classifiers are equally good. */
  readonly pValue: number;
}

/**
 * DeLong's paired test: are two classifiers equally good, judged on the same events?
 *
 * With V the placement of an event (of signal: the fraction of background below it; of background: the fraction of signal
 * above it; ties by half) the variance of the difference is
 * `f_S sum_S w^2 (dV - d)^2 / (sum_S w)^2 + f_B sum_B w^2 (dV - d)^2 / (sum_B w)^2`, dV = V_A - V_B, d = AUC_A - AUC_B,
 * f = n / (n - 1), n = (sum w)^2 / sum w^2; p from the normal distribution (DeLong, DeLong, Clarke-Pearson, Biometrics 44
 * (1988) 837; for weights the delta method, as for `rocCurve`). Good from some 30 effective events a class. Tuning a
 * classifier on these events makes the p-value too small.
 *
 * @throws RangeError as `rocCurve`, or with less than two effective events in a class.
 * @example
 * metrics.compareAuc(labels, scoresOfTrees, scoresOfNetwork, { weights }).pValue;
 */
export const compareAuc = (
  labels: Numbers,
  scoresA: Numbers,
  scoresB: Numbers,
  options: { readonly weights?: Numbers } = {},
): AucComparison => {
  const weights = Float64Array.from(options.weights ?? Array.from({ length: labels.length }, () => 1));
  checkSample({ labels, scores: scoresA, weights });
  checkSample({ labels, scores: scoresB, weights });
  const totals = [0, 0] as [number, number];
  const squares = [0, 0] as [number, number];
  weights.forEach((weight, i) => {
    totals[labels[i] as 0 | 1] += weight;
    squares[labels[i] as 0 | 1] += weight * weight;
  });
  const [a, b] = [placements(labels, scoresA, weights, totals), placements(labels, scoresB, weights, totals)];
  const mean = (v: Float64Array): number =>
    v.reduce((sum, one, i) => (labels[i] === 1 ? sum + one * (weights[i] as number) : sum), 0) / totals[1];
  const [aucA, aucB] = [mean(a), mean(b)];
  const difference = aucA - aucB;
  const spread = [0, 0] as [number, number];
  weights.forEach((weight, i) => {
    spread[labels[i] as 0 | 1] += weight ** 2 * ((a[i] as number) - (b[i] as number) - difference) ** 2;
  });
  const part = (label: 0 | 1): number => {
    const effective = totals[label] ** 2 / squares[label];
    if (!(effective > 1)) throw new RangeError('Less than two effective events in a class: no error can be had.');
    return ((effective / (effective - 1)) * spread[label]) / totals[label] ** 2;
  };
  const differenceError = Math.sqrt(part(0) + part(1));
  // Rounding leaves some 1e-16 where both scores order the events alike.
  const z = Math.abs(difference) < 1e-14 ? 0 : difference / differenceError;
  return { aucA, aucB, difference, differenceError, z, pValue: twoSidedNormalTail(z) };
};

/** Placement of each event among those of the other class. */
const placements = (
  labels: Numbers,
  scores: Numbers,
  weights: Float64Array,
  totals: readonly [number, number],
): Float64Array => {
  const order = descendingOrder(scores);
  const placement = new Float64Array(order.length);
  const above = [0, 0] as [number, number];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const tied = [0, 0] as [number, number];
    const score = scores[order[start] as number];
    for (; end < order.length && scores[order[end] as number] === score; end++) {
      const event = order[end] as number;
      tied[labels[event] as 0 | 1] += weights[event] as number;
    }
    for (let i = start; i < end; i++) {
      const event = order[i] as number;
      placement[event] =
        labels[event] === 1 ? 1 - (above[0] + tied[0] / 2) / totals[0] : (above[1] + tied[1] / 2) / totals[1];
    }
    above[0] += tied[0];
    above[1] += tied[1];
  }
  return placement;
};
