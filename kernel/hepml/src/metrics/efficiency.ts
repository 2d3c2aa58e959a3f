import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';

/** A fraction of events with its statistical uncertainty. */
export interface Efficiency {
  /** In [0, 1]; can leave it when weights are negative. */
  readonly value: number;
  /** One standard deviation. */
  readonly error: number;
}

/** Sums of weights and of squared weights, of the events that passed and of all. */
export interface EfficiencySums {
  readonly passed: number;
  readonly passedSquares: number;
  readonly total: number;
  readonly totalSquares: number;
}

/**
 * Standard deviation of a weighted efficiency e = sum(w passed) / sum(w),
 * `sqrt((1 - e)^2 sum(w^2 passed) + e^2 sum(w^2 failed)) / sum(w)`:
 * first-order error propagation for independent events, the formula of ROOT's `TH1::Divide(..., "B")`. With equal weights
 * it is the binomial `sqrt(e (1 - e) / n)`, and like it 0 at e = 0 and e = 1, where it says nothing about an upper limit.
 */
export const efficiencyError = ({ passed, passedSquares, total, totalSquares }: EfficiencySums): number => {
  const e = passed / total;
  const variance = (1 - e) ** 2 * passedSquares + e ** 2 * Math.max(0, totalSquares - passedSquares);
  return Math.sqrt(Math.max(0, variance)) / Math.abs(total);
};

/**
 * Fraction of events with `score >= cut`, by weight, with its error ({@link efficiencyError}).
 * @throws RangeError when lengths differ, a score is NaN, or the weights do not sum to a positive number.
 * @example
 * metrics.efficiency([0.1, 0.4, 0.6, 0.9], 0.5); // { value: 0.5, error: 0.25 }
 */
export const efficiency = (scores: Numbers, cut: number, options: { readonly weights?: Numbers } = {}): Efficiency => {
  const { weights } = options;
  checkScores(scores);
  if (weights) checkWeights(weights, scores.length);
  const sums = { passed: 0, passedSquares: 0, total: 0, totalSquares: 0 };
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    sums.total += weight;
    sums.totalSquares += weight * weight;
    if ((scores[i] as number) >= cut) {
      sums.passed += weight;
      sums.passedSquares += weight * weight;
    }
  }
  if (!(sums.total > 0))
    throw new RangeError(`The weights of ${scores.length} events sum to ${sums.total}: the sum must be positive.`);
  return { value: sums.passed / sums.total, error: efficiencyError(sums) };
};
