import type { Column } from '@cygnet/columns';
import type { PlainValue } from './plain-value.ts';

/** One named object of a file or directory. */
export interface RootKey {
  /** Path inside the file, for example `dir/events`. */
  readonly path: string;
  readonly name: string;
  readonly title: string;
  /** ROOT's class name, for example `TTree`. */
  readonly className: string;
  readonly cycle: number;
  readonly compressedBytes: number;
  readonly rawBytes: number;
  readonly isDirectory: boolean;
  readonly isTree: boolean;
}

/** What a branch holds. */
export interface BranchInfo {
  /** Name as ROOT prints it; sub-branches as `parent.child`. */
  readonly name: string;
  readonly title: string;
  /** C++ type, for example `float` or `std::vector<float>`. */
  readonly typeName: string;
  readonly entries: number;
  readonly compressedBytes: number;
  readonly rawBytes: number;
  readonly children: readonly BranchInfo[];
  /** A part of its parent's values, not stored by itself: a leaf of a leaf list, a field of a record. */
  readonly isPart?: true;
  /** Why this reader cannot read it; absent when it can. */
  readonly unreadable?: string;
}

export interface ReadOptions {
  /** Branch names; all readable ones when absent: those whose kind is not supported are left out. */
  readonly branches?: readonly string[];
  /** First entry, default 0. */
  readonly start?: number;
  /** One past the last entry, default all. */
  readonly stop?: number;
  readonly signal?: AbortSignal;
  /** Called as baskets arrive. */
  readonly onProgress?: (done: { readonly bytes: number; readonly totalBytes: number }) => void;
}

export interface RootTree {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  readonly branches: readonly BranchInfo[];
  /**
   * Columns by branch name.
   * @throws CygnetError `column-not-found`, `unsupported`, `corrupt-data`, `cancelled`.
   */
  read(options?: ReadOptions): Promise<ReadonlyMap<string, Column>>;
}

export interface RootFile {
  readonly name: string;
  readonly size: number;
  /** Keys of one directory; of the top one when absent. The newest cycle of each name only. */
  keys(directory?: string): Promise<readonly RootKey[]>;
  /** @throws CygnetError `not-found` (names close ones) or `unsupported` (an RNTuple before version 1.0). */
  tree(path: string): Promise<RootTree>;
  /**
   * A histogram, graph, profile, parameter, string, list or other object as plain data: its members by their C++ names.
   *
   * @throws CygnetError `not-found`, `corrupt-data`, or `unsupported` (a class with a streamer of its own).
   * @example
   * const hist = await file.value('hpx'); // { _typename: 'TH1F', fName: 'hpx', fEntries: 75000, fArray: Float32Array… }
   */
  value(path: string): Promise<PlainValue>;
  /** A histogram, graph or other object, as JSROOT holds it: for drawing. */
  object(path: string): Promise<unknown>;
  close(): Promise<void>;
}
