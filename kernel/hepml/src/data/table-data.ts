import { CygnetError, allColumnNames, columnTypeName, didYouMean, findColumn } from '@cygnet/columns';
import type { Column, Histogram, Histogram2D, NumericArray } from '@cygnet/columns';
import { displaySymbol } from '@cygnet/contract';
import type { Displayable, MimeBundle } from '@cygnet/contract';
import { eventKeys, guessEventId } from './event-keys.ts';
import type { EventKeys } from './event-keys.ts';
import { numbersIn, quantity } from './quantity.ts';
import { fillFrom, fillFrom2D, histogram2DOf, histogramOf } from './table-histogram.ts';
import type { Quantity, TableHistogram2DOptions, TableHistogramOptions } from './table-histogram.ts';
import { tableHtml, tableText } from './table-html.ts';
import { featuresAmong } from './table-options.ts';
import type { NamedOptions } from './table-options.ts';

/** What a table is made of. */
export interface TableParts {
  readonly columns: ReadonlyMap<string, Column>;
  readonly length: number;
  readonly options: NamedOptions;
}

/** What a table holds, and how it is looked at; {@link Table} adds what makes other tables of it. */
export class TableData implements Displayable {
  protected readonly parts: TableParts;
  readonly length: number;

  protected constructor(parts: TableParts) {
    this.parts = parts;
    this.length = parts.length;
  }

  get name(): string {
    return this.parts.options.name;
  }
  get columnNames(): readonly string[] {
    return [...this.parts.columns.keys()];
  }
  get label(): string | undefined {
    return this.parts.options.label;
  }
  get weight(): string | undefined {
    return this.parts.options.weight;
  }
  /** Unit by column; columns without one are missing. */
  get units(): { readonly [column: string]: string } {
    return this.parts.options.units ?? {};
  }
  get descriptions(): { readonly [column: string]: string } {
    return this.parts.options.descriptions ?? {};
  }

  /** Columns that tell events apart: as given, or run, luminosity block and event number known by their names; or none. */
  get eventId(): readonly string[] {
    return this.parts.options.eventId ?? guessEventId(this.parts.columns);
  }

  /**
   * A column, or a field of a record: `muons.pt` (of lists of records the lists of that field). Shared, not copied.
   *
   * @throws CygnetError `column-not-found`, naming close ones.
   */
  column(name: string): Column {
    const column = findColumn(this.parts.columns, name);
    if (column === undefined) throw this.missing(name);
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
    return this.weightsBy(this.weight ?? false) ?? new Float64Array(this.length).fill(1);
  }

  /** The columns a model can learn from: one number an event, and neither label, weight nor event identity. */
  featureNames(): readonly string[] {
    return featuresAmong(this.parts.columns, this.parts.options);
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

  /**
   * A column, a field of a record, or the value of an expression for each event (lists, if it is one). A column is
   * shared, not copied.
   *
   * @throws CygnetError `bad-expression`.
   * @example
   * table.evaluate('jet_pt[argmax(jet_btag)]');
   */
  evaluate(expression: string): Column {
    return quantity(this.parts.columns, this.length, expression);
  }

  /**
   * A histogram of a column, of a field of a record or of an expression; lists give all their items, each with its
   * event's weight. Weighted by the table's weight column, unless told otherwise. The same chunk by chunk:
   * `stream.histogram`.
   *
   * @throws CygnetError `bad-expression`, `column-not-found`, `unsupported`. RangeError for impossible bins.
   * @example
   * table.histogram('m_bb / 1000', { bins: 40, range: [0, 4] }).sumW;
   */
  histogram(text: string, { weights = this.weight ?? false, ...axis }: TableHistogramOptions = {}): Histogram {
    return histogramOf(this.#quantity(text), axis, this.weightsBy(weights));
  }

  /**
   * A histogram of two quantities, as {@link histogram}; of lists both need to have the same lengths.
   *
   * @example
   * table.histogram2D('pt', 'eta', { x: { bins: 20, range: [0, 200] }, y: { edges: [-2.5, 0, 2.5] } });
   */
  histogram2D(
    x: string,
    y: string,
    { weights = this.weight ?? false, ...axes }: TableHistogram2DOptions = {},
  ): Histogram2D {
    return histogram2DOf(this.#quantity(x), this.#quantity(y), axes, this.weightsBy(weights));
  }

  /** Adds a quantity's values to a histogram, in place: {@link histogram} for many tables together. */
  fillHistogram(
    filled: Histogram,
    text: string,
    { weights = this.weight ?? false }: Pick<TableHistogramOptions, 'weights'> = {},
  ): void {
    fillFrom(filled, this.#quantity(text), this.weightsBy(weights));
  }

  /** Adds pairs to a histogram, in place: {@link histogram2D} for many tables together. */
  fillHistogram2D(
    filled: Histogram2D,
    [x, y]: readonly [x: string, y: string],
    { weights = this.weight ?? false }: Pick<TableHistogramOptions, 'weights'> = {},
  ): void {
    fillFrom2D(filled, this.#quantity(x), this.#quantity(y), this.weightsBy(weights));
  }

  [displaySymbol](): MimeBundle {
    return { 'text/html': tableHtml(this.#view()), 'text/plain': tableText(this.#view()) };
  }

  toString(): string {
    return tableText(this.#view());
  }

  protected missing(name: string): CygnetError {
    return new CygnetError(
      'column-not-found',
      `No column "${name}" in table "${this.name}". ${didYouMean(name, allColumnNames(this.parts.columns))}`,
    );
  }

  /** One number an event from a column or an expression; copied. Undefined for `false`. */
  protected weightsBy(weights: string | false): Float64Array | undefined {
    if (weights === false) return undefined;
    const column = quantity(this.parts.columns, this.length, weights);
    if (column.kind !== 'flat') {
      throw new CygnetError(
        'unsupported',
        `Weights "${weights}" are a ${columnTypeName(column)} an event, not a number.`,
      );
    }
    return Float64Array.from(numbersIn(weights, column) as ArrayLike<number | bigint>, Number);
  }

  /** @throws CygnetError `column-not-found` when nothing tells the events apart. */
  protected keysBy(names: readonly string[]): EventKeys {
    if (names.length === 0) {
      throw new CygnetError(
        'column-not-found',
        `Nothing tells the events of table "${this.name}" apart: it has no event number by a known name. Say which columns do: table.withRoles({ eventId: ['run', 'lumi', 'event'] }).`,
      );
    }
    return eventKeys(
      names.map((name) => [name, this.column(name)] as const),
      this.length,
    );
  }

  #quantity(text: string): Quantity {
    return { text, column: quantity(this.parts.columns, this.length, text) };
  }

  #view() {
    return {
      name: this.name,
      length: this.length,
      columns: this.parts.columns,
      units: this.units,
      descriptions: this.descriptions,
      label: this.label,
      weight: this.weight,
    };
  }
}
