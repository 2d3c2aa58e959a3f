import { checkScores, checkWeights } from './labelled-scores.ts';
import type { WeightedValues } from './kolmogorov-smirnov.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/**
 * First Wasserstein (earth mover's) distance of two one-dimensional samples, `integral |F_1(x) - F_2(x)| dx`: how far, on average,
 * weight has to move to make one distribution the other; in units of the values. Equal to SciPy's `wasserstein_distance`. For
 * generated samples: compare it with the distance of two halves of the reference, which is not 0 either.
 * @throws RangeError when a sample is empty, a value is NaN or infinite, lengths differ, or weights do not sum to a positive number.
 * @example
 * metrics.wassersteinDistance({ values: generatedMass }, { values: simulatedMass });
 */
export const wassersteinDistance = (first: WeightedValues, second: WeightedValues): number => {
  const [a, b] = [rising(first, 'first'), rising(second, 'second')];
  let [i, j, above, below, distance] = [0, 0, 0, 0, 0];
  let last = NaN;
  while (i < a.values.length || j < b.values.length) {
    const isFirst = j >= b.values.length || (i < a.values.length && (a.values[i] as number) <= (b.values[j] as number));
    const value = (isFirst ? a.values[i] : b.values[j]) as number;
    if (!Number.isNaN(last)) distance += Math.abs(above - below) * (value - last);
    if (isFirst) above += a.fraction(i++);
    else below += b.fraction(j++);
    last = value;
  }
  return distance;
};

const rising = ({ values, weights }: WeightedValues, name: string) => {
  if (values.length === 0) throw new RangeError(`The ${name} sample has no events.`);
  checkScores(values, `${name} sample`);
  if (weights) checkWeights(weights, values.length);
  const order = descendingOrder(values).reverse();
  const all = asFloats(values);
  const sorted = Float64Array.from(order, (event) => all[event] as number);
  if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted.at(-1)))
    throw new RangeError(`The ${name} sample has an infinite value: no distance can be had.`);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += weights ? (weights[i] as number) : 1;
  if (!(total > 0))
    throw new RangeError(`The weights of the ${name} sample sum to ${total}: the sum must be positive.`);
  const fraction = (i: number): number => (weights ? (weights[order[i] as number] as number) : 1) / total;
  return { values: sorted, fraction };
};
