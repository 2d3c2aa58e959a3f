import { basename } from 'node:path';
import { Table, TableStream } from '../data/index.ts';
import { openTree } from './open-tree.ts';
import type { OpenTree, OpenTreeOptions } from './open-tree.ts';
import { readAhead } from './read-ahead.ts';
import type { ReadTableOptions } from './read-table.ts';
import { branchesOf, keptNames, rangeOf } from './selection.ts';
import type { Branches } from './selection.ts';

export interface StreamTableOptions extends Omit<ReadTableOptions, 'onProgress'> {
  /** Entries a chunk; by default so many that a chunk takes some 32 MiB. Fewer than a basket holds cost time. */
  readonly chunk?: number;
  /** Chunks that are read ahead while one is in use. Default 1; 0 reads each when it is asked for. */
  readonly prefetch?: number;
}

const chunkBytes = 32 * 2 ** 20;

const defaultChunk = ({ tree }: OpenTree, names: readonly string[]): number => {
  const wanted = new Set(names);
  const bytes = tree.branches.reduce((sum, branch) => sum + (wanted.has(branch.name) ? branch.rawBytes : 0), 0);
  const perEntry = tree.entries > 0 && bytes > 0 ? bytes / tree.entries : 8 * Math.max(1, names.length);
  return Math.max(1, Math.floor(chunkBytes / perEntry));
};

const checkCounts = (chunk: number | undefined, prefetch: number): void => {
  if (chunk !== undefined && !(Number.isSafeInteger(chunk) && chunk >= 1)) {
    throw new RangeError(`chunk is a number of entries, 1 or more, not ${chunk}.`);
  }
  if (!(Number.isSafeInteger(prefetch) && prefetch >= 0)) {
    throw new RangeError(`prefetch is a number of chunks, 0 or more, not ${prefetch}.`);
  }
};

/** What a pass needs to know of the tree; found once. */
interface Shape {
  readonly branches: Branches;
  readonly names: readonly string[];
  readonly kept: readonly string[];
  readonly start: number;
  readonly stop: number;
  readonly chunk: number;
}

const shapeOf = async (opened: OpenTree, options: StreamTableOptions): Promise<Shape> => {
  const { tree } = opened;
  const branches = branchesOf(tree, options);
  const names = [...(await tree.read({ start: 0, stop: 0, ...(branches.read && { branches: branches.read }) })).keys()];
  const { start = 0, stop = tree.entries } = rangeOf(options.entries);
  return {
    branches,
    names,
    kept: keptNames(names, branches),
    start: Math.min(start, tree.entries),
    stop: Math.max(start, Math.min(stop, tree.entries)),
    chunk: options.chunk ?? defaultChunk(opened, names),
  };
};

/**
 * A tree's branches as a stream of tables, for files larger than memory: each chunk is read when the one before it is
 * in use. Nothing but the metadata is read before somebody goes through it; every pass opens the file anew.
 *
 * @param pathOrUrl Local path, or `http(s)://` or `root://` URL, of which only the ranges needed are fetched.
 * @throws CygnetError As {@link readTable}; while reading, from the loop. RangeError for a wrong `chunk` or `prefetch`.
 * @example
 * const events = await root.stream('events.root', { branches: ['pt', 'eta'], where: 'pt > 20' });
 * for await (const chunk of events) console.log(chunk.length);
 */
export const stream = async (pathOrUrl: string, options: StreamTableOptions = {}): Promise<TableStream> => {
  const {
    tree,
    threads,
    fetch,
    wholeFile,
    signal,
    where,
    prefetch = 1,
    entries: _,
    branches: __,
    chunk: ___,
    ...roles
  } = options;
  checkCounts(options.chunk, prefetch);
  const opening: OpenTreeOptions = {
    ...(tree === undefined ? {} : { tree }),
    ...(threads === undefined ? {} : { threads }),
    ...(fetch ? { fetch } : {}),
    ...(wholeFile === undefined ? {} : { wholeFile }),
  };
  const first = await openTree(pathOrUrl, { ...opening, ...(signal ? { signal } : {}) });
  let shape: Shape;
  try {
    shape = await shapeOf(first, options);
  } finally {
    await first.close();
  }
  const { branches, names, kept, start, stop, chunk } = shape;
  const name = roles.name ?? basename(pathOrUrl, '.root');
  const open = async function* (stopped: AbortSignal): AsyncGenerator<Table> {
    const either = signal === undefined ? stopped : AbortSignal.any([signal, stopped]);
    const opened = await openTree(pathOrUrl, { ...opening, signal: either });
    try {
      const starts = Array.from(
        { length: Math.max(1, Math.ceil((stop - start) / chunk)) },
        (_, i) => start + i * chunk,
      );
      const read = async (from: number, ended: AbortSignal): Promise<Table> => {
        const range = { start: from, stop: Math.min(stop, from + chunk) };
        const asked = branches.read ? { branches: branches.read } : {};
        const columns = await opened.read({ ...range, ...asked, signal: AbortSignal.any([either, ended]) });
        return Table.from(columns, { ...roles, name });
      };
      yield* readAhead(starts, read, prefetch);
    } finally {
      await opened.close();
    }
  };
  const all = TableStream.of({ name, columnNames: names, length: stop - start, open });
  const filtered = where === undefined ? all : all.filter(where);
  return kept.length === names.length ? filtered : filtered.select(kept);
};
