import { concatColumns } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import type { ReadOptions } from '@cygnet/rootio';
import type { FileForThreads } from './messages.ts';
import { planJobs } from './plan-jobs.ts';
import type { WantedOfTree } from './plan-jobs.ts';
import { runOnThread } from './thread-pool.ts';

export type ThreadedOptions = Pick<ReadOptions, 'signal' | 'onProgress'> & {
  readonly threads: number;
  /** For progress. */
  readonly totalBytes: number;
};

/**
 * Columns by name, read by several threads. The memory of what they read is handed over, not copied; only branches that were
 * read in parts are joined.
 *
 * @throws CygnetError what reading throws, and `thread-ended`.
 */
export const readOnThreads = async (
  file: FileForThreads,
  wanted: WantedOfTree,
  { threads, signal, onProgress, totalBytes }: ThreadedOptions,
): Promise<ReadonlyMap<string, Column>> => {
  const jobs = planJobs(wanted, threads);
  const parts = new Map<string, { readonly start: number; readonly column: Column }[]>();
  const stopAll = new AbortController();
  const either = signal === undefined ? stopAll.signal : AbortSignal.any([signal, stopAll.signal]);
  let bytes = 0;
  const onBytes = (more: number): void => onProgress?.({ bytes: (bytes += more), totalBytes });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const columns = await runOnThread(file, job, { signal: either, onBytes });
      for (const [name, column] of columns) {
        const before = parts.get(name) ?? [];
        before.push({ start: job.start, column });
        parts.set(name, before);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, work));
  } finally {
    // After a failure of one, the others end with their jobs, and take no more.
    next = jobs.length;
    stopAll.abort();
  }
  return new Map(
    wanted.names.map((name) => {
      const found = (parts.get(name) ?? []).sort((a, b) => a.start - b.start);
      return [name, concatColumns(found.map(({ column }) => column))];
    }),
  );
};
