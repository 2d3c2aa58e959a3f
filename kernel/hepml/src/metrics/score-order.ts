import type { Numbers } from './labelled-scores.ts';

const fewEvents = 2048;

/**
 * The order of events from the highest score to the lowest, equal scores in the order they came.
 *
 * Large samples are sorted by the bits of their numbers (radix sort, 16 bits a pass; passes in which all events agree are
 * left out, half of them for float32 scores): linear in the number of events.
 */
export const descendingOrder = (scores: Numbers): Uint32Array => {
  const order = Uint32Array.from({ length: Math.min(scores.length, fewEvents) }, (_, i) => i);
  if (scores.length <= fewEvents) return order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return isFloat32(scores) ? sortFloat32(scores) : sortFloat64(scores);
};

const isFloat32 = (scores: Numbers): boolean => {
  if (scores instanceof Float32Array) return true;
  for (let i = 0; i < scores.length; i++) if (Math.fround(scores[i] as number) !== scores[i]) return false;
  return true;
};

/** Bits that fall while the number rises: a float's own bits rise once its sign bit (positive) or all bits (negative) flip. */
const falling = (word: number, isNegative: boolean): number => (isNegative ? word : ~word ^ 0x80000000);

const sortFloat32 = (scores: Numbers): Uint32Array => {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  const keys = new Uint32Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    // Adding 0 gives -0 the key of 0.
    float[0] = (scores[i] as number) + 0;
    keys[i] = falling(bits[0] as number, float[0] < 0);
  }
  return sortByWord(keys, indices(scores.length)).order;
};

const sortFloat64 = (scores: Numbers): Uint32Array => {
  const float = new Float64Array(1);
  const bits = new Uint32Array(float.buffer);
  const low = new Uint32Array(scores.length);
  const high = new Uint32Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const value = (scores[i] as number) + 0;
    float[0] = value;
    low[i] = value < 0 ? (bits[0] as number) : ~(bits[0] as number);
    high[i] = falling(bits[1] as number, value < 0);
  }
  const byLow = sortByWord(low, indices(scores.length)).order;
  return sortByWord(
    byLow.map((event) => high[event] as number),
    byLow,
  ).order;
};

const indices = (length: number): Uint32Array => {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
};

interface Sorted {
  readonly keys: Uint32Array;
  readonly order: Uint32Array;
}

const sortByWord = (keys: Uint32Array, order: Uint32Array): Sorted => sortByHalf(sortByHalf({ keys, order }, 0), 16);

/** One stable counting sort of keys, and the order with them, by 16 of the keys' bits. */
const sortByHalf = (unsorted: Sorted, shift: number): Sorted => {
  const { keys, order } = unsorted;
  const starts = new Uint32Array(65537);
  for (let i = 0; i < keys.length; i++) {
    const digit = (((keys[i] as number) >>> shift) & 0xffff) + 1;
    starts[digit] = (starts[digit] as number) + 1;
  }
  if (starts.includes(keys.length)) return unsorted;
  for (let digit = 1; digit < starts.length; digit++)
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  const sorted = { keys: new Uint32Array(keys.length), order: new Uint32Array(keys.length) };
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    const digit = (key >>> shift) & 0xffff;
    const place = starts[digit] as number;
    starts[digit] = place + 1;
    sorted.keys[place] = key;
    sorted.order[place] = order[i] as number;
  }
  return sorted;
};
