import {
  CygnetError,
  compileExpression,
  didYouMean,
  isConstantName,
  newHistogram,
  newHistogram2D,
  newHistogramOf,
} from '@cygnet/columns';
import type { Histogram, Histogram2D } from '@cygnet/columns';
import type { Row, RowShape } from './rows.ts';
import type { TableHistogram2DOptions, TableHistogramOptions } from './table-histogram.ts';
import type { Table } from './table.ts';

const noRange = 'A histogram of a stream needs { range: [low, high] } or { edges: […] }: the values are not known yet.';

/** Where the chunks of a {@link TableStream} come from. */
export interface TableStreamSource {
  /** For messages and displays. */
  readonly name: string;
  /** The columns that every chunk has, in order. */
  readonly columnNames: readonly string[];
  /** Events in all, when that is known before reading. */
  readonly length?: number | undefined;
  /**
   * Begins anew: the chunks in order, at least one (an empty one when there are no events, so that types are known).
   * The signal aborts when nobody wants more: reading ahead stops then.
   */
  readonly open: (signal: AbortSignal) => AsyncIterable<Table>;
}

/** Changes one chunk after the other; made anew for each pass over the stream. */
type Step = () => (chunk: Table) => Table | Promise<Table>;

interface Parts extends TableStreamSource {
  readonly steps: readonly Step[];
}

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
}

const missing = (stream: Pick<TableStream, 'name' | 'columnNames'>, name: string): CygnetError =>
  new CygnetError(
    'column-not-found',
    `No column "${name}" in the stream of "${stream.name}". ${didYouMean(name, stream.columnNames)}`,
  );

/** A step that knows how many events have come before its chunk. */
const counting =
  (change: (chunk: Table, firstIndex: number) => Table): Step =>
  () => {
    let seen = 0;
    return (chunk) => {
      const changed = change(chunk, seen);
      seen += chunk.length;
      return changed;
    };
  };

/**
 * A table that is larger than memory: an endless supply of passes over its chunks, each a {@link Table}. Nothing is read
 * before a chunk is asked for; `select`, `rename`, `derive`, `filter` and `map` only note what to do with each chunk,
 * and give a new stream. A stream may be gone through any number of times: each pass reads anew.
 *
 * @example
 * for await (const chunk of stream.filter('pt > 20').derive('ratio', 'pt / m')) console.log(chunk.length);
 */
export class TableStream implements AsyncIterable<Table> {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * A stream of the chunks that `open` gives.
   *
   * @example
   * TableStream.of({ name: 'toy', columnNames: ['x'], open: async function* () { yield Table.from({ x: [1, 2] }); } });
   */
  static of(source: TableStreamSource): TableStream {
    return new TableStream({ ...source, columnNames: [...source.columnNames], steps: [] });
  }

  /**
   * A table as a stream, in chunks of so many events (default 65,536); numbers are shared, not copied.
   *
   * @throws RangeError when the chunk is no positive whole number.
   */
  static fromTable(table: Table, { chunk = 65_536 }: { readonly chunk?: number } = {}): TableStream {
    if (!Number.isSafeInteger(chunk) || chunk < 1) {
      throw new RangeError(`chunk is a number of events, 1 or more, not ${chunk}.`);
    }
    const { name, columnNames, length } = table;
    // eslint-disable-next-line @typescript-eslint/require-await -- a source gives its chunks asynchronously
    const open = async function* (): AsyncGenerator<Table> {
      for (let start = 0; start === 0 || start < length; start += chunk) yield table.slice(start, start + chunk);
    };
    return TableStream.of({ name, columnNames, length, open });
  }

  get name(): string {
    return this.#parts.name;
  }
  /** The columns of every chunk, in order. */
  get columnNames(): readonly string[] {
    return this.#parts.columnNames;
  }
  /** Events in all; undefined when nobody knows before reading, as after `filter`. */
  get length(): number | undefined {
    return this.#parts.length;
  }

  /** Only these columns, in this order. @throws CygnetError `column-not-found`. */
  select(names: readonly string[]): TableStream {
    for (const name of names) this.#check(`\`${name}\``);
    return this.#then(() => (chunk) => chunk.select(names), { columnNames: [...names] });
  }

  /** Other names for some columns, as {@link Table.rename}. @throws CygnetError `column-not-found`. */
  rename(names: { readonly [from: string]: string }): TableStream {
    for (const name of Object.keys(names)) if (!this.columnNames.includes(name)) throw missing(this, name);
    const columnNames = this.columnNames.map((name) => (Object.hasOwn(names, name) ? (names[name] as string) : name));
    return this.#then(() => (chunk) => chunk.rename(names), { columnNames });
  }

  /**
   * One more column, or another in place of one, as {@link Table.derive}; the index that a function gets counts through
   * all chunks.
   *
   * @throws CygnetError `bad-expression`, `column-not-found`: at once, before anything is read.
   */
  derive<R extends RowShape = Row>(
    name: string,
    value: string | ((row: R, index: number) => number),
    about: { readonly unit?: string; readonly description?: string } = {},
  ): TableStream {
    if (typeof value === 'string') this.#check(value);
    const step = counting((chunk, firstIndex) => chunk.derive<R>(name, value, { ...about, firstIndex }));
    const columnNames = this.columnNames.includes(name) ? this.columnNames : [...this.columnNames, name];
    return this.#then(step, { columnNames });
  }

