import { availableParallelism } from 'node:os';
import { CygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { openRoot } from '@cygnet/rootio';
import type { ReadOptions, RootFile, RootTree } from '@cygnet/rootio';
import { remembering } from './cached-ranges.ts';
import { chosenCodecs } from './node-codecs.ts';
import type { OpenOptions } from './open.ts';
import { sourceOf } from './source-of.ts';
import { compressedBytes } from './threads/plan-jobs.ts';
import { readOnThreads } from './threads/read-on-threads.ts';
import { closeOnThreads } from './threads/thread-pool.ts';
import { isXrootdUrl } from './xrootd/xrootd-source.ts';

export interface OpenTreeOptions extends OpenOptions {
  /** Path of the tree in the file; may be left out when the file's top directory has only one. */
  readonly tree?: string;
  /**
   * Threads that decompress and decode. By default as many as processors this process may use (a container's quota
   * counts) when there is enough to read, else 1: on the calling thread.
   */
  readonly threads?: number;
}

/** A tree that is read by as many threads as were asked for. */
export interface OpenTree {
  readonly tree: RootTree;
  read(options?: ReadOptions): Promise<ReadonlyMap<string, Column>>;
  close(): Promise<void>;
}

/** Less is read before threads have started. */
const worthThreads = 8 * 2 ** 20;
let lastKey = 0;

const theOnlyTree = async (file: RootFile): Promise<string> => {
  const trees = (await file.keys()).filter((key) => key.isTree);
  const [only] = trees;
  if (only === undefined) throw new CygnetError('not-found', `${file.name} has no tree in its top directory.`);
  if (trees.length > 1) {
    const names = trees.map((key) => `"${key.name}"`).join(', ');
    throw new CygnetError(
      'not-found',
      `${file.name} has ${trees.length} trees: ${names}. Choose one: { tree: "${only.name}" }.`,
    );
  }
  return only.path;
};

const checkThreads = (threads: number | undefined): void => {
  if (threads === undefined || (Number.isSafeInteger(threads) && threads >= 1)) return;
  throw new RangeError(`threads is a whole number of at least 1, not ${threads}.`);
};

/**
 * Opens a tree of a file.
 *
 * @throws CygnetError `not-found`, `bad-file`, `corrupt-data`, `unsupported`, `cancelled`. RangeError for wrong `threads`.
 */
export const openTree = async (
  address: string,
  { tree: path, threads, signal, fetch, wholeFile }: OpenTreeOptions = {},
): Promise<OpenTree> => {
  checkThreads(threads);
  const { source, stop } = remembering(await sourceOf(address, { fetch, wholeFile }));
  try {
    const { codecs } = await chosenCodecs();
    const file = await openRoot(source, { codecs, ...(signal ? { signal } : {}) });
    const tree = await file.tree(path ?? (await theOnlyTree(file)));
    const key = ++lastKey;
    const forThreads = { key, address, known: { size: file.size, segments: stop() }, tree: tree.path };
    let usedThreads = false;
    return {
      tree,
      read: async (options = {}) => {
        // Names of columns and errors of wrong names come without reading.
        const names = [...(await tree.read({ ...options, start: 0, stop: 0 })).keys()];
        const { start = 0, stop: end = tree.entries } = options;
        const [from, to] = [Math.min(start, tree.entries), Math.min(end, tree.entries)];
        const totalBytes = compressedBytes(tree.branches, names) * (tree.entries > 0 ? (to - from) / tree.entries : 0);
        const isSmall = totalBytes < worthThreads || isXrootdUrl(address);
        const count = threads ?? (isSmall ? 1 : availableParallelism());
        // A fetch of the caller's cannot go to other threads, and a whole file in memory should not.
        if (count === 1 || fetch !== undefined || wholeFile || !(to > from && from >= 0)) return tree.read(options);
        usedThreads = true;
        const wanted = { branches: tree.branches, names, entries: tree.entries, start: from, stop: to };
        return readOnThreads(forThreads, wanted, { ...options, threads: count, totalBytes });
      },
      close: async () => {
        if (usedThreads) closeOnThreads(key);
        await file.close();
      },
    };
  } catch (error) {
    await source.close();
    throw error;
  }
};
