import { columnLength, takeColumn } from '@cygnet/columns';
import type { Column, JaggedColumn, NumericArray } from '@cygnet/columns';

/** One thing an entry (no levels), or lists of them: the offsets, the outermost first. */
export interface Shape {
  readonly levels: readonly Int32Array[];
  /** How many things there are in all. */
  readonly size: number;
}

const areEqual = (a: Int32Array, b: Int32Array): boolean =>
  a === b || (a.length === b.length && a.every((offset, i) => offset === b[i]));

export const haveEqualShapes = (a: Shape, b: Shape): boolean =>
  a.size === b.size &&
  a.levels.length === b.levels.length &&
  a.levels.every((offsets, level) => areEqual(offsets, b.levels[level] as Int32Array));

/** A column taken apart into its lists and what is in them. */
export const takeApart = (column: Column): { readonly shape: Shape; readonly content: Column } => {
  const levels: Int32Array[] = [];
  let content = column;
  while (content.kind === 'jagged') {
    levels.push(content.offsets);
    content = content.content;
  }
  return { shape: { levels, size: columnLength(content) }, content };
};

/** Things put back into lists. */
export const putTogether = (shape: Shape, content: Column): Column =>
  shape.levels.reduceRight<Column>((inner, offsets) => ({ kind: 'jagged', offsets, content: inner }), content);

/** Plain numbers, one an entry, as often as an entry has things in the wanted shape; undefined when that cannot be. */
export const spreadTo = (wanted: Shape, shape: Shape): Int32Array | undefined => {
  const [outer] = wanted.levels;
  if (outer === undefined || shape.levels.length > 0 || outer.length !== shape.size + 1) return undefined;
  const offsets = wanted.levels.slice(1).reduce((all, next) => all.map((at) => next[at] as number), outer);
  const from = new Int32Array(wanted.size);
  for (let entry = 0; entry + 1 < offsets.length; entry++) from.fill(entry, offsets[entry], offsets[entry + 1]);
  return from;
};

/** Numbers as doubles; copied unless they are. */
export const asDoubles = (values: NumericArray): Float64Array =>
  values instanceof Float64Array ? values : Float64Array.from(values as ArrayLike<number | bigint>, Number);

const choose = (count: number, n: number, write: (places: readonly number[]) => void): void => {
  const places = Array.from({ length: n }, (_, i) => i);
  for (;;) {
    if ((places[n - 1] as number) >= count) return;
    write(places);
    let k = n - 1;
    while (k >= 0 && (places[k] as number) === count - n + k) k--;
    if (k < 0) return;
    places[k] = (places[k] as number) + 1;
    for (let j = k + 1; j < n; j++) places[j] = (places[j - 1] as number) + 1;
  }
};

/** Where the members of all groups of `n` are in the content, and how the groups are in lists. */
const groupsOf = (offsets: Int32Array, n: number) => {
  const found = Array.from({ length: n }, () => [] as number[]);
  const ends = new Int32Array(offsets.length);
  for (let entry = 0; entry + 1 < offsets.length; entry++) {
    const from = offsets[entry] as number;
    choose((offsets[entry + 1] as number) - from, n, (places) => {
      places.forEach((place, member) => (found[member] as number[]).push(from + place));
    });
    ends[entry + 1] = (found[0] as number[]).length;
  }
  return { places: found.map((one) => Int32Array.from(one)), ends };
};

/** @throws TypeError when it is no list, or a list of lists. RangeError when n is not 1 to 6. */
const checkList = (column: Column, n: number): JaggedColumn => {
  if (column.kind !== 'jagged' || column.content.kind === 'jagged') {
    throw new TypeError('Combinations are made of one list an event.');
  }
  if (!Number.isInteger(n) || n < 1 || n > 6) throw new RangeError(`Combinations have 1 to 6 members, not ${n}.`);
  return column;
};

/**
 * All ways to choose `n` different items of each event's list, in the order of awkward-array's `combinations`: one column
 * of the first members, one of the second, and so on, all in lists of equal lengths. Copied; their number grows with the
 * n-th power of a list's length.
 *
 * @throws TypeError when the column is not one list an event. RangeError when n is not 1 to 6.
 * @example
 * const [a, b] = vectors.combinations(table.column('jet_btag'), 2);
 */
export const combinations = (column: Column, n = 2): readonly Column[] => {
  const { offsets, content } = checkList(column, n);
  const { places, ends } = groupsOf(offsets, n);
  return places.map((one) => ({ kind: 'jagged', offsets: ends, content: takeColumn(content, one) }));
};

/**
 * As {@link combinations}, but the items' numbers in their lists, from 0: for indices in expressions.
 *
 * @example
 * const [i, j] = vectors.argcombinations(table.column('jet_pt'), 2);
 */
export const argcombinations = (column: Column, n = 2): readonly Column[] => {
  const { offsets } = checkList(column, n);
  const { places, ends } = groupsOf(offsets, n);
  return places.map((one) => {
    const values = new Int32Array(one.length);
    for (let entry = 0; entry + 1 < ends.length; entry++) {
      for (let i = ends[entry] as number; i < (ends[entry + 1] as number); i++) {
        values[i] = (one[i] as number) - (offsets[entry] as number);
      }
    }
    return { kind: 'jagged', offsets: ends, content: { kind: 'flat', type: 'int32', values } };
  });
};

/**
 * All pairs of an item of one list and an item of another list of the same event, as awkward-array's `cartesian`: for
 * each of the first the second from its first to its last. Copied.
 *
 * @throws TypeError when a column is not one list an event. RangeError when they have not the same number of events.
 */
export const cartesian = (first: Column, second: Column): readonly [Column, Column] => {
  const [a, b] = [checkList(first, 1), checkList(second, 1)];
  if (a.offsets.length !== b.offsets.length) {
    throw new RangeError(`The lists are of ${a.offsets.length - 1} and of ${b.offsets.length - 1} events.`);
  }
  const ends = new Int32Array(a.offsets.length);
  const [left, right] = [[] as number[], [] as number[]];
  for (let entry = 0; entry + 1 < ends.length; entry++) {
    for (let i = a.offsets[entry] as number; i < (a.offsets[entry + 1] as number); i++) {
      for (let j = b.offsets[entry] as number; j < (b.offsets[entry + 1] as number); j++) {
        left.push(i);
        right.push(j);
      }
    }
    ends[entry + 1] = left.length;
  }
  return [
    { kind: 'jagged', offsets: ends, content: takeColumn(a.content, left) },
    { kind: 'jagged', offsets: ends, content: takeColumn(b.content, right) },
  ];
};
