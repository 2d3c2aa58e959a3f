import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import type { BranchInfo, RootFile } from '@cygnet/rootio';
import { damageKinds } from '../damage.ts';
import { codecs } from '../node-codecs.ts';

const deepestDirectory = 4;
const mostBranches = 40;

/** What came of a damaged file: how many things could be read, and how many were refused by a typed error. */
export interface Outcome {
  read: number;
  refused: number;
}

const branchesOf = (branches: readonly BranchInfo[]): readonly BranchInfo[] =>
  branches.flatMap((branch) => [branch, ...branchesOf(branch.children)]);

/** Opens a file and reads every branch of every tree, and every object. @throws whatever is no CygnetError of a kind that damage may have. */
export const readEverything = async (bytes: Uint8Array): Promise<Outcome> => {
  const outcome: Outcome = { read: 0, refused: 0 };
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      const result = await work();
      outcome.read++;
      return result;
    } catch (error) {
      if (!(error instanceof CygnetError) || !damageKinds.includes(error.kind)) throw error;
      outcome.refused++;
      return undefined;
    }
  };
  const walk = async (file: RootFile, directory: string, depth: number): Promise<void> => {
    for (const key of (await attempt(() => file.keys(directory))) ?? []) {
      if (key.isDirectory && depth < deepestDirectory) await walk(file, key.path, depth + 1);
      if (!key.isTree) {
        if (!key.isDirectory) await attempt(() => file.value(key.path));
        continue;
      }
      const tree = await attempt(() => file.tree(key.path));
      if (tree === undefined) continue;
      for (const { name } of branchesOf(tree.branches).slice(0, mostBranches)) {
        await attempt(() => tree.read({ branches: [name] }));
      }
    }
  };
  const file = await attempt(() => openRoot(memorySource(bytes, 'damaged.root'), { codecs }));
  if (file !== undefined) await walk(file, '', 0);
  return outcome;
};
