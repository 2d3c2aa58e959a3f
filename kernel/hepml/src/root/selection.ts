import { compileExpression, isConstantName } from '@cygnet/columns';
import type { ReadOptions, RootTree } from '@cygnet/rootio';
import type { TableOptions } from '../data/index.ts';

/** Which columns and entries of a tree become a table. */
export interface Selection extends Pick<TableOptions, 'label' | 'weight'> {
  /** Branches to read; by default all that can be read. Label and weight are read in any case. */
  readonly branches?: readonly string[];
  /** Keeps the entries for which this expression is true, for example `NMuon > 1`; its branches are read too. */
  readonly where?: string;
  /** Which entries: the first so many, or `[start, stop)`. */
  readonly entries?: number | readonly [start: number, stop: number];
}

export const rangeOf = (entries: Selection['entries']): Pick<ReadOptions, 'start' | 'stop'> => {
  if (entries === undefined) return {};
  if (typeof entries === 'number') return { start: 0, stop: entries };
  return { start: entries[0], stop: entries[1] };
};

/** What is kept of the tree, and what is read of it: the branches of `where` too. Undefined for all. */
export interface Branches {
  readonly kept?: readonly string[];
  readonly read?: readonly string[];
}

export const branchesOf = (tree: RootTree, { branches, label, weight, where }: Selection): Branches => {
  if (branches === undefined) return {};
  const roles = [label, weight].filter((name) => name !== undefined);
  const kept = [...new Set([...branches, ...roles])];
  const isBranch = (name: string): boolean => tree.branches.some((branch) => branch.name === name);
  const condition = (where === undefined ? [] : compileExpression(where).columns).filter(
    (name) => isBranch(name) || !isConstantName(name),
  );
  return { kept, read: [...new Set([...kept, ...condition])] };
};

/** The columns that are kept, of those that were read. A leaf list comes as `branch.leaf` when its branch was asked for. */
export const keptNames = (names: readonly string[], { kept }: Branches): readonly string[] =>
  kept === undefined
    ? names
    : names.filter((name) => kept.includes(name) || kept.some((branch) => name.startsWith(`${branch}.`)));
