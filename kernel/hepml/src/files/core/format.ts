import type { ColumnType } from './column-type.ts';
import type { Decoded } from './decoded.ts';
import type { TableFacts } from './table-facts.ts';

/** The formats that {@link ../open.ts} recognises. */
export type FormatName =
  'root' | 'parquet' | 'csv' | 'tsv' | 'jsonl' | 'hdf5' | 'arrow' | 'npy' | 'npz' | 'libsvm' | 'lhe';

/** One column of a file. */
export interface ColumnInfo {
  readonly name: string;
  /** In words, for example `list of float32`. */
  readonly type: string;
  /** Bytes in the file, where the format tells. */
  readonly bytes?: number;
  /** Why this column cannot be read; absent when it can. */
  readonly unreadable?: string;
}

/** One table of a file. */
export interface TableInfo {
  readonly name: string;
  /** Rows, where the format tells before everything is read. */
  readonly entries?: number;
  readonly columns: readonly ColumnInfo[];
  /** As the format names it, for example `zstd`; absent when there is none or it is not known. */
  readonly compression?: string;
  /** Units, descriptions, label, weight and provenance, as far as the file has them. */
  readonly facts: TableFacts;
}

/** What is to be read of one table. */
export interface PieceRequest {
  readonly table: string;
  /** Of the file's readable columns, each once. */
  readonly columns: readonly string[];
  readonly start: number;
  /** May be beyond the end, also infinite. */
  readonly stop: number;
  /** Rows a piece that suit the reader; a format may give smaller or larger ones. */
  readonly rows: number;
  readonly signal?: AbortSignal;
}

/** What each format provides; everything else is the same for all of them. */
export interface OpenedFile {
  readonly format: FormatName;
  readonly tables: readonly TableInfo[];
  /** The table that is meant when none is named; by default the only one. */
  readonly mainTable?: string;
  /** Rows `[start, stop)` of the columns asked for, in order; at least one piece, empty when there are no rows. */
  pieces(request: PieceRequest): AsyncIterable<ReadonlyMap<string, Decoded>>;
  close(): Promise<void>;
}

/** What may be said about a file when it is opened. */
export interface FormatOptions {
  /** Types of columns by name, for CSV and JSON lines, which have none: `{ pt: 'float32', hits: 'list of int16' }`. */
  readonly types?: { readonly [column: string]: string };
  /** CSV: what is between values; found out by default. */
  readonly delimiter?: string;
  /** CSV: whether the first line has the columns' names; found out by default. */
  readonly header?: boolean;
  /** libSVM: number of features; by default the file is gone through once for it. */
  readonly features?: number;
  /** npy, npz, HDF5: arrays of two dimensions as a list an entry (default) or as a column `name_0`, `name_1`, … each. */
  readonly matrix?: 'lists' | 'columns';
  readonly signal?: AbortSignal;
}

export type ParsedTypes = ReadonlyMap<string, ColumnType>;
