import { CygnetError, columnTypeName, takeColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

type Value = number | bigint | string;

/** Which group each event belongs to; groups are in the order of their keys. */
export interface Groups {
  readonly groupOf: Int32Array;
  /** An event of each group: its first. */
  readonly first: Int32Array;
}

const valuesOf = (name: string, column: Column): ArrayLike<Value> => {
  if (column.kind === 'flat' || column.kind === 'string') return column.values;
  throw new CygnetError(
    'unsupported',
    `Column "${name}" holds a ${columnTypeName(column)} an event; events are grouped by numbers or strings.`,
  );
};

const before = (a: Value, b: Value): number => {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
};

/** A number from 0 for each distinct value, in the order of the values; NaN, one group of its own, is last. */
const codesOf = (values: ArrayLike<Value>, length: number): { readonly codes: Int32Array; readonly count: number } => {
  const seen = new Map<Value, number>();
  const found = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i] as Value;
    let code = seen.get(value);
    if (code === undefined) seen.set(value, (code = seen.size));
    found[i] = code;
  }
  const rank = new Int32Array(seen.size);
  [...seen].sort(([a], [b]) => before(a, b)).forEach(([, code], position) => (rank[code] = position));
  return { codes: found.map((code) => rank[code] as number), count: seen.size };
};

/** Groups of events with equal keys. @throws CygnetError `unsupported` for keys that are lists or records. */
export const groupEvents = (keys: readonly (readonly [name: string, column: Column])[], length: number): Groups => {
  let groups = { codes: new Int32Array(length), count: Math.min(1, length) };
  for (const [name, column] of keys) {
    const { codes, count } = codesOf(valuesOf(name, column), length);
    const joint = Float64Array.from(codes, (code, i) => (groups.codes[i] as number) * count + code);
    groups = codesOf(joint, length) as typeof groups;
  }
  const first = new Int32Array(groups.count).fill(-1);
  groups.codes.forEach((group, i) => {
    if (first[group] === -1) first[group] = i;
  });
  return { groupOf: groups.codes, first };
};

/** What can be said of the values of a group. NaN is left out as a missing value, as in pandas. */
export type Aggregation =
  | 'count'
  | 'sum'
  | 'mean'
  | 'std'
  | 'min'
  | 'max'
  | 'first'
  | 'last'
  | 'weightedCount'
  | 'weightedSum'
  | 'weightedMean';

export const aggregations: readonly Aggregation[] = [
  'count',
  'sum',
  'mean',
  'std',
  'min',
  'max',
  'first',
  'last',
  'weightedCount',
  'weightedSum',
  'weightedMean',
];

const flat = (values: Float64Array): Column => ({ kind: 'flat', type: 'float64', values });

/** Sums over the values of each group that are not NaN, around the group's mean for the second pass. */
const momentsOf = (values: ArrayLike<number>, weights: Float64Array | undefined, { groupOf, first }: Groups) => {
  const [count, sumW, sum] = [0, 1, 2].map(() => new Float64Array(first.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  groupOf.forEach((group, i) => {
    const value = values[i] as number;
    if (Number.isNaN(value)) return;
    const weight = weights === undefined ? 1 : (weights[i] as number);
    count[group] = (count[group] as number) + 1;
    sumW[group] = (sumW[group] as number) + weight;
    sum[group] = (sum[group] as number) + weight * value;
  });
  return { count, sumW, sum };
};

const squaresAround = (values: ArrayLike<number>, mean: Float64Array, { groupOf, first }: Groups): Float64Array => {
  const squares = new Float64Array(first.length);
  groupOf.forEach((group, i) => {
    const distance = (values[i] as number) - (mean[group] as number);
    if (!Number.isNaN(distance)) squares[group] = (squares[group] as number) + distance * distance;
  });
  return squares;
};

/** The event of each group that holds the extreme value; its first event where all are NaN. */
const extremes = (values: ArrayLike<Value>, { groupOf, first }: Groups, sign: 1 | -1): Int32Array => {
  const best = first.slice();
  groupOf.forEach((group, i) => {
    const held = values[best[group] as number] as Value;
    const value = values[i] as Value;
    if (Number.isNaN(held) || (sign > 0 ? value > held : value < held)) best[group] = i;
  });
  return best;
};

/**
 * One number (or entry) a group.
 *
 * @throws CygnetError `unsupported` when the column has no such value.
 */
export const aggregate = (
  name: string,
  column: Column,
  how: Aggregation,
  groups: Groups,
  weights: Float64Array,
): Column => {
  if (how === 'first') return takeColumn(column, groups.first);
  if (how === 'last') {
    const last = groups.first.slice();
    groups.groupOf.forEach((group, i) => (last[group] = i));
    return takeColumn(column, last);
  }
  const values = valuesOf(name, column);
  if (how === 'min' || how === 'max') return takeColumn(column, extremes(values, groups, how === 'max' ? 1 : -1));
  if (column.kind === 'string' && how !== 'count') {
    throw new CygnetError('unsupported', `Column "${name}" holds strings, which have no ${how}.`);
  }
  const numbers =
    column.kind === 'string' ? new Float64Array(groups.groupOf.length) : Float64Array.from(values, Number);
  const isWeighted = how.startsWith('weighted');
  const { count, sumW, sum } = momentsOf(numbers, isWeighted ? weights : undefined, groups);
  switch (how) {
    case 'count':
      return flat(count);
    case 'weightedCount':
      return flat(sumW);
    case 'sum':
    case 'weightedSum':
      return flat(sum);
    case 'mean':
    case 'weightedMean':
      return flat(sum.map((total, group) => total / (sumW[group] as number)));
    case 'std': {
      const mean = sum.map((total, group) => total / (count[group] as number));
      return flat(
        squaresAround(numbers, mean, groups).map((s, group) => Math.sqrt(s / ((count[group] as number) - 1))),
      );
    }
  }
};
