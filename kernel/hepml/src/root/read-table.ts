import { basename } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import type { ReadOptions, RootFile, RootTree } from '@cygnet/rootio';
import { Table } from '../data/index.ts';
import type { TableOptions } from '../data/index.ts';
import { open } from './open.ts';
import type { OpenOptions } from './open.ts';

export interface ReadTableOptions extends TableOptions, OpenOptions {
  /** Path of the tree in the file; may be left out when the file's top directory has only one. */
  readonly tree?: string;
  /** Branches to read; by default all that can be read. Label and weight are read in any case. */
  readonly branches?: readonly string[];
  /** Which entries: the first so many, or `[start, stop)`. */
  readonly entries?: number | readonly [start: number, stop: number];
  readonly onProgress?: ReadOptions['onProgress'];
}

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

const rangeOf = (entries: ReadTableOptions['entries']): Pick<ReadOptions, 'start' | 'stop'> => {
  if (entries === undefined) return {};
  if (typeof entries === 'number') return { start: 0, stop: entries };
  return { start: entries[0], stop: entries[1] };
};

const branchesOf = (tree: RootTree, { branches, label, weight }: ReadTableOptions): readonly string[] | undefined => {
  if (branches === undefined) return undefined;
  const roles = [label, weight].filter((name) => name !== undefined);
  return [...new Set([...branches, ...roles])];
};

/**
 * A tree's branches as a table. Branches of unknown types are left out unless they are named.
 *
 * @param pathOrUrl Local path, or `http(s)://` URL, of which only the ranges needed are fetched.
 * @throws CygnetError `not-found`, `bad-file`, `column-not-found`, `unsupported`, `corrupt-data`, `cancelled`.
 * @example
 * const table = await root.readTable('events.root', { tree: 'events', branches: ['Muon_Px', 'NMuon'] });
 */
export const readTable = async (pathOrUrl: string, options: ReadTableOptions = {}): Promise<Table> => {
  const { tree: path, entries, onProgress, signal, fetch, branches: _, ...table } = options;
  const file = await open(pathOrUrl, { ...(signal ? { signal } : {}), ...(fetch ? { fetch } : {}) });
  try {
    const tree = await file.tree(path ?? (await theOnlyTree(file)));
    const branches = branchesOf(tree, options);
    const columns = await tree.read({
      ...rangeOf(entries),
      ...(branches ? { branches } : {}),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    return Table.from(columns, { name: basename(pathOrUrl, '.root'), ...table });
  } finally {
    await file.close();
  }
};
