import { randomSource } from './random.ts';
import type { RandomSource } from './random.ts';

export interface SampleOptions {
  /** How many events; or say `fraction`. */
  readonly count?: number;
  /** How many events, as a fraction of all (rounded); above 1 only with replacement. */
  readonly fraction?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Whether an event may be drawn more than once; default false. */
  readonly replace?: boolean;
  /** Column of weights: an event is drawn in proportion to its weight; `true` for the table's own weight column. */
  readonly weights?: string | boolean;
}

/** @throws RangeError when neither or both are given, or more than there are without replacement. */
export const sampleCount = (length: number, { count, fraction, replace = false }: SampleOptions): number => {
  if ((count === undefined) === (fraction === undefined)) {
    throw new RangeError('Say either how many events, { count: 1000 }, or what part of them, { fraction: 0.1 }.');
  }
  if (fraction !== undefined && !(fraction >= 0 && Number.isFinite(fraction))) {
    throw new RangeError(`fraction is a number from 0 on, not ${fraction}.`);
  }
  const wanted = count ?? Math.round((fraction ?? 0) * length);
  if (!Number.isSafeInteger(wanted) || wanted < 0) throw new RangeError(`count is a whole number, not ${wanted}.`);
  if (wanted > 0 && length === 0) throw new RangeError('Nothing can be drawn from no events.');
  if (wanted > length && !replace) {
    throw new RangeError(`${wanted} events cannot be drawn from ${length} without replacement. Say { replace: true }.`);
  }
  return wanted;
};

/** @throws RangeError for a negative weight or one that is not finite, or when fewer than needed are above 0. */
const checkWeights = (weights: Float64Array, needed: number): void => {
  let positive = 0;
  for (const [i, weight] of weights.entries()) {
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new RangeError(
        `Event ${i} has weight ${weight}; events are drawn only with finite weights that are not negative.`,
      );
    }
    if (weight > 0) positive++;
  }
  if (positive < needed) {
    throw new RangeError(`Only ${positive} events have a weight above 0, of ${needed} that are to be drawn.`);
  }
};

const withReplacement = (count: number, weights: Float64Array, random: RandomSource): Int32Array => {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (const [i, weight] of weights.entries()) sums[i] = total += weight;
  return Int32Array.from({ length: count }, () => {
    const wanted = random.uniform() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  });
};

/** Keys `log(u) / w`, the largest first (Efraimidis and Spirakis, Inf. Process. Lett. 97 (2006) 181). */
const withoutReplacement = (count: number, weights: Float64Array, random: RandomSource): Int32Array => {
  const keys = weights.map((weight) => {
    const drawn = 1 - random.uniform();
    return weight > 0 ? Math.log(drawn) / weight : -Infinity;
  });
  const order = Int32Array.from(keys.keys()).sort((a, b) => (keys[b] as number) - (keys[a] as number) || a - b);
  return order.slice(0, count);
};

/** Drawn indices, in random order. */
export const sampleIndices = (
  length: number,
  count: number,
  { seed = 0, replace = false }: SampleOptions,
  weights?: Float64Array,
): Int32Array => {
  const random = randomSource(seed);
  if (weights !== undefined) {
    checkWeights(weights, replace ? Math.min(count, 1) : count);
    return replace ? withReplacement(count, weights, random) : withoutReplacement(count, weights, random);
  }
  if (replace) return Int32Array.from({ length: count }, () => random.below(length));
  const pool = Int32Array.from({ length }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + random.below(length - i);
    const kept = pool[i] as number;
    pool[i] = pool[j] as number;
    pool[j] = kept;
  }
  return pool.slice(0, count);
};
