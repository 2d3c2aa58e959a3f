import { CygnetError, columnTypeName } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';

/** What tells the events of a table apart: some whole numbers each, as pairs of 32-bit words. */
export interface EventKeys {
  readonly names: readonly string[];
  readonly length: number;
  /** Of event `i`, two words a column: `[i * 2 * names.length ...]`, the low word first. */
  readonly words: Uint32Array;
}

const run = /^run(_?(number|no|id|nr|index))?$/i;
const lumi = /^(lumi|luminosity_?block|lumi_?(block|number|no|id|nr|index))$/i;
const event = /^(event|evt)(_?(number|no|id|nr|index))?$/i;

/** Whether a column tells events apart, by its name: run, luminosity block or event number in the usual spellings. */
export const isEventIdName = (name: string): boolean => run.test(name) || lumi.test(name) || event.test(name);

const holdsNumbers = (column: Column): boolean => column.kind === 'flat' && column.type !== 'timestamp';

/** Run, luminosity block and event number among columns, by their names; none when there is no event number. */
export const guessEventId = (columns: ReadonlyMap<string, Column>): readonly string[] => {
  const find = (pattern: RegExp): readonly string[] =>
    [...columns]
      .filter(([name, column]) => pattern.test(name) && holdsNumbers(column))
      .map(([name]) => name)
      .slice(0, 1);
  const number = find(event);
  return number.length === 0 ? [] : [...find(run), ...find(lumi), ...number];
};

const putWords = (name: string, values: NumericArray, words: Uint32Array, at: number, step: number): void => {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let i = 0, to = at; i < values.length; i++, to += step) {
      words[to] = halves[2 * i] as number;
      words[to + 1] = halves[2 * i + 1] as number;
    }
    return;
  }
  for (let i = 0, to = at; i < values.length; i++, to += step) {
    const value = values[i] as number;
    if (!Number.isSafeInteger(value)) {
      throw new CygnetError('unsupported', `Column "${name}" holds ${value} in event ${i}, which is no event number.`);
    }
    const high = Math.floor(value / 2 ** 32);
    words[to] = value - high * 2 ** 32;
    words[to + 1] = high;
  }
};

/**
 * The keys of all events.
 *
 * @throws CygnetError `unsupported` for a column that does not hold one whole number an event.
 */
export const eventKeys = (columns: readonly (readonly [name: string, column: Column])[], length: number): EventKeys => {
  const step = 2 * columns.length;
  const words = new Uint32Array(length * step);
  columns.forEach(([name, column], index) => {
    if (column.kind !== 'flat') {
      throw new CygnetError(
        'unsupported',
        `Column "${name}" holds a ${columnTypeName(column)} an event; only whole numbers tell events apart.`,
      );
    }
    putWords(name, column.values, words, 2 * index, step);
  });
  return { names: columns.map(([name]) => name), length, words };
};

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/**
 * MurmurHash3 (x86, 32 bit; Austin Appleby, public domain) of each event's key: the little-endian 64-bit integers one after
 * the other. `sklearn.utils.murmurhash3_32(struct.pack('<qqq', run, lumi, event), seed, positive=True)` is the same.
 */
export const hashEventKeys = ({ words, length, names }: EventKeys, seed = 0): Uint32Array => {
  const step = 2 * names.length;
  const hashes = new Uint32Array(length);
  for (let i = 0, at = 0; i < length; i++) {
    let hash = seed | 0;
    for (const stop = at + step; at < stop; at++) {
      hash ^= Math.imul(rotate(Math.imul(words[at] as number, 0xcc9e2d51), 15), 0x1b873593);
      hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0;
    }
    hash ^= 4 * step;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[i] = hash ^ (hash >>> 16);
  }
  return hashes;
};

/** The remainder, 0 to `divisor - 1`, of each event's number (its last key) divided by a whole number below 2^20. */
export const moduloOf = ({ words, length, names }: EventKeys, divisor: number): Int32Array => {
  const remainders = new Int32Array(length);
  const shift = 2 ** 32 % divisor;
  for (let i = 0; i < length; i++) {
    const at = 2 * (i * names.length + names.length - 1);
    const high = (words[at + 1] as number) | 0;
    const remainder = (high * shift + (words[at] as number)) % divisor;
    remainders[i] = remainder < 0 ? remainder + divisor : remainder;
  }
  return remainders;
};

/** `run 1, event 5`: one event's key in words. */
export const describeKey = ({ words, names }: EventKeys, index: number): string =>
  names
    .map((name, column) => {
      const at = 2 * (index * names.length + column);
      const bits = (BigInt(words[at + 1] as number) << 32n) | BigInt(words[at] as number);
      return `${name} ${BigInt.asIntN(64, bits)}`;
    })
    .join(', ');

const areEqual = (a: EventKeys, i: number, b: EventKeys, j: number): boolean => {
  const step = 2 * a.names.length;
  for (let k = 0; k < step; k++) if (a.words[i * step + k] !== b.words[j * step + k]) return false;
  return true;
};

/**
 * For each event of one table the index of the same event in another; -1 where there is none. An open hash table over
 * the second: time and memory grow with the number of events (some 20 bytes an event besides the keys).
 *
 * @param onDuplicate Told of the first event that the second table has twice.
 */
export const matchEvents = (
  wanted: EventKeys,
  available: EventKeys,
  onDuplicate: (first: number, second: number) => never,
): Int32Array => {
  let size = 16;
  while (size < 2 * available.length) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const hashes = hashEventKeys(available);
  for (let j = 0; j < available.length; j++) {
    let slot = (hashes[j] as number) & (size - 1);
    for (; slots[slot] !== -1; slot = (slot + 1) & (size - 1)) {
      if (areEqual(available, slots[slot] as number, available, j)) onDuplicate(slots[slot] as number, j);
    }
    slots[slot] = j;
  }
  const search = hashEventKeys(wanted);
  const found = new Int32Array(wanted.length).fill(-1);
  for (let i = 0; i < wanted.length; i++) {
    for (let slot = (search[i] as number) & (size - 1); slots[slot] !== -1; slot = (slot + 1) & (size - 1)) {
      if (!areEqual(wanted, i, available, slots[slot] as number)) continue;
      found[i] = slots[slot] as number;
      break;
    }
  }
  return found;
};
