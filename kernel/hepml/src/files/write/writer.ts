import { CygnetError } from '@cygnet/columns';
import type { Table } from '../../data/index.ts';
import type { ColumnType } from '../core/column-type.ts';
import type { TableFacts } from '../core/table-facts.ts';

/** The formats that {@link ./write.ts} writes. */
export type WritableFormat = 'root' | 'parquet' | 'csv' | 'tsv' | 'jsonl' | 'hdf5' | 'arrow' | 'npy' | 'npz' | 'libsvm';

export type Compression = 'none' | 'gzip' | 'zstd' | 'lz4' | 'lzma';

/** Everything about a file that is known before its first byte. */
export interface WritePlan {
  readonly columns: ReadonlyMap<string, ColumnType>;
  readonly facts: TableFacts;
  /** Name of the table in the file, where the format has one. */
  readonly table: string;
  readonly compression: Compression;
  /** Rows of the first chunk: the others will hardly be larger. */
  readonly chunkRows: number;
  /** ROOT: which of its two layouts. */
  readonly layout: 'ttree' | 'rntuple';
}

/** Writes chunks, all of the same columns, to one file. */
export interface TableWriter {
  write(chunk: Table): Promise<void>;
  finish(): Promise<void>;
  /** Ends all that runs; what is on the disk is removed by whoever asked. */
  abort(): Promise<void>;
}

/** What a format can and how it does it. */
export interface WriteFormat {
  readonly name: WritableFormat;
  /** How a person calls it. */
  readonly title: string;
  /** Endings of file names that mean this format. */
  readonly endings: readonly string[];
  /** The first one is the default. */
  readonly compressions: readonly Compression[];
  /** Why the format cannot hold a column of this type; undefined when it can. */
  refuses(name: string, type: ColumnType, plan: WritePlan): string | undefined;
  /** @throws CygnetError `unsupported` for what is wrong with the table as a whole. */
  open(path: string, plan: WritePlan): Promise<TableWriter>;
}

/** A value, not a type, that a format cannot hold. */
export const cannotHold = (title: string, column: string, what: string, instead: string): CygnetError =>
  new CygnetError(
    'unsupported',
    `Column "${column}" holds ${what}, which ${title} cannot hold. Write ${instead} instead.`,
  );
