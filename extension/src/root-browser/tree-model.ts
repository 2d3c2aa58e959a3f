import type { BranchInfo, RootFile, RootKey } from '@cygnet/rootio';
import { isDrawable } from './harmless.ts';

/** What a row of the file's tree stands for. */
export type NodeKind = 'directory' | 'tree' | 'branch' | 'object';

/** One row of the file's tree. */
export interface TreeNode {
  /** Unique in the file. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly title: string;
  /** Class or C++ type. */
  readonly typeName: string;
  /** Entries, and sizes where known, in words. */
  readonly detail: string;
  /** The same, as short as a narrow column wants it. */
  readonly brief: string;
  /** Path of the object, or of the tree that the branch belongs to. */
  readonly path: string;
  readonly branch?: BranchInfo;
  readonly canExpand: boolean;
  /** Why nothing happens on a click; absent when something does. */
  readonly unreadable?: string;
}

/** A node in its place among the visible ones. */
export interface TreeRow {
  readonly node: TreeNode;
  /** Depth, counted from 1. */
  readonly level: number;
  /** Place among its siblings, counted from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  readonly isExpanded: boolean;
}

/** A size for people: `12.3 kB`. */
export const sizeText = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
};

/** A count with thin grouping: `20 000`. */
export const countText = (count: number): string => count.toLocaleString('en-US').replaceAll(',', '\u202f');

const fromKey = (key: RootKey): TreeNode => {
  const kind = key.isDirectory ? 'directory' : key.isTree ? 'tree' : 'object';
  const canDraw = kind !== 'object' || isDrawable(key.className);
  return {
    id: `key:${key.path}`,
    kind,
    name: key.name,
    title: key.title,
    typeName: key.className,
    detail: kind === 'object' ? sizeText(key.compressedBytes) : '',
    brief: kind === 'object' ? sizeText(key.compressedBytes) : '',
    path: key.path,
    canExpand: kind !== 'object',
    ...(canDraw ? {} : { unreadable: `Objects of class ${key.className} cannot be shown yet.` }),
  };
};

const fromBranch = (treePath: string, branch: BranchInfo): TreeNode => ({
  id: `branch:${treePath}\n${branch.name}`,
  kind: 'branch',
  name: branch.name,
  title: branch.title,
  typeName: branch.typeName,
  detail: `${countText(branch.entries)} entries, ${sizeText(branch.compressedBytes)}`,
  brief: `${countText(branch.entries)} · ${sizeText(branch.compressedBytes)}`,
  path: treePath,
  branch,
  canExpand: branch.children.length > 0,
  ...(branch.unreadable === undefined ? {} : { unreadable: branch.unreadable }),
});

/** The rows below a node, or the file's own without one. */
export const readChildren = async (file: RootFile, node?: TreeNode): Promise<readonly TreeNode[]> => {
  if (node?.branch) return node.branch.children.map((branch) => fromBranch(node.path, branch));
  if (node?.kind === 'tree') {
    const tree = await file.tree(node.path);
    return tree.branches.map((branch) => fromBranch(node.path, branch));
  }
  return (await file.keys(node?.path)).map(fromKey);
};

/** The rows that are visible: children of the file and, in order, of every expanded node. */
export const visibleRows = (
  children: ReadonlyMap<string, readonly TreeNode[]>,
  expanded: ReadonlySet<string>,
): readonly TreeRow[] => {
  const rows: TreeRow[] = [];
  const walk = (parent: string, level: number) => {
    const nodes = children.get(parent) ?? [];
    nodes.forEach((node, index) => {
      const isExpanded = node.canExpand && expanded.has(node.id);
      rows.push({ node, level, position: index + 1, siblings: nodes.length, isExpanded });
      if (isExpanded) walk(node.id, level + 1);
    });
  };
  walk('', 1);
  return rows;
};

/** What a key press in the tree means. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly id: string }
  | { readonly kind: 'expand' | 'collapse' | 'activate'; readonly id: string };

/** The move that a key makes from a row, as the ARIA practices for trees say; undefined when the key means nothing. */
export const moveForKey = (rows: readonly TreeRow[], focused: string, key: string): TreeMove | undefined => {
  const at = rows.findIndex((row) => row.node.id === focused);
  const row = rows[at];
  if (!row) return undefined;
  const focus = (target: TreeRow | undefined): TreeMove | undefined => target && { kind: 'focus', id: target.node.id };
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1]);
    case 'ArrowUp':
      return focus(rows[at - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows.at(-1));
    case 'ArrowRight':
      if (row.node.canExpand && !row.isExpanded) return { kind: 'expand', id: focused };
      return row.isExpanded ? focus(rows[at + 1]) : undefined;
    case 'ArrowLeft':
      if (row.isExpanded) return { kind: 'collapse', id: focused };
      return focus(rows.slice(0, at).findLast((candidate) => candidate.level === row.level - 1));
    case 'Enter':
    case ' ':
      return { kind: 'activate', id: focused };
    default:
      return undefined;
  }
};
