import type { Column } from '@cygnet/columns';
import { CygnetError, columnTypeName, flattenColumn } from '@cygnet/columns';
import type { BranchInfo, RootFile, RootTree } from '@cygnet/rootio';
import { countValues, hashColumn } from './hash-column.ts';

interface GoldenColumn {
  readonly type?: string;
  readonly entries?: number;
  readonly sha256?: string;
  readonly first?: string;
  readonly skipped?: string;
  /** For truncated types: all values, and how far uproot's rounding may be from ROOT's. */
  readonly values?: readonly number[];
  readonly tolerance?: number;
}
interface GoldenBranch extends GoldenColumn {
  readonly path: string;
  readonly leaves?: { readonly [leaf: string]: GoldenColumn };
}
/** What fixtures/golden.py writes for one file. */
export interface Golden {
  readonly trees: { readonly [path: string]: { readonly entries: number; readonly branches: readonly GoldenBranch[] } };
}

/** What came of comparing a file with its golden hashes. */
export interface Comparison {
  branches: number;
  equal: number;
  values: number;
  readonly different: string[];
  /** Branches that uproot reads and this reader says it does not. */
  readonly unreadable: string[];
  /** Branches that this reader reads and uproot does not. */
  readonly uncompared: string[];
}

const depthFirst = (branches: readonly BranchInfo[]): readonly BranchInfo[] =>
  branches.flatMap((info) => (info.isPart ? [] : [info, ...depthFirst(info.children)]));

const isClose = (column: Column, { type, values, tolerance }: GoldenColumn): boolean => {
  const own = flattenColumn(column);
  if (values === undefined || tolerance === undefined || own === undefined) return false;
  const isWithin = (value: number, i: number): boolean => Math.abs(Number(own[i]) - value) <= tolerance;
  return columnTypeName(column) === type && own.length === values.length && values.every(isWithin);
};

const expectEqual = (column: Column | undefined, golden: GoldenColumn, where: string, result: Comparison): boolean => {
  if (column === undefined) {
    result.different.push(`${where}: missing`);
    return false;
  }
  if (hashColumn(column) === golden.sha256) {
    result.values += countValues(column);
    return true;
  }
  if (isClose(column, golden)) {
    result.values += countValues(column);
    return true;
  }
  result.different.push(`${where}: ${columnTypeName(column)} instead of ${golden.type} like ${golden.first}`);
  return false;
};

const compareBranch = async (
  tree: RootTree,
  info: BranchInfo,
  golden: GoldenBranch,
  result: Comparison,
): Promise<void> => {
  const where = `${tree.path}: ${info.name}`;
  result.branches++;
  if (info.unreadable !== undefined) {
    if (golden.skipped === undefined) result.unreadable.push(`${where} (${info.typeName}): ${info.unreadable}`);
    return;
  }
  let columns: ReadonlyMap<string, Column>;
  try {
    columns = await tree.read({ branches: [info.name] });
  } catch (error) {
    if (!(error instanceof CygnetError)) throw error;
    if (golden.skipped === undefined) result.unreadable.push(`${where} (${info.typeName}): threw ${error.message}`);
    return;
  }
  if (golden.skipped !== undefined) {
    result.uncompared.push(`${where} (${info.typeName}): ${golden.skipped}`);
    return;
  }
  const pairs = golden.leaves
    ? Object.entries(golden.leaves).map(([leaf, one]) => [columns.get(`${info.name}.${leaf}`), one] as const)
    : [[columns.get(info.name), golden] as const];
  if (pairs.map(([column, one]) => expectEqual(column, one, where, result)).every(Boolean)) result.equal++;
};

/** Compares every branch of every tree of a file with what uproot read, value by value. */
export const compareWithGolden = async (file: RootFile, golden: Golden): Promise<Comparison> => {
  const result: Comparison = { branches: 0, equal: 0, values: 0, different: [], unreadable: [], uncompared: [] };
  for (const [path, expected] of Object.entries(golden.trees)) {
    const tree = await file.tree(path);
    const infos = depthFirst(tree.branches);
    if (tree.entries !== expected.entries || infos.length !== expected.branches.length) {
      result.different.push(
        `${path}: ${tree.entries} entries, ${infos.length} branches instead of ${expected.entries}, ${expected.branches.length}`,
      );
      continue;
    }
    for (const [i, info] of infos.entries())
      await compareBranch(tree, info, expected.branches[i] as GoldenBranch, result);
  }
  return result;
};
