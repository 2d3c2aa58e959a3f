import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from './byte-source.ts';

/** Something to be done with a range of bytes. */
export interface RangeTask extends ByteRange {
  readonly done: (bytes: Uint8Array) => Promise<void>;
}

/** Ranges closer than this are read as one: a request costs more than these bytes. */
const gap = 512;
/** Joined ranges grow up to this. */
const largestChunk = 4 * 2 ** 20;
/** Chunks on their way at once. */
const inFlight = 4;

interface Chunk {
  readonly start: number;
  stop: number;
  readonly tasks: RangeTask[];
}

const joined = (tasks: readonly RangeTask[]): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  for (const task of tasks.toSorted((a, b) => a.start - b.start)) {
    const last = chunks.at(-1);
    const stop = task.start + task.length;
    if (last && task.start - last.stop <= gap && Math.max(stop, last.stop) - last.start <= largestChunk) {
      last.stop = Math.max(last.stop, stop);
      last.tasks.push(task);
    } else {
      chunks.push({ start: task.start, stop, tasks: [task] });
    }
  }
  return chunks;
};

/** Throws a `cancelled` error when the signal says so. */
export const throwIfCancelled = (signal: AbortSignal | undefined, what: string): void => {
  if (signal?.aborted) throw new CygnetError('cancelled', `${what}: reading was cancelled.`, { cause: signal.reason });
};

export interface ReadRangesOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
}

/** Reads the ranges of all tasks, neighbours together and several at a time, and does the tasks as bytes arrive. */
export const readRanges = async (
  source: ByteSource,
  tasks: readonly RangeTask[],
  { signal, onBytes }: ReadRangesOptions = {},
): Promise<void> => {
  const chunks = joined(tasks);
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (let chunk = chunks[next++]; chunk !== undefined && !failed; chunk = chunks[next++]) {
      throwIfCancelled(signal, source.name);
      const { start, stop } = chunk;
      const [bytes] = await source.read([{ start, length: stop - start }], signal);
      throwIfCancelled(signal, source.name);
      if (bytes?.length !== stop - start) {
        throw new CygnetError(
          'corrupt-data',
          `${source.name}: ${bytes?.length ?? 0} bytes came where ${stop - start} were asked for.`,
        );
      }
      for (const task of chunk.tasks) {
        throwIfCancelled(signal, source.name);
        await task.done(bytes.subarray(task.start - start, task.start - start + task.length));
        onBytes?.(task.length);
      }
    }
  };
  const stopOthers = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, chunks.length) }, stopOthers));
};
