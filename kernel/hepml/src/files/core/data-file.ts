import {
  CygnetError,
  compileExpression,
  concatColumns,
  didYouMean,
  isConstantName,
  isCygnetError,
} from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { Table, TableStream } from '../../data/index.ts';
import type { TableOptions } from '../../data/index.ts';
import { pieceLength, resolveMissing } from './decoded.ts';
import type { Decoded, MissingPolicy } from './decoded.ts';
import type { FormatName, OpenedFile, TableInfo } from './format.ts';
import { rechunk } from './rechunk.ts';
import { factsAmong } from './table-facts.ts';

export interface ReadOptions extends TableOptions {
  /** Name of the table in the file; may be left out when there is only one. */
  readonly table?: string;
  /** Columns to read, in this order; by default all that can be read. Label and weight are read in any case. */
  readonly columns?: readonly string[];
  /** Keeps the rows for which this expression is true, for example `pt > 20`; its columns are read too. */
  readonly where?: string;
  /** Which rows of the file: the first so many, or `[start, stop)`; counted before `where`. */
  readonly entries?: number | readonly [start: number, stop: number];
  /** What to do where the file has no value; default `error`, but NaN for floats. */
  readonly missing?: MissingPolicy;
  readonly signal?: AbortSignal;
  /** Called as rows arrive, with the rows read of the file so far. */
  readonly onProgress?: (done: { readonly rows: number; readonly totalRows: number | undefined }) => void;
}

export interface StreamReadOptions extends ReadOptions {
  /** Rows a chunk, before `where`; default 65,536. */
  readonly chunk?: number;
}

/** A file with tables, opened: what is in it is known, values are read when asked for. */
export interface DataFile {
  readonly path: string;
  readonly format: FormatName;
  /** Names of the tables that are in it. */
  tables(): readonly string[];
  /**
   * What a table holds; of the only one without a name.
   * @throws CygnetError `not-found`.
   */
  info(table?: string): TableInfo;
  /**
   * A table with all rows asked for in memory.
   * @throws CygnetError `not-found`, `column-not-found`, `bad-expression`, `unsupported`, `corrupt-data`, `cancelled`.
   */
  read(options?: ReadOptions): Promise<Table>;
  /** The same in chunks: memory holds a few of them, however large the file is. Each pass reads anew. */
  stream(options?: StreamReadOptions): TableStream;
  close(): Promise<void>;
}

/** Everything about one reading that is known before it begins. */
interface Plan {
  readonly info: TableInfo;
  /** Columns of the result. */
  readonly kept: readonly string[];
  /** Those, and what `where` needs. */
  readonly read: readonly string[];
  readonly start: number;
  readonly stop: number;
  readonly where: string | undefined;
  readonly missing: MissingPolicy;
  readonly table: TableOptions;
}

type Columns = ReadonlyMap<string, Column>;

const isCount = (value: number): boolean => value === Infinity || (Number.isSafeInteger(value) && value >= 0);

const rangeOf = (entries: ReadOptions['entries']): readonly [start: number, stop: number] => {
  const [start, stop] = typeof entries === 'object' ? entries : [0, entries ?? Infinity];
  if (!isCount(start) || !isCount(stop) || start > stop)
    throw new RangeError(`entries is a number of rows or [start, stop), not ${JSON.stringify(entries)}.`);
  return [start, stop];
};

const tableNamed = (path: string, { tables, mainTable }: OpenedFile, named: string | undefined): TableInfo => {
  const name = named ?? mainTable;
  const names = tables.map((table) => table.name);
  const [only] = tables;
  if (name === undefined) {
    if (only === undefined) throw new CygnetError('not-found', `${path} has no table.`);
    if (tables.length === 1) return only;
    throw new CygnetError(
      'not-found',
      `${path} has ${tables.length} tables: ${names.map((one) => `"${one}"`).join(', ')}. Choose one: { table: ${JSON.stringify(only.name)} }.`,
    );
  }
  const found = tables.find((table) => table.name === name);
  if (found === undefined)
    throw new CygnetError('not-found', `No table "${name}" in ${path}. ${didYouMean(name, names)}`);
  return found;
};

const planFor = (path: string, opened: OpenedFile, options: ReadOptions): Plan => {
  const { table, columns, where, entries, missing = 'error', signal: _s, onProgress: _p, ...roles } = options;
  const info = tableNamed(path, opened, table);
  const readable = info.columns.filter((column) => column.unreadable === undefined).map(({ name }) => name);
  const check = (name: string): void => {
    const column = info.columns.find((one) => one.name === name);
    if (column === undefined)
      throw new CygnetError(
        'column-not-found',
        `No column "${name}" in table "${info.name}" of ${path}. ${didYouMean(name, readable)}`,
      );
    if (column.unreadable !== undefined)
      throw new CygnetError('unsupported', `Column "${name}" of ${path} is not read: ${column.unreadable}.`);
  };
  const given = [roles.label, roles.weight].filter((name) => name !== undefined);
  const kept = [...new Set(columns === undefined ? readable : [...columns, ...given])];
  const condition = (where === undefined ? [] : compileExpression(where).columns).filter(
    (name) => info.columns.some((column) => column.name === name) || !isConstantName(name),
  );
  const read = [...new Set([...kept, ...condition])];
  [...read, ...given].forEach(check);
  if (read.length === 0) throw new CygnetError('not-found', `Table "${info.name}" of ${path} has no column to read.`);
  const [start, stop] = rangeOf(entries);
  const facts = factsAmong({ name: info.name, ...info.facts }, kept);
  return { info, kept, read, start, stop, where, missing, table: { ...facts, ...roles } };
};

