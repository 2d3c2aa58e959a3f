import { CygnetError } from '@cygnet/columns';
import { isTable, TableStream } from '../../data/index.ts';
import type { Table } from '../../data/index.ts';
import { cygnetVersion } from '../../track/index.ts';
import { typeName, typeOf } from '../core/column-type.ts';
import type { ColumnType } from '../core/column-type.ts';
import { factsOf } from '../core/table-facts.ts';
import { checkColumns, formatFor } from './formats.ts';
import { writeWhole } from './temporary.ts';
import type { Compression, WritableFormat, WriteFormat, WritePlan } from './writer.ts';

export interface WriteOptions {
  /** By default what the ending of the name says. */
  readonly format?: WritableFormat;
  /** Default: zstd for ROOT and Parquet, else none; `gzip` for text whose name ends in `.gz`. */
  readonly compression?: Compression;
  /** Replaces a file that is there; without it such a file is an error. */
  readonly overwrite?: boolean;
  /** Name of the tree in a ROOT file; default: the table's name. */
  readonly tree?: string;
  /** ROOT: default `ttree`. */
  readonly layout?: 'ttree' | 'rntuple';
  /** Rows a chunk when a whole table is written: a group of rows in Parquet, a batch in Arrow; default 131,072. */
  readonly chunk?: number;
  /** Where the data come from, kept in the file's metadata where the format has any. */
  readonly provenance?: { readonly [what: string]: unknown };
  readonly signal?: AbortSignal;
  /** Called after each chunk. */
  readonly onProgress?: (done: { readonly rows: number; readonly totalRows: number | undefined }) => void;
}

/** What was written. */
export interface Written {
  readonly path: string;
  readonly format: WritableFormat;
  readonly rows: number;
}

const columnsOf = (table: Table): ReadonlyMap<string, ColumnType> =>
  new Map(table.columnNames.map((name) => [name, typeOf(table.column(name))]));

const checkAlike = (plan: WritePlan, chunk: Table): void => {
  const names = chunk.columnNames;
  const isSame =
    names.length === plan.columns.size &&
    [...plan.columns].every(
      ([name, type]) => names.includes(name) && typeName(typeOf(chunk.column(name))) === typeName(type),
    );
  if (!isSame)
    throw new CygnetError('unsupported', `A chunk has other columns than the first one: ${names.join(', ')}.`);
};

const compressionFor = (format: WriteFormat, path: string, given: Compression | undefined): Compression => {
  const fallback = path.toLowerCase().endsWith('.gz') ? 'gzip' : (format.compressions[0] ?? 'none');
  const chosen = given ?? fallback;
  if (!format.compressions.includes(chosen))
    throw new CygnetError(
      'unsupported',
      `${format.title} is not written with compression "${chosen}". There is ${format.compressions.join(', ')}.`,
    );
  return chosen;
};

const treeName = (name: string): string => name.replaceAll(/[^\w-]+/g, '_') || 'table';

const planFor = (first: Table, path: string, format: WriteFormat, options: WriteOptions): WritePlan => {
  const facts = factsOf(first, { cygnet: cygnetVersion, ...options.provenance });
  return {
    columns: columnsOf(first),
    facts: { ...facts, columns: first.columnNames },
    table: options.tree ?? treeName(first.name),
    compression: compressionFor(format, path, options.compression),
    chunkRows: first.length,
    layout: options.layout ?? 'ttree',
  };
};

/**
 * Writes a table, or a stream of any length chunk by chunk, to a file: whole or not at all. Units, descriptions, label,
 * weight and provenance go along where the format has a place for them (Parquet, Arrow, HDF5, ROOT, libSVM).
 *
 * @param path Its ending says the format: `.root`, `.parquet`, `.arrow`, `.feather`, `.h5`, `.csv`, `.tsv`, `.jsonl`, `.npz`,
 *   `.npy`, `.libsvm`; text also with `.gz`.
 * @throws CygnetError `already-exists`; `unsupported` naming a column that the format cannot hold, before anything is
 *   written; `engine-missing` when ROOT is to be written and Python has no uproot; `not-found`, `cancelled`.
 * @example
 * await files.write(table, 'skim.parquet');
 * await files.write(file.stream({ where: 'pt > 20' }), 'skim.root', { tree: 'events' });
 */
export const write = async (
  source: Table | TableStream,
  path: string,
  options: WriteOptions = {},
): Promise<Written> => {
  const { signal, onProgress, overwrite = false, chunk = 131_072 } = options;
  if (typeof path !== 'string' || path === '')
    throw new TypeError("files.write needs a path: files.write(table, 'skim.parquet').");
  const format = formatFor(path, options.format);
  const stream = isTable(source) ? TableStream.fromTable(source, { chunk }) : source;
  const cancelled = (): CygnetError =>
    new CygnetError('cancelled', `Writing ${path} was cancelled; nothing was written.`, { cause: signal?.reason });
  if (signal?.aborted) throw cancelled();
  const chunks = stream.chunks(signal ? { signal } : {});
  try {
    const first = await chunks.next();
    if (first.done === true) throw new CygnetError('unsupported', `The stream "${stream.name}" gave no chunk at all.`);
    const plan = planFor(first.value, path, format, options);
    if (plan.columns.size === 0)
      throw new CygnetError('unsupported', `Table "${stream.name}" has no column; there is nothing to write.`);
    checkColumns(format, plan);
    const rows = await writeWhole(path, { overwrite }, async (temporary) => {
      const writer = await format.open(temporary, plan);
      let done = 0;
      try {
        let one: IteratorResult<Table, void> = first;
        for (; one.done !== true; one = await chunks.next()) {
          if (signal?.aborted) throw cancelled();
          checkAlike(plan, one.value);
          await writer.write(one.value);
          done += one.value.length;
          onProgress?.({ rows: done, totalRows: stream.length });
        }
        if (signal?.aborted) throw cancelled();
        await writer.finish();
      } catch (error) {
        await writer.abort();
        throw error;
      }
      return done;
    });
    return { path, format: format.name, rows };
  } finally {
    await chunks.return();
  }
};
