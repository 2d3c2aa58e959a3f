import type { RootFile } from '@cygnet/rootio';
import { type BranchHistogram, branchHistogram } from './branch-histogram.ts';
import { makeHarmless } from './harmless.ts';
import type { Traffic } from './jupyter-byte-source.ts';
import { countText, sizeText, type TreeNode } from './tree-model.ts';

/** What is drawn. */
export type Picture =
  | {
      readonly kind: 'histogram';
      readonly name: string;
      readonly title: string;
      readonly ofLists: boolean;
      readonly histogram: BranchHistogram;
    }
  | { readonly kind: 'object'; readonly name: string; readonly object: object };

export interface ReadPictureOptions {
  readonly signal: AbortSignal;
  /** Called with the part that is read, from 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** What there is to draw of a row: a branch's histogram, or an object as it is. */
export const readPicture = (file: RootFile, node: TreeNode, options: ReadPictureOptions): Promise<Picture> =>
  node.kind === 'branch' ? readBranch(file, node, options) : readObject(file, node);

const readBranch = async (
  file: RootFile,
  node: TreeNode,
  { signal, onProgress }: ReadPictureOptions,
): Promise<Picture> => {
  const tree = await file.tree(node.path);
  const branch = node.branch?.name ?? node.name;
  const columns = await tree.read({
    branches: [branch],
    signal,
    onProgress: ({ bytes, totalBytes }) => {
      if (totalBytes > 0) onProgress(bytes / totalBytes);
    },
  });
  const column = columns.get(branch);
  if (!column) throw new Error(`The reader gave no column for branch "${node.name}".`);
  return {
    kind: 'histogram',
    name: node.name,
    title: `${node.name} (${tree.path})`,
    ofLists: column.kind === 'jagged',
    histogram: branchHistogram(column),
  };
};

const readObject = async (file: RootFile, node: TreeNode): Promise<Picture> => {
  const object = await file.object(node.path);
  if (typeof object !== 'object' || object === null) throw new Error(`"${node.path}" could not be read as an object.`);
  return { kind: 'object', name: node.name, object: makeHarmless(object) };
};

/** The line below a picture: what it is, what was read for it, and how long that took. */
export const captionOf = (
  picture: Picture,
  node: TreeNode,
  { before, after, seconds }: { readonly before: Traffic; readonly after: Traffic; readonly seconds: number },
): string => {
  const what = picture.kind === 'histogram' ? countsOf(picture.histogram, node) : `${node.typeName}, ${node.detail}`;
  const requests = after.requests - before.requests;
  const read =
    requests === 0
      ? 'already in memory'
      : `${sizeText(after.bytes - before.bytes)} read in ${requests} ${requests === 1 ? 'request' : 'requests'}`;
  return `${what} · ${read} · ${seconds.toFixed(2)} s`;
};

const countsOf = ({ values, notFinite }: BranchHistogram, { branch }: TreeNode): string => {
  const entries = branch?.entries ?? values;
  const parts = [`${countText(entries)} entries`];
  if (values + notFinite !== entries) parts.push(`${countText(values + notFinite)} values`);
  if (notFinite > 0) parts.push(`${countText(notFinite)} not finite, not drawn`);
  return parts.join(', ');
};
