import type { BranchInfo } from '@cygnet/rootio';
import type { ReadingJob } from './messages.ts';

/** So many jobs a thread, so that none waits long for the others at the end. */
const jobsPerThread = 16;
/** A part of the entries begins inside baskets, which are then decompressed twice: parts are much larger than those. */
const smallestPart = 8 * 2 ** 20;

const weights = (branches: readonly BranchInfo[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const visit = (branch: BranchInfo): void => {
    found.set(branch.name, branch.compressedBytes);
    branch.children.forEach(visit);
  };
  branches.forEach(visit);
  return found;
};

/** Compressed bytes of some branches in all entries. */
export const compressedBytes = (branches: readonly BranchInfo[], names: readonly string[]): number => {
  const weightOf = weights(branches);
  return names.reduce((sum, name) => sum + (weightOf.get(name) ?? 0), 0);
};

/** Neighbours together until they are worth a job. */
const groups = (names: readonly string[], weightOf: ReadonlyMap<string, number>, enough: number) => {
  const made: { readonly branches: string[]; weight: number }[] = [];
  for (const name of names) {
    const weight = weightOf.get(name) ?? 0;
    const last = made.at(-1);
    if (last && last.weight + weight <= enough) {
      last.branches.push(name);
      last.weight += weight;
    } else {
      made.push({ branches: [name], weight });
    }
  }
  return made;
};

export interface WantedOfTree {
  readonly branches: readonly BranchInfo[];
  /** Columns that are read. */
  readonly names: readonly string[];
  /** Of the whole tree. */
  readonly entries: number;
  readonly start: number;
  readonly stop: number;
}

/**
 * Jobs for so many threads, the largest first: by branches, whose columns then need no joining; by entries too, where
 * there are too few branches to go round.
 */
export const planJobs = (
  { branches, names, entries, start, stop }: WantedOfTree,
  threads: number,
): readonly ReadingJob[] => {
  const weightOf = weights(branches);
  const share = entries > 0 ? (stop - start) / entries : 0;
  const total = compressedBytes(branches, names);
  const made = groups(names, weightOf, total / (jobsPerThread * threads)).sort((a, b) => b.weight - a.weight);
  return made.flatMap(({ branches: some, weight }) => {
    const fair = Math.max(1, total / threads / 4);
    const most = Math.min(Math.round(weight / fair), Math.floor((weight * share) / smallestPart), 4 * threads);
    const parts = Math.max(1, most);
    return Array.from({ length: parts }, (_, part) => ({
      branches: some,
      start: start + Math.floor(((stop - start) * part) / parts),
      stop: start + Math.floor(((stop - start) * (part + 1)) / parts),
    }));
  });
};
