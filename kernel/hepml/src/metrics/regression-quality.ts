import type { Numbers } from './labelled-scores.ts';

/** How well a number is predicted; all with event weights. */
export interface RegressionQuality {
  /** Mean of predicted minus true. */
  readonly bias: number;
  /** Root of the mean squared difference. */
  readonly rmse: number;
  /** Mean absolute difference. */
  readonly mae: number;
  /** Half of the central interval that holds 68.27 % of the differences: the standard deviation, if they are normal. */
  readonly width68: number;
  /** 1 - mean squared difference over the variance of the truth. */
  readonly r2: number;
  /** Mean and standard deviation of (true - predicted) / sigma, where sigmas are given: 0 and 1 if they are right. */
  readonly pullMean?: number;
  readonly pullWidth?: number;
}

/** Weighted quantile of sorted pairs: where the running sum of weights reaches the share, halves counted. */
const quantile = (sorted: readonly (readonly [value: number, weight: number])[], share: number): number => {
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let sum = 0;
  for (const [value, weight] of sorted) {
    sum += weight;
    if (sum >= share * total) return value;
  }
  return sorted.at(-1)?.[0] ?? NaN;
};

/**
 * Quality of a regression.
 *
 * @param options.sigmas Predicted standard deviations, for the pulls.
 * @throws RangeError when lengths differ, or weights do not sum to something positive.
 * @example
 * const energy = await model.predict(test);
 * metrics.regressionQuality(test.numbers('energy'), energy).rmse;
 */
export const regressionQuality = (
  truth: ArrayLike<number | bigint>,
  predicted: Numbers,
  options: { readonly weights?: Numbers; readonly sigmas?: Numbers } = {},
): RegressionQuality => {
  const events = truth.length;
  for (const [name, array] of Object.entries({ predictions: predicted, ...options }))
    if (array.length !== events) throw new RangeError(`${events} true values but ${array.length} ${name}.`);
  const weight = (event: number): number => options.weights?.[event] ?? 1;
  const meanOf = (value: (event: number) => number): number => {
    let sum = 0;
    for (let event = 0; event < events; event++) sum += weight(event) * value(event);
    return sum / total;
  };
  let total = 0;
  for (let event = 0; event < events; event++) total += weight(event);
  if (!(total > 0)) throw new RangeError(`The weights of ${events} events sum to ${total}: the sum must be positive.`);
  const difference = (event: number): number => (predicted[event] as number) - Number(truth[event]);
  const mean = meanOf((event) => Number(truth[event]));
  const squares = meanOf((event) => difference(event) ** 2);
  const sorted = Array.from({ length: events }, (_, event) => [difference(event), weight(event)] as const).sort(
    ([a], [b]) => a - b,
  );
  const pull = (event: number): number => -difference(event) / (options.sigmas?.[event] ?? NaN);
  const pullMean = meanOf(pull);
  return {
    bias: meanOf(difference),
    rmse: Math.sqrt(squares),
    mae: meanOf((event) => Math.abs(difference(event))),
    width68: (quantile(sorted, 0.84134) - quantile(sorted, 0.15866)) / 2,
    r2: 1 - squares / meanOf((event) => (Number(truth[event]) - mean) ** 2),
    ...(options.sigmas ? { pullMean, pullWidth: Math.sqrt(meanOf((event) => (pull(event) - pullMean) ** 2)) } : {}),
  };
};
