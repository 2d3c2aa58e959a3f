import { basename } from 'node:path';
import type { ReadOptions } from '@cygnet/rootio';
import { Table } from '../data/index.ts';
import type { TableOptions } from '../data/index.ts';
import { openTree } from './open-tree.ts';
import type { OpenTreeOptions } from './open-tree.ts';
import { branchesOf, keptNames, rangeOf } from './selection.ts';
import type { Selection } from './selection.ts';

export interface ReadTableOptions extends TableOptions, OpenTreeOptions, Selection {
  readonly onProgress?: ReadOptions['onProgress'];
}

/**
 * A tree's branches as a table. Branches of unknown types are left out unless they are named.
 *
 * @param pathOrUrl Local path, or `http(s)://` or `root://` URL, of which only the ranges needed are fetched.
 * @throws CygnetError `not-found`, `bad-file`, `column-not-found`, `unsupported`, `corrupt-data`, `cancelled`,
 *   `thread-ended`.
 * @example
 * const table = await root.readTable('events.root', { tree: 'events', branches: ['Muon_Px', 'NMuon'] });
 */
export const readTable = async (pathOrUrl: string, options: ReadTableOptions = {}): Promise<Table> => {
  const { tree: path, threads, entries, where, onProgress, signal, fetch, wholeFile, branches: _, ...roles } = options;
  const opened = await openTree(pathOrUrl, {
    ...(path === undefined ? {} : { tree: path }),
    ...(threads === undefined ? {} : { threads }),
    ...(signal ? { signal } : {}),
    ...(fetch ? { fetch } : {}),
    ...(wholeFile === undefined ? {} : { wholeFile }),
  });
  try {
    const branches = branchesOf(opened.tree, options);
    const columns = await opened.read({
      ...rangeOf(entries),
      ...(branches.read ? { branches: branches.read } : {}),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    const all = Table.from(columns, { name: basename(pathOrUrl, '.root'), ...roles });
    const selected = where === undefined ? all : all.filter(where);
    return branches.kept === undefined ? selected : selected.select(keptNames(selected.columnNames, branches));
  } finally {
    await opened.close();
  }
};
