import { CygnetError, isCygnetError } from '@cygnet/columns';
import type { Column, CygnetErrorKind } from '@cygnet/columns';
import type { KnownBytes } from '../cached-ranges.ts';

/** A file that threads open by themselves. */
export interface FileForThreads {
  /** Tells files apart; a thread keeps a file open until it is told to close it. */
  readonly key: number;
  readonly address: string;
  /** Metadata that have been read already. */
  readonly known: KnownBytes;
  readonly tree: string;
}

/** Some branches, some entries. */
export interface ReadingJob {
  readonly branches: readonly string[];
  readonly start: number;
  readonly stop: number;
}

export type ToThread =
  | { readonly kind: 'read'; readonly id: number; readonly file: FileForThreads; readonly job: ReadingJob }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close'; readonly key: number };

export interface Failure {
  readonly kind?: CygnetErrorKind;
  readonly name: string;
  readonly message: string;
}

export type FromThread =
  | { readonly kind: 'progress'; readonly id: number; readonly bytes: number }
  | { readonly kind: 'columns'; readonly id: number; readonly columns: ReadonlyMap<string, Column> }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

/** Errors do not cross threads with their kind: this does. */
export const failureOf = (error: unknown): Failure => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return isCygnetError(error) ? { kind: error.kind, name, message } : { name, message };
};

export const errorOf = ({ kind, name, message }: Failure): Error => {
  if (kind !== undefined) return new CygnetError(kind, message);
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
};

/** The memory of columns, which goes to another thread without being copied. */
export const memoryOf = (columns: Iterable<Column>): readonly ArrayBuffer[] => {
  const found = new Set<ArrayBuffer>();
  const add = (array: NodeJS.TypedArray): void => {
    if (array.buffer instanceof ArrayBuffer) found.add(array.buffer);
  };
  const visit = (column: Column): void => {
    if (column.kind === 'flat') add(column.values);
    else if (column.kind === 'record') for (const field of column.fields.values()) visit(field);
    else if (column.kind === 'jagged') {
      add(column.offsets);
      visit(column.content);
    }
  };
  for (const column of columns) visit(column);
  return [...found];
};
