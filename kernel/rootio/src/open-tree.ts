import { CygnetError, didYouMean } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { branchLayout } from './branch-layout.ts';
import type { BranchLayout } from './branch-layout.ts';
import { emptyColumns } from './decode.ts';
import type { Layout, LeafLayout, Unreadable } from './layout.ts';
import { readBranches } from './read-branches.ts';
import type { BranchesSource, ReadableBranch } from './read-branches.ts';
import { recordFields } from './record-fields.ts';
import type { RecordField } from './record-fields.ts';
import type { BranchInfo, ReadOptions, RootTree } from './root-file.ts';
import type { StreamerInfos } from './streamed/streamer-info.ts';
import type { BranchRecord, LeafRecord, TreeRecord } from './tree/tree-record.ts';

interface Entry {
  readonly info: BranchInfo;
  readonly readable?: ReadableBranch;
}

/** `parent.child`, unless ROOT's own name already begins so. */
const nameIn = (parent: string, own: string): string => {
  const prefix = parent === '' || parent.endsWith('.') ? parent : `${parent}.`;
  return own.startsWith(prefix) ? own : `${prefix}${own}`;
};

const leafInfo = (name: string, branch: BranchRecord, leaf: LeafLayout): BranchInfo => ({
  name: `${name}.${leaf.name}`,
  title: leaf.name,
  typeName: leaf.element.typeName + leaf.dimensions.map((n) => `[${n}]`).join(''),
  entries: branch.entries,
  compressedBytes: 0,
  rawBytes: 0,
  children: [],
  isPart: true,
});

/** The fields of records, as branches that can be read by themselves. */
const fieldInfo = (name: string, branch: BranchRecord, { path, typeName, fields }: RecordField): BranchInfo => ({
  name: `${name}.${path}`,
  title: '',
  typeName,
  entries: branch.entries,
  compressedBytes: 0,
  rawBytes: 0,
  children: fields.map((field) => fieldInfo(name, branch, field)),
  isPart: true,
});

const fieldsOf = (layout: Layout | Unreadable): readonly RecordField[] =>
  layout.kind === 'streamed' ? emptyColumns(layout).flatMap(({ column }) => recordFields(column)) : [];

/** All branches of a tree: what is told of each, and how each is read. */
const describeBranches = (tree: TreeRecord, infos: StreamerInfos) => {
  const entries = new Map<string, Entry>();
  const counters = new Map<LeafRecord, ReadableBranch>();
  const layoutOf = (branch: BranchRecord): BranchLayout => {
    const found = branchLayout(branch, infos);
    if (found.layout.kind === 'unreadable' || branch.entries === tree.entries) return found;
    const reason = `It has ${branch.entries} entries, its tree ${tree.entries}.`;
    return { typeName: found.typeName, layout: { kind: 'unreadable', reason } };
  };
  const describe = (branch: BranchRecord, parent: string): BranchInfo => {
    const name = nameIn(parent, branch.name);
    const { typeName, layout } = layoutOf(branch);
    const children = branch.branches.map((child) => describe(child, name));
    const isTaken = entries.has(name);
    const why = isTaken
      ? 'Another branch has the same name.'
      : layout.kind === 'unreadable'
        ? layout.reason
        : undefined;
    const leaves = layout.kind === 'leaf-list' ? layout.leaves : [];
    const fields = fieldsOf(layout).map((field) => fieldInfo(name, branch, field));
    const info: BranchInfo = {
      name,
      title: branch.title,
      typeName,
      entries: branch.entries,
      compressedBytes: branch.zipBytes,
      rawBytes: branch.totalBytes,
      children: [...children, ...leaves.map((leaf) => leafInfo(name, branch, leaf)), ...fields],
      ...(why === undefined ? {} : { unreadable: why }),
    };
    if (isTaken) return info;
    if (layout.kind === 'unreadable') {
      entries.set(name, { info });
      return info;
    }
    const [only] = branch.leaves;
    const counter = only?.countLeaf === undefined ? undefined : counters.get(only.countLeaf);
    const readable = { name, branch, layout, ...(counter === undefined ? {} : { counter }) };
    if (only !== undefined) counters.set(only, readable);
    entries.set(name, { info, readable });
    for (const leaf of leaves) {
      const full = `${name}.${leaf.name}`;
      if (!entries.has(full)) {
        entries.set(full, {
          info: leafInfo(name, branch, leaf),
          readable: { ...readable, leaves: new Set([leaf.name]) },
        });
      }
    }
    const addFields = (parts: readonly BranchInfo[]): void => {
      for (const part of parts) {
        const path = part.name.slice(name.length + 1);
        if (!entries.has(part.name)) {
          entries.set(part.name, { info: part, readable: { ...readable, leaves: new Set([path]) } });
        }
        addFields(part.children);
      }
    };
    addFields(fields);
    return info;
  };
  const branches = tree.branches.map((branch) => describe(branch, ''));
  return { branches, entries };
};

/** Joins leaves or fields of one branch that were asked for separately, so that its baskets are read once. */
const mergeLeaves = (asked: readonly ReadableBranch[]): readonly ReadableBranch[] => {
  const merged = new Map<string, ReadableBranch>();
  for (const one of asked) {
    // The whole of a leaf list is all its leaves; the whole of a record is a column of its own.
    const key = one.layout.kind === 'streamed' && one.leaves === undefined ? `${one.name}, whole` : one.name;
    const before = merged.get(key);
    if (before === undefined || one.leaves === undefined) merged.set(key, one);
    else if (before.leaves !== undefined)
      merged.set(key, { ...one, leaves: new Set([...before.leaves, ...one.leaves]) });
  }
  return [...merged.values()];
};

/** A tree whose record has been read. */
export const openTree = (
  path: string,
  tree: TreeRecord,
  infos: StreamerInfos,
  from: Omit<BranchesSource, 'what' | 'entries'>,
): RootTree => {
  const what = `${from.source.name}, tree "${path}"`;
  const { branches, entries } = describeBranches(tree, infos);
  const find = (name: string): ReadableBranch => {
    const entry = entries.get(name);
    if (entry === undefined) {
      throw new CygnetError('column-not-found', `No branch "${name}" in ${what}. ${didYouMean(name, entries.keys())}`);
    }
    if (entry.readable === undefined) {
      const children = entry.info.children.filter((child) => child.unreadable === undefined);
      const hint =
        children.length > 0
          ? ` Readable below it: ${children
              .slice(0, 5)
              .map((child) => `"${child.name}"`)
              .join(', ')}.`
          : '';
      throw new CygnetError(
        'unsupported',
        `Branch "${name}" of ${what} cannot be read. ${entry.info.unreadable ?? ''}${hint}`,
      );
    }
    return entry.readable;
  };
  const all = (): readonly ReadableBranch[] =>
    [...entries.values()].flatMap(({ readable }) => (readable === undefined || readable.leaves ? [] : [readable]));
  return {
    path,
    title: tree.title,
    entries: tree.entries,
    branches,
    async read(options: ReadOptions = {}): Promise<ReadonlyMap<string, Column>> {
      const asked = options.branches === undefined ? all() : mergeLeaves(options.branches.map(find));
      return readBranches({ ...from, what, entries: tree.entries }, asked, {
        ...options,
        omitUnsupported: options.branches === undefined,
      });
    },
  };
};
