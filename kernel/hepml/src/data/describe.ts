import { columnTypeName, flattenColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

/** What is said of each column. */
export interface Summary {
  readonly type: string;
  /** Values that are there; of lists all their items. */
  readonly count: number;
  /** NaN. */
  readonly missing: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  /** At 25, 50 and 75 per cent. */
  readonly quantiles: readonly [number, number, number];
  readonly max: number;
}

/** Linear between neighbours, NumPy's and pandas' default. */
const quantile = (sorted: Float64Array, q: number): number => {
  const at = q * (sorted.length - 1);
  const [low, high] = [Math.floor(at), Math.ceil(at)];
  const [from, to] = [sorted[low] as number, sorted[high] as number];
  return low === high ? from : from + (to - from) * (at - low);
};

/** The smallest value at which the sum of weights reaches a part of the whole (NumPy's `inverted_cdf`). */
const weightedQuantile = (sorted: Float64Array, sums: Float64Array, q: number): number => {
  const wanted = q * (sums.at(-1) as number);
  const at = sums.findIndex((sum) => sum >= wanted && sum > 0);
  return sorted[Math.max(0, at)] as number;
};

const none = { mean: NaN, std: NaN, min: NaN, quantiles: [NaN, NaN, NaN], max: NaN } as const;

const describePlain = (values: Float64Array): Omit<Summary, 'type' | 'count' | 'missing'> => {
  if (values.length === 0) return none;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = values.slice().sort();
  return {
    mean,
    std: Math.sqrt(squares / (values.length - 1)),
    min: sorted[0] as number,
    quantiles: [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)],
    max: sorted.at(-1) as number,
  };
};

const describeWeighted = (values: Float64Array, weights: Float64Array): Omit<Summary, 'type' | 'count' | 'missing'> => {
  if (values.length === 0) return none;
  let [sumW, sum] = [0, 0];
  values.forEach((value, i) => {
    sumW += weights[i] as number;
    sum += (weights[i] as number) * value;
  });
  const mean = sum / sumW;
  const squares = values.reduce((total, value, i) => total + (weights[i] as number) * (value - mean) ** 2, 0);
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const sorted = Float64Array.from(order, (i) => values[i] as number);
  let running = 0;
  const sums = Float64Array.from(order, (i) => (running += weights[i] as number));
  const at = (q: number): number => weightedQuantile(sorted, sums, q);
  return {
    mean,
    std: Math.sqrt(squares / sumW),
    min: sorted[0] as number,
    quantiles: [at(0.25), at(0.5), at(0.75)],
    max: sorted.at(-1) as number,
  };
};

/** Weight of each number: of items of lists that of their event. */
export const spreadWeights = (column: Column, weights: Float64Array): Float64Array => {
  if (column.kind !== 'jagged') return weights;
  const { offsets, content } = column;
  const inner = new Float64Array(offsets.at(-1) ?? 0);
  for (let i = 0; i + 1 < offsets.length; i++) inner.fill(weights[i] as number, offsets[i], offsets[i + 1]);
  return spreadWeights(content, inner);
};

/** The summary of one column; of strings and records only how many there are. */
export const describeColumn = (column: Column, length: number, weights?: Float64Array): Summary => {
  const type = columnTypeName(column);
  const numbers = flattenColumn(column);
  if (numbers === undefined) return { type, count: length, missing: 0, ...none };
  const all = Float64Array.from(numbers as ArrayLike<number | bigint>, Number);
  const isThere = (i: number): boolean => !Number.isNaN(all[i]);
  const there = all.filter((_, i) => isThere(i));
  const facts = { type, count: there.length, missing: all.length - there.length };
  if (weights === undefined) return { ...facts, ...describePlain(there) };
  return {
    ...facts,
    ...describeWeighted(
      there,
      spreadWeights(column, weights).filter((_, i) => isThere(i)),
    ),
  };
};
