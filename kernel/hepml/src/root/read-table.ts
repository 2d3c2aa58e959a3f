import { basename } from 'node:path';
import { CygnetError, compileExpression, isConstantName } from '@cygnet/columns';
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
  /** Keeps the entries for which this expression is true, for example `NMuon > 1`; its branches are read too. */
  readonly where?: string;
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

/** What is kept of the tree, and what is read of it: the branches of `where` too. */
const branchesOf = (
  tree: RootTree,
  { branches, label, weight, where }: ReadTableOptions,
): { readonly kept?: readonly string[]; readonly read?: readonly string[] } => {
  if (branches === undefined) return {};
  const roles = [label, weight].filter((name) => name !== undefined);
  const kept = [...new Set([...branches, ...roles])];
  const isBranch = (name: string): boolean => tree.branches.some((branch) => branch.name === name);
  const condition = (where === undefined ? [] : compileExpression(where).columns).filter(
    (name) => isBranch(name) || !isConstantName(name),
  );
  return { kept, read: [...new Set([...kept, ...condition])] };
};

/** A leaf list comes as `branch.leaf` when its branch was asked for. */
const isKept = (name: string, kept: readonly string[]): boolean =>
  kept.includes(name) || kept.some((branch) => name.startsWith(`${branch}.`));

/**
 * A tree's branches as a table. Branches of unknown types are left out unless they are named.
 *
 * @param pathOrUrl Local path, or `http(s)://` URL, of which only the ranges needed are fetched.
 * @throws CygnetError `not-found`, `bad-file`, `column-not-found`, `unsupported`, `corrupt-data`, `cancelled`.
 * @example
 * const table = await root.readTable('events.root', { tree: 'events', branches: ['Muon_Px', 'NMuon'] });
 */
export const readTable = async (pathOrUrl: string, options: ReadTableOptions = {}): Promise<Table> => {
  const { tree: path, entries, where, onProgress, signal, fetch, branches: _, ...roles } = options;
  const file = await open(pathOrUrl, { ...(signal ? { signal } : {}), ...(fetch ? { fetch } : {}) });
  try {
    const tree = await file.tree(path ?? (await theOnlyTree(file)));
    const { kept, read } = branchesOf(tree, options);
    const columns = await tree.read({
      ...rangeOf(entries),
      ...(read ? { branches: read } : {}),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    const all = Table.from(columns, { name: basename(pathOrUrl, '.root'), ...roles });
    const selected = where === undefined ? all : all.filter(where);
    return kept === undefined ? selected : selected.select(selected.columnNames.filter((name) => isKept(name, kept)));
  } finally {
    await file.close();
  }
};
