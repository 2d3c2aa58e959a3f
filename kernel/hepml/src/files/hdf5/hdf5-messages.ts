/** What the thread with HDF5 is asked, and what it answers. Everything crosses as plain data. */

/** How the values of a dataset lie in memory once HDF5 has read them. */
export type MemoryType =
  | { readonly kind: 'number'; readonly bytes: number; readonly isSigned: boolean; readonly isFloat: boolean }
  | { readonly kind: 'half' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'text'; readonly bytes: number }
  | { readonly kind: 'long-text' }
  | { readonly kind: 'lists'; readonly item: MemoryType }
  | { readonly kind: 'array'; readonly shape: readonly number[]; readonly item: MemoryType; readonly bytes: number }
  | { readonly kind: 'struct'; readonly bytes: number; readonly fields: readonly MemoryField[] }
  | { readonly kind: 'unknown'; readonly why: string };

export interface MemoryField {
  readonly name: string;
  readonly offset: number;
  readonly type: MemoryType;
}

export interface DatasetInfo {
  readonly kind: 'dataset';
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: MemoryType;
  /** Bytes an entry in memory. */
  readonly bytes: number;
  readonly filters: readonly string[];
  readonly attributes: { readonly [name: string]: string };
}

export interface GroupInfo {
  readonly kind: 'group';
  readonly path: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly (readonly [name: string, DatasetInfo | GroupInfo])[];
}

/** Rows of a dataset: raw bytes, texts, or lists as counts and bytes. */
export type RowsAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'lists'; readonly counts: Int32Array<ArrayBuffer>; readonly bytes: Uint8Array<ArrayBuffer> };

/** A dataset to be made, empty, growing along its first dimension. */
export interface NewDataset {
  readonly path: string;
  /** As Python's struct module names it, for example `<f`. */
  readonly dtype: string;
  /** Entries a chunk. */
  readonly chunk: number;
  /** 0: not compressed. */
  readonly gzip: number;
}

export type Hdf5Call =
  | { readonly call: 'open'; readonly path: string }
  | { readonly call: 'rows'; readonly path: string; readonly start: number; readonly stop: number }
  | { readonly call: 'create'; readonly path: string }
  | { readonly call: 'group'; readonly path: string }
  | { readonly call: 'dataset'; readonly dataset: NewDataset }
  | { readonly call: 'append'; readonly path: string; readonly values: ArrayBufferView }
  | { readonly call: 'texts'; readonly path: string; readonly texts: readonly string[] }
  | { readonly call: 'attribute'; readonly path: string; readonly name: string; readonly value: string }
  | { readonly call: 'close' };

export interface Hdf5Request {
  readonly id: number;
  readonly body: Hdf5Call;
}

export interface Hdf5Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: string;
}
