import { CygnetError, columnTypeName, compileExpression, didYouMean, sliceColumn, takeColumn } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';
import { displaySymbol } from '@cygnet/contract';
import type { Displayable, MimeBundle } from '@cygnet/contract';
import { asColumn } from './as-column.ts';
import type { ColumnData } from './as-column.ts';
import { commonLength, joinColumns } from './join-columns.ts';
import { randomSource, shuffleInPlace } from './random.ts';
import { forEachRow } from './rows.ts';
import type { Row } from './rows.ts';
import { splitIndices } from './split.ts';
import type { SplitOptions } from './split.ts';
import { tableHtml, tableText } from './table-html.ts';
import { checkRoles, featuresAmong, optionsAmong, renameOptions, withEntry } from './table-options.ts';
import type { NamedOptions, TableOptions } from './table-options.ts';

interface Parts {
  readonly columns: ReadonlyMap<string, Column>;
  readonly length: number;
  readonly options: NamedOptions;
}

/**
 * Named columns of equal length: one row an event. A table never changes; every method gives a new one. Columns are
 * shared between tables where that is possible, so never write into the arrays you get.
 *
 * @example
 * const table = Table.from({ pt: [20.5, 31.2], isSignal: [1, 0] }, { label: 'isSignal', units: { pt: 'GeV' } });
 */
export class Table implements Displayable {
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #options: NamedOptions;
  readonly length: number;

  private constructor({ columns, length, options }: Parts) {
    this.#columns = columns;
    this.#options = options;
    this.length = length;
  }

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