/** Only the rows and columns of the result. */
const selected = (columns: Columns, { where, kept, read }: Plan): Columns => {
  if (where === undefined && kept.length === read.length) return columns;
  const all = Table.from(columns);
  const rows = where === undefined ? all : all.filter(where);
  return new Map(kept.map((name) => [name, rows.column(name)]));
};

/** A library's own error would say nothing of Cygnet; what it says is kept as the cause. */
const asOurs = (path: string, format: FormatName, error: unknown, signal: AbortSignal | undefined): unknown => {
  if (signal?.aborted && !isCygnetError(error))
    return new CygnetError('cancelled', `Reading ${path} was cancelled.`, { cause: signal.reason });
  if (isCygnetError(error) || error instanceof TypeError || error instanceof RangeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CygnetError('corrupt-data', `Cannot read ${path} (${format}): ${reason}`, { cause: error });
};

/** The pieces of a file without missing values, whatever goes wrong as an error of ours. */
const columnPieces = async function* (
  path: string,
  opened: OpenedFile,
  plan: Plan,
  options: Pick<ReadOptions, 'signal' | 'onProgress'> & { readonly rows: number },
): AsyncGenerator<Columns> {
  const { signal, onProgress, rows } = options;
  const { info, read, start, stop, missing } = plan;
  const totalRows = info.entries === undefined ? undefined : Math.max(0, Math.min(stop, info.entries) - start);
  let done = 0;
  const stopIfAborted = (): void => {
    if (signal?.aborted) throw new CygnetError('cancelled', `Reading ${path} was cancelled.`, { cause: signal.reason });
  };
  try {
    stopIfAborted();
    const request = { table: info.name, columns: read, start, stop, rows, ...(signal ? { signal } : {}) };
    for await (const piece of opened.pieces(request)) {
      stopIfAborted();
      done += pieceLength(piece);
      yield resolveMissing(new Map(read.map((name) => [name, piece.get(name) as Decoded])), missing);
      onProgress?.({ rows: done, totalRows });
    }
  } catch (error) {
    throw asOurs(path, opened.format, error, signal);
  }
};

/** Rows a piece when everything is read at once: large enough to be quick, small enough that pieces are no burden. */
const rowsAtOnce = 1 << 17;

const readAll = async (path: string, opened: OpenedFile, options: ReadOptions): Promise<Table> => {
  const plan = planFor(path, opened, options);
  const parts = new Map<string, Column[]>(plan.kept.map((name) => [name, []]));
  for await (const piece of columnPieces(path, opened, plan, { ...options, rows: rowsAtOnce })) {
    for (const [name, column] of selected(piece, plan)) parts.get(name)?.push(column);
  }
  const columns = new Map<string, Column>();
  for (const name of plan.kept) {
    columns.set(name, concatColumns(parts.get(name) ?? []));
    parts.delete(name); // so that only one column at a time is in memory twice
  }
  return Table.from(columns, plan.table);
};

const streamOf = (path: string, opened: OpenedFile, options: StreamReadOptions): TableStream => {
  const { chunk = 65_536, signal: given, ...rest } = options;
  if (!Number.isSafeInteger(chunk) || chunk < 1)
    throw new RangeError(`chunk is a number of rows, 1 or more, not ${chunk}.`);
  const plan = planFor(path, opened, rest);
  const { info, start, stop, where, missing } = plan;
  const isCountKnown = where === undefined && missing !== 'drop' && info.entries !== undefined;
  return TableStream.of({
    name: plan.table.name ?? info.name,
    columnNames: plan.kept,
    ...(isCountKnown ? { length: Math.max(0, Math.min(stop, info.entries) - start) } : {}),
    open: async function* (inner) {
      const signal = given === undefined ? inner : AbortSignal.any([inner, given]);
      const pieces = columnPieces(path, opened, plan, { ...rest, signal, rows: chunk });
      for await (const columns of rechunk(pieces, chunk)) yield Table.from(selected(columns, plan), plan.table);
    },
  });
};

/** What every format has in common, over what it gives. */
export const dataFile = (path: string, opened: OpenedFile): DataFile => ({
  path,
  format: opened.format,
  tables: () => opened.tables.map(({ name }) => name),
  info: (table) => tableNamed(path, opened, table),
  read: (options = {}) => readAll(path, opened, options),
  stream: (options = {}) => streamOf(path, opened, options),
  close: () => opened.close(),
});

/** Runs what a library does with a file, so that its errors come out as ours. */
export const guarded = async <T>(path: string, format: FormatName, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asOurs(path, format, error, undefined);
  }
};