  /**
   * The events for which an expression or a function of the row is true, as {@link Table.filter}. Chunks get smaller,
   * also empty; how many events are left is known after reading only.
   *
   * @throws CygnetError `bad-expression`, `column-not-found`: at once, before anything is read.
   */
  filter<R extends RowShape = Row>(keep: string | ((row: R, index: number) => boolean)): TableStream {
    if (typeof keep === 'string') this.#check(keep);
    return this.#then(
      counting((chunk, firstIndex) => chunk.filter<R>(keep, { firstIndex })),
      { length: undefined },
    );
  }

  /**
   * Whatever else is to be done with each chunk. Say which columns come out when they are not the same as before; how
   * many events come out is taken as unknown unless it is said.
   *
   * @throws CygnetError `unsupported`, while reading, when a chunk has other columns than were said.
   * @example
   * stream.map((chunk) => chunk.sort('pt')).columnNames;
   */
  map(
    change: (chunk: Table) => Table | Promise<Table>,
    about: { readonly columnNames?: readonly string[]; readonly length?: number } = {},
  ): TableStream {
    return this.#then(() => change, { columnNames: about.columnNames ?? this.columnNames, length: about.length });
  }

  /** One pass over the chunks. Leaving the loop early stops the reading. @throws CygnetError `cancelled`. */
  async *chunks({ signal }: StreamOptions = {}): AsyncGenerator<Table, void, undefined> {
    const done = new AbortController();
    const steps = this.#parts.steps.map((step) => step());
    const whenAborted = (): void => {
      if (!signal?.aborted) return;
      throw new CygnetError('cancelled', `Reading ${this.name} was cancelled.`, { cause: signal.reason });
    };
    whenAborted();
    try {
      const source = this.#parts.open(signal === undefined ? done.signal : AbortSignal.any([signal, done.signal]));
      for await (const given of source) {
        whenAborted();
        let chunk = given;
        for (const step of steps) chunk = await step(chunk);
        this.#checkColumns(chunk);
        yield chunk;
        whenAborted();
      }
    } finally {
      done.abort();
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Table, void, undefined> {
    return this.chunks();
  }

  /**
   * All chunks as one table: everything in memory, and once more while the chunks are put together.
   *
   * @throws CygnetError `unsupported` when chunks differ in a column's type; `cancelled`.
   */
  async read(options: StreamOptions = {}): Promise<Table> {
    const chunks: Table[] = [];
    for await (const chunk of this.chunks(options)) chunks.push(chunk);
    const [first, ...more] = chunks;
    if (first === undefined) {
      throw new CygnetError('bad-file', `The stream of "${this.name}" gave no chunk at all, not even an empty one.`);
    }
    return first.concat(...more);
  }

  /**
   * A histogram of all chunks in one pass, equal to {@link Table.histogram} of the whole to the last bit.
   *
   * @throws RangeError without a range or edges: they cannot be found without reading everything once more.
   * @example
   * await stream.histogram('pt', { bins: 40, range: [0, 200] });
   */
  async histogram(text: string, options: TableHistogramOptions & StreamOptions): Promise<Histogram> {
    const { bins = 50, range, edges, signal, ...weights } = options;
    this.#check(text);
    if (edges === undefined && range === undefined) throw new RangeError(noRange);
    const filled = edges === undefined ? newHistogram(bins, ...(range ?? [0, 1])) : newHistogramOf(edges);
    for await (const chunk of this.chunks({ signal })) chunk.fillHistogram(filled, text, weights);
    return filled;
  }

  /** A histogram of two quantities of all chunks, as {@link Table.histogram2D}. @throws RangeError as {@link histogram}. */
  async histogram2D(x: string, y: string, options: TableHistogram2DOptions & StreamOptions): Promise<Histogram2D> {
    const { x: xAxis = {}, y: yAxis = {}, signal, ...weights } = options;
    for (const text of [x, y]) this.#check(text);
    for (const { range, edges } of [xAxis, yAxis]) {
      if (edges === undefined && range === undefined) throw new RangeError(noRange);
    }
    const filled = newHistogram2D(xAxis, yAxis);
    for await (const chunk of this.chunks({ signal })) chunk.fillHistogram2D(filled, [x, y], weights);
    return filled;
  }

  toString(): string {
    const events =
      this.length === undefined ? 'unknown number of events' : `${this.length.toLocaleString('en-US')} events`;
    return `${this.name}: stream of ${events} x ${this.columnNames.length} columns (${this.columnNames.join(', ')})`;
  }

  /** A wrong expression is an error where it is written, not when the first chunk comes. */
  #check(text: string): void {
    const known = new Set(this.columnNames);
    if (known.has(text)) return;
    for (const name of compileExpression(text).columns) {
      const parent = name.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));
      if (!parent.some((prefix) => known.has(prefix)) && !isConstantName(name)) throw missing(this, name);
    }
  }

  #checkColumns(chunk: Table): void {
    const [found, wanted] = [chunk.columnNames, this.columnNames];
    if (found.length === wanted.length && found.every((name, i) => name === wanted[i])) return;
    throw new CygnetError(
      'unsupported',
      `A chunk of the stream of "${this.name}" has the columns ${found.join(', ')} instead of ${wanted.join(', ')}. After map, say which columns come out: stream.map(…, { columnNames: […] }).`,
    );
  }

  #then(step: Step, changed: Partial<Pick<Parts, 'columnNames' | 'length'>>): TableStream {
    return new TableStream({ ...this.#parts, ...changed, steps: [...this.#parts.steps, step] });
  }
}