  get name(): string {
    return this.#options.name;
  }
  get columnNames(): readonly string[] {
    return [...this.#columns.keys()];
  }
  get label(): string | undefined {
    return this.#options.label;
  }
  get weight(): string | undefined {
    return this.#options.weight;
  }
  /** Unit by column; columns without one are missing. */
  get units(): { readonly [column: string]: string } {
    return this.#options.units ?? {};
  }
  get descriptions(): { readonly [column: string]: string } {
    return this.#options.descriptions ?? {};
  }

  /** @throws CygnetError `column-not-found`, naming close ones. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (column === undefined) {
      throw new CygnetError(
        'column-not-found',
        `No column "${name}" in table "${this.name}". ${didYouMean(name, this.columnNames)}`,
      );
    }
    return column;
  }

  /** The values of a column with one number an event; shared, not copied. @throws CygnetError `column-not-found`, `unsupported`. */
  numbers(name: string): NumericArray {
    const column = this.column(name);
    if (column.kind !== 'flat') {
      throw new CygnetError(
        'unsupported',
        `Column "${name}" of table "${this.name}" holds a ${columnTypeName(column)} an event, not one number.`,
      );
    }
    return column.values;
  }

  /** 1 for signal, 0 for background, from the label column; copied. @throws CygnetError `column-not-found`, `unsupported`. */
  labels(): Uint8Array {
    const name = this.label;
    if (name === undefined) {
      throw new CygnetError(
        'column-not-found',
        `Table "${this.name}" has no label column. Give one: Table.from(…, { label }) or table.withRoles({ label }).`,
      );
    }
    const values = this.numbers(name);
    return Uint8Array.from({ length: this.length }, (_, i) => {
      const value = Number(values[i]);
      if (value !== 0 && value !== 1) {
        throw new CygnetError(
          'unsupported',
          `Label column "${name}" holds ${value} in event ${i}; only 0 (background) and 1 (signal) are labels.`,
        );
      }
      return value;
    });
  }

  /** Event weights; all 1 without a weight column; copied. */
  weights(): Float64Array {
    if (this.weight === undefined) return new Float64Array(this.length).fill(1);
    const values = this.numbers(this.weight);
    return Float64Array.from({ length: this.length }, (_, i) => Number(values[i]));
  }

  /** The columns a model can learn from: one number an event, and neither label, weight nor event identity. */
  featureNames(): readonly string[] {
    return featuresAmong(this.#columns, this.#options);
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
    for (const from of Object.keys(names)) this.column(from);
    const to = (from: string): string => (Object.hasOwn(names, from) ? (names[from] as string) : from);
    const columns = new Map([...this.#columns].map(([from, column]) => [to(from), column]));
    if (columns.size < this.#columns.size) {
      const all = this.columnNames.map(to);
      const twice = all.find((name, index) => all.indexOf(name) !== index);
      throw new RangeError(`Two columns of table "${this.name}" would be called "${twice}".`);
    }
    return new Table({ columns, length: this.length, options: renameOptions(this.#options, to) });
  }

  /** The same columns with another name or other roles; what is left out, or `undefined`, stays as it is. */
  withRoles(options: TableOptions): Table {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    return Table.from(this.#columns, { ...this.#options, ...given });
  }

  /**
   * One more column (or another in place of one), of float64, from an expression or a function of each row. A column
   * that is replaced loses its unit and description: say the new ones.
   *
   * @param about.firstIndex The index of the first row, when this table is a part of something larger; default 0.
   * @throws CygnetError `bad-expression`, `column-not-found`.
   * @example
   * table.derive('ratio', 'm_bb / m_wbb');
   * table.derive('ratio', (row) => row.m_bb / row.m_wbb);
   * table.derive('pt', 'pt / 1000', { unit: 'GeV' });
   */
  derive(
    name: string,
    value: string | ((row: Row, index: number) => number),
    about: { readonly unit?: string; readonly description?: string; readonly firstIndex?: number } = {},
  ): Table {
    let values: Float64Array;
    const { firstIndex = 0 } = about;
    if (typeof value === 'string') values = compileExpression(value).evaluate(this.#columns, this.length);
    else {
      values = new Float64Array(this.length);
      forEachRow(this.#columns, (row, i) => (values[i] = value(row, firstIndex + i)));
    }
    const derived = new Map(this.#columns).set(name, { kind: 'flat', type: 'float64', values });
    return this.#with(derived, this.length).withRoles({
      units: withEntry(this.units, name, about.unit),
      descriptions: withEntry(this.descriptions, name, about.description),
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
  filter(
    keep: string | ((row: Row, index: number) => boolean),
    { firstIndex = 0 }: { readonly firstIndex?: number } = {},
  ): Table {
    if (typeof keep === 'string') return this.take(compileExpression(keep).select(this.#columns, this.length));
    const kept: number[] = [];
    forEachRow(this.#columns, (row, i) => {
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
    const sides = others.map((other) => ({ name: other.name, columns: other.#columns, units: other.units }));
    const columns = joinColumns({ name: this.name, columns: this.#columns, units: this.units }, sides);
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
      new Map([...this.#columns].map(([name, column]) => [name, takeColumn(column, indices)])),
      indices.length,
    );
  }

  /** Events `[start, stop)`; negative numbers count from the end, as in `Array.slice`. Numbers are shared, not copied. */
  slice(start = 0, stop = this.length): Table {
    const clamp = (at: number): number => Math.max(0, Math.min(this.length, at < 0 ? this.length + at : at));
    const from = clamp(Math.trunc(start));
    const to = Math.max(from, clamp(Math.trunc(stop)));
    return this.#with(
      new Map([...this.#columns].map(([name, column]) => [name, sliceColumn(column, from, to)])),
      to - from,
    );
  }

  /**
   * A training and a test sample: shuffled, disjoint, together all events; copied. Stratified by the label when there is one.
   *
   * @throws RangeError when the fraction is not in (0, 1) or leaves one sample empty.
   * @example
   * const { train, test } = table.split({ test: 0.3, seed: 1 });
   */
  split(options: SplitOptions): { readonly train: Table; readonly test: Table } {
    const stratify = options.stratify ?? this.label !== undefined;
    const { train, test } = splitIndices(this.length, options, stratify ? this.#classes() : undefined);
    return { train: this.take(train), test: this.take(test) };
  }

  /** The named columns as float32, row by row: `[event * names.length + column]`; copied. */
  matrix(names: readonly string[]): Float32Array {
    const width = names.length;
    const matrix = new Float32Array(this.length * width);
    names.forEach((name, offset) => {
      const values = this.numbers(name);
      for (let i = 0, at = offset; i < this.length; i++, at += width) matrix[at] = Number(values[i]);
    });
    return matrix;
  }

  [displaySymbol](): MimeBundle {
    return { 'text/html': tableHtml(this.#view()), 'text/plain': tableText(this.#view()) };
  }

  toString(): string {
    return tableText(this.#view());
  }

  /** The label column as it is, whatever its values: any number of classes, or their names. */
  #classes(): ArrayLike<number | bigint | string> {
    const column = this.label === undefined ? undefined : this.column(this.label);
    return column?.kind === 'flat' || column?.kind === 'string' ? column.values : this.labels();
  }

  #view() {
    return {
      name: this.name,
      length: this.length,
      columns: this.#columns,
      units: this.units,
      label: this.label,
      weight: this.weight,
    };
  }

  #with(columns: ReadonlyMap<string, Column>, length: number): Table {
    return new Table({ columns, length, options: optionsAmong(columns, this.#options) });
  }
}
