import { basename } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import type { BranchInfo, RootFile, RootTree } from '@cygnet/rootio';
import { typeName, typeOf } from '../core/column-type.ts';
import type { ColumnInfo, OpenedFile, PieceRequest, TableInfo } from '../core/format.ts';
import type { Decoded } from '../core/decoded.ts';
import { inOrder, parseFacts } from '../core/table-facts.ts';
import { open } from '../../root/index.ts';

/** The name of the object with our own facts, beside its tree. */
export const factsObject = (tree: string): string => `${tree}.cygnet`;

/** A table of the file, with the branch that each column is read from: a leaf list is one branch and several columns. */
interface TreeTable {
  readonly info: TableInfo;
  readonly branchOf: ReadonlyMap<string, string>;
}

const flattened = (branches: readonly BranchInfo[]): readonly BranchInfo[] =>
  branches.flatMap((branch) => [branch, ...flattened(branch.children)]);

/** Columns as reading gives them, found out by reading no entry, then the branches that cannot be read. */
const columnsOf = async (
  tree: RootTree,
): Promise<Pick<TreeTable, 'branchOf'> & { readonly columns: readonly ColumnInfo[] }> => {
  const branches = flattened(tree.branches);
  const byName = new Map(branches.map((branch) => [branch.name, branch]));
  const none = await tree.read({ start: 0, stop: 0 });
  const branchOf = new Map<string, string>();
  const readable = [...none].map(([name, column]): ColumnInfo => {
    const branch = byName.get(name) ?? branches.find((one) => name.startsWith(`${one.name}.`));
    branchOf.set(name, branch?.name ?? name);
    return {
      name,
      type: typeName(typeOf(column)),
      ...(branch?.name === name ? { bytes: branch.compressedBytes } : {}),
    };
  });
  const unreadable = branches
    .filter((branch) => branch.unreadable !== undefined && branch.children.length === 0)
    .map(({ name, typeName: type, unreadable = '' }) => ({ name, type, unreadable }));
  return { branchOf, columns: [...readable, ...unreadable] };
};

const factsText = async (file: RootFile, path: string): Promise<string | undefined> => {
  const object = await file.object(path);
  const text =
    typeof object === 'object' && object !== null ? (object as { readonly fString?: unknown }).fString : object;
  return typeof text === 'string' ? text : undefined;
};

const describeTrees = async (file: RootFile, signal?: AbortSignal): Promise<readonly TreeTable[]> => {
  const keys = await file.keys();
  const folders = keys.filter((key) => key.isDirectory);
  const inner = (await Promise.all(folders.map((folder) => file.keys(folder.path)))).flat();
  const trees = [...keys, ...inner].filter((key) => key.isTree);
  const tables: TreeTable[] = [];
  for (const key of trees) {
    if (signal?.aborted) throw new CygnetError('cancelled', `Reading ${file.name} was cancelled.`);
    const tree = await file.tree(key.path);
    const own = keys.find((one) => one.path === factsObject(key.path) && one.className === 'TObjString');
    const { columns: all, branchOf } = await columnsOf(tree);
    const facts = parseFacts(own === undefined ? undefined : await factsText(file, own.path));
    // Branches that only count the items of others are no columns.
    const columns = [...inOrder(new Map(all.map((column) => [column.name, column])), facts, 'leave').values()];
    tables.push({ branchOf, info: { name: key.path, entries: tree.entries, columns, facts } });
  }
  return tables;
};

const pieces = async function* (
  file: RootFile,
  tables: readonly TreeTable[],
  { table, columns, start, stop, rows, signal }: PieceRequest,
): AsyncGenerator<ReadonlyMap<string, Decoded>> {
  const tree = await file.tree(table);
  const described = tables.find(({ info }) => info.name === table);
  const entries = described?.info.entries ?? 0;
  const branches = [...new Set(columns.map((name) => described?.branchOf.get(name) ?? name))];
  const [begin, end] = [Math.min(start, entries), Math.min(stop, entries)];
  for (let from = begin; from === begin || from < end; from += rows) {
    const to = Math.max(from, Math.min(end, from + rows));
    yield await tree.read({ branches, start: from, stop: to, ...(signal ? { signal } : {}) });
  }
};

/** Trees and RNTuples of a ROOT file, those of its directories too, through the library's own reader. */
export const openRootFile = async (path: string, signal?: AbortSignal): Promise<OpenedFile> => {
  const file = await open(path, signal ? { signal } : {});
  try {
    const tables = await describeTrees(file, signal);
    if (tables.length === 0)
      throw new CygnetError('not-found', `${basename(path)} has no tree. Its histograms are read with root.open.`);
    return {
      format: 'root',
      tables: tables.map(({ info }) => info),
      pieces: (request) => pieces(file, tables, request),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
};
