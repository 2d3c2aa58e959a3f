import type { Numbers } from './labelled-scores.ts';

const fewEvents = 2048;

/**
 * The order of events from the highest score to the lowest, equal scores in the order they came.
 *
 * Large samples are sorted by the bits of their numbers (radix sort, 16 bits a pass, passes in which all events agree are
 * left out): linear in the number of events.
 */
export const descendingOrder = (scores: Numbers): Uint32Array => {
  const length = scores.length;
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  if (length <= fewEvents) return order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const { low, high } = descendingKeys(scores);
  return [low, high].reduce((sorted, words) => sortByHalf(sortByHalf(sorted, words, 0), words, 16), order);
};

/** Unsigned keys, two 32-bit words each, that rise while the scores fall. -0 and 0 get one key. */
const descendingKeys = (scores: Numbers): { low: Uint32Array; high: Uint32Array } => {
  const low = new Uint32Array(scores.length);
  const high = new Uint32Array(scores.length);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (let i = 0; i < scores.length; i++) {
    value[0] = (scores[i] as number) + 0;
    const lowWord = words[0] as number;
    const highWord = words[1] as number;
    // A float's bits rise with its value once the sign bit is flipped (positive) or all bits are (negative); we want falling.
    const isNegative = highWord >>> 31 === 1;
    low[i] = isNegative ? lowWord : ~lowWord;
    high[i] = isNegative ? highWord : ~highWord ^ 0x80000000;
  }
  return { low, high };
};

/** One stable counting sort by 16 bits of the keys. */
const sortByHalf = (order: Uint32Array, words: Uint32Array, shift: number): Uint32Array => {
  const starts = new Uint32Array(65537);
  for (const word of words) {
    const digit = ((word >>> shift) & 0xffff) + 1;
    starts[digit] = (starts[digit] as number) + 1;
  }
  if (starts.includes(words.length)) return order;
  for (let digit = 1; digit < starts.length; digit++)
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  const sorted = new Uint32Array(order.length);
  for (const event of order) {
    const digit = ((words[event] as number) >>> shift) & 0xffff;
    const place = starts[digit] as number;
    sorted[place] = event;
    starts[digit] = place + 1;
  }
  return sorted;
};
