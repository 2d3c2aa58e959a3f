import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from './byte-source.ts';
import { withScratch } from './scratch.ts';

/** Something to be done with a range of bytes. */
export interface RangeTask extends ByteRange {
  readonly done: (bytes: Uint8Array) => void | Promise<void>;
}

/** Joined ranges, and requests of several, grow up to this. */
const largestChunk = 4 * 2 ** 20;

interface Chunk {
  readonly start: number;
  stop: number;
  readonly tasks: RangeTask[];
}

/** Neighbours together: a request costs more than a few bytes. */
const joined = (tasks: readonly RangeTask[], gap: number): readonly Chunk[] => {
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

/** Chunks that are asked for together. */
const requestsOf = (chunks: readonly Chunk[], most: number): readonly (readonly Chunk[])[] => {
  const requests: Chunk[][] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    const last = requests.at(-1);
    const length = chunk.stop - chunk.start;
    if (last && last.length < most && bytes + length <= largestChunk) {
      last.push(chunk);
      bytes += length;
    } else {
      requests.push([chunk]);
      bytes = length;
    }
  }
  return requests;
};

const whole = (source: ByteSource, bytes: Uint8Array | undefined, length: number): Uint8Array => {
  if (bytes?.length === length) return bytes;
  throw new CygnetError(
    'corrupt-data',
    `${source.name}: ${bytes?.length ?? 0} bytes came where ${length} were asked for.`,
  );
};

const fetchChunks = async (
  source: ByteSource,
  chunks: readonly Chunk[],
  room: Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly Uint8Array[]> => {
  const [only] = chunks;
  if (source.readInto && room && only && chunks.length === 1) {
    const target = room.subarray(0, only.stop - only.start);
    await source.readInto(only.start, target, signal);
    return [target];
  }
  const ranges = chunks.map(({ start, stop }) => ({ start, length: stop - start }));
  const parts = await source.read(ranges, signal);
  return ranges.map(({ length }, index) => whole(source, parts[index], length));
};

export interface ReadRangesOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
  /** The tasks keep none of the bytes that they are given, so that these may lie in memory that is used again. */
  readonly reuseMemory?: boolean;
}

/** Reads the ranges of all tasks, neighbours together and several at a time, and does the tasks as bytes arrive. */
export const readRanges = async (
  source: ByteSource,
  tasks: readonly RangeTask[],
  { signal, onBytes, reuseMemory = false }: ReadRangesOptions = {},
): Promise<void> => {
  const { gap = 512, parallel = 4, rangesPerRequest = 1 } = source.manner ?? {};
  const requests = requestsOf(joined(tasks, gap), rangesPerRequest);
  let next = 0;
  let failed = false;
  const work = async (room: Uint8Array | undefined): Promise<void> => {
    for (let chunks = requests[next++]; chunks !== undefined && !failed; chunks = requests[next++]) {
      throwIfCancelled(signal, source.name);
      const fits = chunks.every(({ start, stop }) => stop - start <= largestChunk);
      const parts = await fetchChunks(source, chunks, fits ? room : undefined, signal);
      for (const [index, { start, tasks: waiting }] of chunks.entries()) {
        for (const task of waiting) {
          throwIfCancelled(signal, source.name);
          const at = task.start - start;
          const done = task.done((parts[index] as Uint8Array).subarray(at, at + task.length));
          if (done !== undefined) await done;
          onBytes?.(task.length);
        }
      }
    }
  };
  const stopOthers = async (room?: Uint8Array): Promise<void> => {
    try {
      await work(room);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const workers = Array.from({ length: Math.min(parallel, requests.length) });
  await Promise.all(
    reuseMemory && source.readInto
      ? workers.map(async () => withScratch(largestChunk, (room) => stopOthers(room)))
      : workers.map(() => stopOthers()),
  );
};
