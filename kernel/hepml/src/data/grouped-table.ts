import { didYouMean, takeColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { aggregate, aggregations, groupEvents } from './group-by.ts';
import type { Aggregation, Groups } from './group-by.ts';

/**
 * What a new column holds for each group: the number of events, their sum of weights, or what is said of a quantity
 * (a column, or an expression): `['pt', 'mean']`, as pandas' named aggregation.
 */
export type AggregationOf = 'count' | 'weightedCount' | readonly [quantity: string, how: Aggregation];

/** What is grouped: the table's columns, and how to reach the rest of it. */
export interface Grouping<Result> {
  readonly keys: readonly (readonly [name: string, column: Column])[];
  readonly length: number;
  readonly quantity: (text: string) => Column;
  readonly weights: () => Float64Array;
  readonly make: (columns: ReadonlyMap<string, Column>, from: ReadonlyMap<string, string>) => Result;
}

const keepsUnit = new Set<Aggregation>(['sum', 'mean', 'std', 'min', 'max', 'first', 'last', 'weightedMean']);

const checkAggregation = (how: string): void => {
  if (aggregations.includes(how as Aggregation)) return;
  throw new RangeError(`There is no aggregation "${how}". ${didYouMean(how, aggregations)}`);
};

/** The events of a table in groups of equal keys; made by `table.groupBy`. */
export class GroupedTable<Result> {
  readonly #grouping: Grouping<Result>;
  readonly #groups: Groups;
  constructor(grouping: Grouping<Result>) {
    this.#grouping = grouping;
    this.#groups = groupEvents(grouping.keys, grouping.length);
  }

  /** Number of groups. */
  get length(): number {
    return this.#groups.first.length;
  }

  /**
   * A table with a row for each group, in the order of their keys: the keys, then what is asked for. Values that are NaN
   * are left out, as in pandas; `std` divides by n - 1. Weights are those of the table's weight column (1 without one).
   * The time grows with the number of events, for each aggregation once.
   *
   * @throws RangeError for an unknown aggregation, or a name that a key has. CygnetError `bad-expression`, `unsupported`.
   * @example
   * table.groupBy('channel').aggregate({ events: 'count', yield: 'weightedCount', meanPt: ['pt', 'mean'] });
   */
  aggregate(wanted: { readonly [column: string]: AggregationOf }): Result {
    const { keys, quantity, weights, make, length } = this.#grouping;
    const columns = new Map(keys.map(([name, column]) => [name, takeColumn(column, this.#groups.first)]));
    const from = new Map(keys.map(([name]) => [name, name]));
    const ones: Column = { kind: 'flat', type: 'uint8', values: new Uint8Array(length) };
    let sums: Float64Array | undefined;
    for (const [name, of] of Object.entries(wanted)) {
      if (columns.has(name))
        throw new RangeError(`The groups have a key "${name}" already; call the result otherwise.`);
      const [text, how] = typeof of === 'string' ? [undefined, of] : of;
      checkAggregation(how);
      const column = text === undefined ? ones : quantity(text);
      if (how.startsWith('weighted')) sums ??= weights();
      columns.set(name, aggregate(text ?? '', column, how, this.#groups, sums ?? new Float64Array()));
      if (text !== undefined && keepsUnit.has(how)) from.set(name, text);
    }
    return make(columns, from);
  }
}
