import { compileExpression, columnTypeName, CygnetError, sliceColumn, takeColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { asColumn } from './as-column.ts';
import type { ColumnData } from './as-column.ts';
import { describeColumn } from './describe.ts';
import type { Summary } from './describe.ts';
import { hashEventKeys, moduloOf } from './event-keys.ts';
import { makeFolds } from './folds.ts';
import type { Fold } from './folds.ts';
import { GroupedTable } from './grouped-table.ts';
import { commonLength, joinColumns } from './join-columns.ts';
import { friendNames, pairEvents } from './join-tables.ts';
import type { JoinOptions } from './join-tables.ts';
import { quantity } from './quantity.ts';
import { randomSource, shuffleInPlace } from './random.ts';
import { forEachRow } from './rows.ts';
import type { Row, RowShape } from './rows.ts';
import { sampleCount, sampleIndices } from './sample-indices.ts';
import type { SampleOptions } from './sample-indices.ts';
import { sortIndices } from './sort-indices.ts';
import { checkFraction, foldsAtRandom, splitAtRandom, splitWhere } from './split.ts';
import type { Classes, FoldOptions, SplitIndices, SplitOptions } from './split.ts';
import { TableData } from './table-data.ts';
import { checkRoles, optionsAmong, renameOptions, withEntry } from './table-options.ts';
import type { TableOptions, Words } from './table-options.ts';

/**
 * Named columns of equal length: one row an event. A table never changes; every method gives a new one. Columns are
 * shared between tables where that is possible, so never write into the arrays you get.
 *
 * @example
 * const table = Table.from({ pt: [20.5, 31.2], isSignal: [1, 0] }, { label: 'isSignal', units: { pt: 'GeV' } });
 */
export class Table extends TableData {
  /**
   * A table of typed arrays and columns (adopted, not copied), or plain arrays of numbers, strings, booleans or dates (copied).
   *
   * @throws RangeError when lengths differ or the label or weight column is not there. TypeError for other things.
   */
  static from(
    data: { readonly [column: string]: ColumnData } | ReadonlyMap<string, ColumnData>,
    options: TableOptions = {},
  ): Table {
    const named: readonly (readonly [string, ColumnData])[] =
      data instanceof Map
        ? [...(data as ReadonlyMap<string, ColumnData>)]
        : Object.entries(data as { readonly [column: string]: ColumnData });
    const columns = new Map(named.map(([name, values]) => [name, asColumn(name, values)]));
    const length = commonLength(columns);
    checkRoles(columns, options);
    return new Table({ columns, length, options: { ...options, name: options.name ?? 'table' } });
  }

  /** Only these columns, in this order; label and weight stay roles if they are among them. */
  select(names: readonly string[]): Table {
    return this.#with(new Map(names.map((name) => [name, this.column(name)])), this.length);
  }

  /**
   * Other names for some columns, in the same places; nothing is copied. Roles, units and descriptions go with them.
   *
   * @throws CygnetError `column-not-found` for a name that is not there. RangeError when two columns get one name.
   * @example
   * table.rename({ Muon_pt: 'pt' });
   */
  rename(names: { readonly [from: string]: string }): Table {
    for (const from of Object.keys(names)) if (!this.parts.columns.has(from)) throw this.missing(from);
    const to = (from: string): string => (Object.hasOwn(names, from) ? (names[from] as string) : from);
    const columns = new Map([...this.parts.columns].map(([from, column]) => [to(from), column]));
    if (columns.size < this.parts.columns.size) {
      const all = this.columnNames.map(to);
      const twice = all.find((name, index) => all.indexOf(name) !== index);
      throw new RangeError(`Two columns of table "${this.name}" would be called "${twice}".`);
    }
    return new Table({ columns, length: this.length, options: renameOptions(this.parts.options, to) });
  }

  /** The same columns with another name or other roles; what is left out, or `undefined`, stays as it is. */
  withRoles(options: TableOptions): Table {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    return Table.from(this.parts.columns, { ...this.parts.options, ...given });
  }

  /**
   * One more column (or another in place of one) from an expression or a function of each row: of float64, of bool for
   * conditions, of lists when the expression is one. A column that is replaced loses its unit and description: say the
   * new ones.
   *
   * @param about.firstIndex The index of the first row, when this table is a part of something larger; default 0.
   * @throws CygnetError `bad-expression`, `column-not-found`.
   * @example
   * table.derive('ratio', 'm_bb / m_wbb');
   * table.derive('ratio', (row) => row.m_bb / row.m_wbb);
   * table.derive('leading', 'Alt$(jet_pt[0], 0)'); // lists: see docs/tables.md
   * table.derive('pt', 'pt / 1000', { unit: 'GeV' });
   */
  derive<R extends RowShape = Row>(
    name: string,
    value: string | ((row: R, index: number) => number),
    about: { readonly unit?: string; readonly description?: string; readonly firstIndex?: number } = {},
  ): Table {
    const { firstIndex = 0 } = about;
    const columnOf = (): Column => {
      if (typeof value === 'string') {
        return compileExpression(value).evaluateColumn(this.parts.columns, this.length, { firstEntry: firstIndex });
      }
      const values = new Float64Array(this.length);
      forEachRow<R>(this.parts.columns, (row, i) => (values[i] = value(row, firstIndex + i)));
      return { kind: 'flat', type: 'float64', values };
    };
    const derived = new Map(this.parts.columns).set(name, columnOf());
    return this.#with(derived, this.length).withRoles({
      units: withEntry(this.units, name, about.unit),
      descriptions: withEntry(this.descriptions, name, about.description),
    });
  }

  /**
   * More columns, or others in place of some, adopted as by {@link Table.from}; pandas calls it so.
   *
   * @throws RangeError when one has not as many entries as the table. TypeError for what is no column.
   * @example
   * table.assign({ m_jj: a.add(b).mass }, { units: { m_jj: 'GeV' } });
   */
  assign(
    data: { readonly [column: string]: ColumnData },
    about: Pick<TableOptions, 'units' | 'descriptions'> = {},
  ): Table {
    const names = new Set(Object.keys(data));
    const left = (words: Words): Words =>
      Object.fromEntries(Object.entries(words).filter(([name]) => !names.has(name)));
    const added = Object.entries(data).map(([name, values]) => [name, asColumn(name, values)] as const);
    return Table.from(new Map([...this.parts.columns, ...added]), {
      ...this.parts.options,
      units: { ...left(this.units), ...about.units },
      descriptions: { ...left(this.descriptions), ...about.descriptions },
    });
  }

  /**
   * The events for which an expression or a function of the row is true; copied. NaN is not true.
   *
   * @param options.firstIndex The index of the first row, when this table is a part of something larger; default 0.
   * @throws CygnetError `bad-expression`, `column-not-found`.
   * @example
   * table.filter('m_bb > 0.8 && abs(jet1_eta) < 1');
   * table.filter((row) => row.m_bb > 0.8);
   */
  filter<R extends RowShape = Row>(
    keep: string | ((row: R, index: number) => boolean),
    { firstIndex = 0 }: { readonly firstIndex?: number } = {},
  ): Table {
    if (typeof keep === 'string') {
      const expression = compileExpression(keep);
      return this.take(expression.select(this.parts.columns, this.length, { firstEntry: firstIndex }));
    }
    const kept: number[] = [];
    forEachRow<R>(this.parts.columns, (row, i) => {
      if (keep(row, firstIndex + i)) kept.push(i);
    });
    return this.take(kept);
  }

  /**
   * The events of this table, then those of others with the same columns; copied once, however many there are. Roles and
   * units are this table's.
   *
   * @throws CygnetError `column-not-found` when only one has a column; `unsupported` when a column has another type or
   *   another unit in another table.
   * @example
   * const all = first.concat(second, third);
   */
  concat(...others: readonly Table[]): Table {
    const sides = others.map((other) => ({ name: other.name, columns: other.parts.columns, units: other.units }));
    const columns = joinColumns({ name: this.name, columns: this.parts.columns, units: this.units }, sides);
    return this.#with(
      columns,
      others.reduce((sum, other) => sum + other.length, this.length),
    );
  }

  /** All events in a random order that the seed fixes (xoshiro128**, Fisher and Yates); copied. */
  shuffle({ seed = 0 }: { readonly seed?: number } = {}): Table {
    const indices = Int32Array.from({ length: this.length }, (_, i) => i);
    shuffleInPlace(indices, randomSource(seed));
    return this.take(indices);
  }

  /** The events at these indices, in this order; copied. @throws RangeError for an index outside the table. */
  take(indices: ArrayLike<number>): Table {
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number;
      if (!Number.isInteger(index) || index < 0 || index >= this.length) {
        throw new RangeError(`No event ${index} in table "${this.name}", which has ${this.length}.`);
      }
    }
    return this.#with(
      new Map([...this.parts.columns].map(([name, column]) => [name, takeColumn(column, indices)])),
      indices.length,
    );
  }

  /** Events `[start, stop)`; negative numbers count from the end, as in `Array.slice`. Numbers are shared, not copied. */
  slice(start = 0, stop = this.length): Table {
    const clamp = (at: number): number => Math.max(0, Math.min(this.length, at < 0 ? this.length + at : at));
    const from = clamp(Math.trunc(start));
    const to = Math.max(from, clamp(Math.trunc(stop)));
    return this.#with(
      new Map([...this.parts.columns].map(([name, column]) => [name, sliceColumn(column, from, to)])),
      to - from,
    );
  }

  /**
   * The events in the order of a column, or of several: the first one decides, where it is equal the second, and so on.
   * Equal events keep their order; NaN goes last; strings by their UTF-16 code units. Copied; n log n comparisons.
   *
   * @throws CygnetError `column-not-found`, `unsupported` for lists and records.
   * @example
   * table.sort(['run', 'event']);
   * table.sort('pt', { descending: true });
   */
  sort(
    by: string | readonly string[],
    { descending = false }: { readonly descending?: boolean | readonly boolean[] } = {},
  ): Table {
    const names = typeof by === 'string' ? [by] : by;
    const isDescending = (index: number): boolean =>
      typeof descending === 'boolean' ? descending : (descending[index] ?? false);
    const keys = names.map((name, i) => ({ name, column: this.column(name), isDescending: isDescending(i) }));
    return this.take(sortIndices(this.length, keys));
  }

  /**
   * Some events, drawn at random: all alike, or in proportion to weights; copied, in random order.
   *
   * @throws RangeError when more are wanted than there are (without replacement), or weights are negative.
   * @example
   * table.sample({ count: 1000, seed: 1 });
   * table.sample({ fraction: 1, replace: true, weights: true }); // unweighted events from weighted ones
   */
  sample(options: SampleOptions): Table {
    const { weights = false } = options;
    const chosen = weights === true ? (this.weight ?? false) : weights;
    const count = sampleCount(this.length, options);
    return this.take(sampleIndices(this.length, count, options, this.weightsBy(chosen)));
  }

  /**
   * A training and a test sample: disjoint, together all events; copied. At random (shuffled, and stratified by the label
   * when there is one), by a hash of each event's identity, or by an expression (both in the table's order).
   *
   * @throws RangeError when the fraction is not in (0, 1) or leaves one sample empty. CygnetError `bad-expression`,
   *   `column-not-found` when events have no identity.
   * @example
   * const { train, test } = table.split({ test: 0.3, seed: 1 });
   * table.split({ test: 0.3, by: 'hash' }); // the same event is always on the same side
   * table.split({ test: 'event % 2 == 0' });
   */
  split({ test, by = 'random', seed = 0, stratify }: SplitOptions): { readonly train: Table; readonly test: Table } {
    const indices = (): SplitIndices => {
      if (by === 'random' && typeof test === 'number') {
        return splitAtRandom(this.length, test, seed, this.#classes(stratify ?? this.label !== undefined));
      }
      this.#refuseStratify(stratify);
      if (typeof test === 'string') {
        const isTest = new Uint8Array(this.length);
        for (const index of compileExpression(test).select(this.parts.columns, this.length)) isTest[index] = 1;
        return splitWhere(this.length, (i) => isTest[i] === 1, `"${test}"`);
      }
      checkFraction(test);
      const hashes = hashEventKeys(this.keysBy(this.eventId), seed);
      return splitWhere(this.length, (i) => (hashes[i] as number) / 2 ** 32 < test, String(test));
    };
    const chosen = indices();
    return { train: this.take(chosen.train), test: this.take(chosen.test) };
  }

  /**
   * The parts of a cross-validation: each event is in the test sample of exactly one. Only indices are made here;
   * `fold.train` and `fold.test` copy their events when they are asked for. Events stay in the table's order.
   *
   * @throws RangeError when there are less than 2 folds, or one is empty.
   * @example
   * for (const { train, test } of table.kFolds(5, { by: 'hash' })) console.log(train.length, test.length);
   */
  kFolds(folds: number, { by = 'random', seed = 0, stratify }: FoldOptions = {}): readonly Fold<Table>[] {
    if (!Number.isSafeInteger(folds) || folds < 2 || folds > 1000) {
      throw new RangeError(`There are 2 to 1000 folds, not ${folds}.`);
    }
    if (by === 'random') {
      const classes = this.#classes(stratify ?? this.label !== undefined);
      return makeFolds(this, folds, foldsAtRandom(this.length, folds, seed, classes));
    }
    this.#refuseStratify(stratify);
    if (by === 'modulo') return makeFolds(this, folds, moduloOf(this.keysBy(this.eventId.slice(-1)), folds));
    const hashes = hashEventKeys(this.keysBy(this.eventId), seed);
    return makeFolds(
      this,
      folds,
      Int32Array.from(hashes, (hash) => Math.floor((hash / 2 ** 32) * folds)),
    );
  }

  /**
   * Events with equal keys together: numbers, strings or times.
   *
   * @throws CygnetError `column-not-found`, `unsupported` for keys that are lists or records.
   * @example
   * table.groupBy(['year', 'channel']).aggregate({ events: 'count', meanPt: ['pt', 'mean'] });
   */
  groupBy(keys: string | readonly string[]): GroupedTable<Table> {
    const names = typeof keys === 'string' ? [keys] : keys;
    return new GroupedTable({
      keys: names.map((name) => [name, this.column(name)] as const),
      length: this.length,
      quantity: (text) => quantity(this.parts.columns, this.length, text),
      weights: () => this.weights(),
      make: (columns, from) => {
        const units = [...from].flatMap(([name, of]) => (this.units[of] === undefined ? [] : [[name, this.units[of]]]));
        return Table.from(columns, {
          name: this.name,
          units: Object.fromEntries(units) as { readonly [column: string]: string },
        });
      },
    });
  }

  /**
   * The columns of another table beside these, event by event: in order (ROOT's friends), or by the events' identity. The
   * result has this table's events in its order. In order nothing is copied, else the other table's columns are.
   *
   * @throws RangeError when both have a column of one name, or in order not the same number of events. CygnetError
   *   `not-found` when the other table lacks an event, `unsupported` when it has one twice.
   * @example
   * events.join(scores, { on: 'eventId', prefix: 'bdt.' });
   */
  join(other: Table, { on = 'index', prefix = '', missing = 'error' }: JoinOptions = {}): Table {
    if (on === 'index') {
      if (this.length === other.length) return this.#beside(this, other, other.columnNames, prefix);
      throw new RangeError(
        `Table "${this.name}" has ${this.length} events, "${other.name}" ${other.length}: they do not go together in order. By identity: { on: 'eventId' }.`,
      );
    }
    const keys = on === 'eventId' ? this.eventId : on;
    const pairs = pairEvents(
      { name: this.name, keys: this.keysBy(keys) },
      { name: other.name, keys: other.keysBy(keys) },
      missing,
    );
    const kept = [...pairs.keys()].filter((i) => pairs[i] !== -1);
    const names = other.columnNames.filter((name) => !keys.includes(name));
    const friend = other.select(names).take(pairs.filter((index) => index !== -1));
    return this.#beside(kept.length === this.length ? this : this.take(kept), friend, names, prefix);
  }

  /**
   * A table with a row for each column: type, number of values, missing ones (NaN), mean, standard deviation (n - 1),
   * minimum, quartiles (linear between neighbours, as pandas) and maximum. With weights the deviation is around the
   * weighted mean, and a quartile is the first value at which the sum of weights is reached. Sorts a copy of each column.
   *
   * @param options.weights Column or expression of weights; `true` for the table's weight column; default none.
   */
  describe({ weights = false }: { readonly weights?: string | boolean } = {}): Table {
    const chosen = this.weightsBy(weights === true ? (this.weight ?? false) : weights);
    const all = this.columnNames.map((name) => describeColumn(this.column(name), this.length, chosen));
    const number = (of: (summary: Summary) => number): Float64Array => Float64Array.from(all, of);
    return Table.from(
      {
        column: this.columnNames,
        type: all.map(({ type }) => type),
        count: number(({ count }) => count),
        missing: number(({ missing }) => missing),
        mean: number(({ mean }) => mean),
        std: number(({ std }) => std),
        min: number(({ min }) => min),
        '25%': number(({ quantiles }) => quantiles[0]),
        '50%': number(({ quantiles }) => quantiles[1]),
        '75%': number(({ quantiles }) => quantiles[2]),
        max: number(({ max }) => max),
        unit: this.columnNames.map((name) => this.units[name] ?? ''),
      },
      { name: `${this.name} (${this.length.toLocaleString('en-US')} events)` },
    );
  }

  /** The values of a column of classes: the label, whatever its values, or another column. */
  #classes(stratify: boolean | string): Classes | undefined {
    if (stratify === false) return undefined;
    if (stratify === true && this.label === undefined) return this.labels();
    const name = stratify === true ? (this.label as string) : stratify;
    const column = this.column(name);
    if (column.kind === 'flat' || column.kind === 'string') return column.values;
    throw new CygnetError(
      'unsupported',
      `Column "${name}" holds a ${columnTypeName(column)} an event, which is no class.`,
    );
  }

  #refuseStratify(stratify: boolean | string | undefined): void {
    if (stratify === undefined || stratify === false) return;
    throw new TypeError('Only a random choice is stratified; by the events themselves, leave "stratify" out.');
  }

  #beside(own: Table, friend: Table, names: readonly string[], prefix: string): Table {
    const renamed = friendNames(this, names, prefix);
    const words = (of: Words): Words =>
      Object.fromEntries(Object.entries(of).map(([name, word]) => [renamed.get(name) ?? name, word]));
    const joined = new Map(own.parts.columns);
    for (const [name, as] of renamed) joined.set(as, friend.column(name));
    return Table.from(joined, {
      ...own.parts.options,
      units: { ...own.units, ...words(friend.units) },
      descriptions: { ...own.descriptions, ...words(friend.descriptions) },
    });
  }

  #with(columns: ReadonlyMap<string, Column>, length: number): Table {
    return new Table({ columns, length, options: optionsAmong(columns, this.parts.options) });
  }
}
