import type { Numbers } from './labelled-scores.ts';

/** The same numbers as 64-bit floats; the array itself when it is one already. */
export const asFloats = (values: Numbers): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values);

/**
 * The order of events from the highest score to the lowest, equal scores in the order they came.
 *
 * An event becomes one whole number: the leading bits of its score, turned so that they fall while the score rises, then its
 * place. Those are sorted as numbers, without a comparison in JavaScript; a place takes as many bits as it needs, 23 for 5
 * million events, so float32 scores fit whole and float64 scores to 41 bits. Runs that agree in all of these are settled after.
 */
export const descendingOrder = (scores: Numbers): Uint32Array => {
  const values = asFloats(scores);
  const { length } = values;
  const places = 2 ** (32 - Math.clz32(Math.max(1, length - 1))) - 1;
  const keys = sortedKeys(values, places);
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = (keys[2 * i] as number) & places;
  settle(values, order, { keys, places });
  return order;
};

/** Pairs of words, the lower one first, as in a 64-bit whole number. */
const sortedKeys = (values: Float64Array, places: number): Uint32Array => {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const keys = new Uint32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const [low, high] = [words[2 * i] as number, words[2 * i + 1] as number];
    // A float's own bits rise with it once its sign bit (positive) or all bits (negative) flip; -0 counts as 0.
    const isNegative = high >>> 31 === 1 && (values[i] as number) !== 0;
    keys[2 * i] = ((isNegative ? low : ~low) & ~places) | i;
    keys[2 * i + 1] = isNegative ? high : ~high & 0x7fffffff;
  }
  new BigUint64Array(keys.buffer).sort();
  return keys;
};

/** Puts events whose keys agree in the score's bits into their order. */
const settle = (
  values: Float64Array,
  order: Uint32Array,
  { keys, places }: { readonly keys: Uint32Array; readonly places: number },
): void => {
  const agree = (i: number): boolean =>
    keys[2 * i + 1] === keys[2 * i - 1] && (((keys[2 * i] as number) ^ (keys[2 * i - 2] as number)) & ~places) === 0;
  const valueAt = (i: number): number => values[order[i] as number] as number;
  for (let start = 0, end = 1; start < order.length; start = end, end++) {
    let isSettled = true;
    for (; end < order.length && agree(end); end++) isSettled &&= valueAt(end - 1) >= valueAt(end);
    if (isSettled) continue;
    order.subarray(start, end).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  }
};
