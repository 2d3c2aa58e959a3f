import { CygnetError, isCygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from '@cygnet/rootio';
import { inSegments } from '../cached-ranges.ts';
import type { Segment } from '../cached-ranges.ts';
import { readOne, readSeveral, requestPart, requestSeveral } from './ranges.ts';
import type { Fetch, Server } from './request.ts';

export interface HttpSourceOptions {
  /** The global `fetch` by default. */
  readonly fetch?: Fetch | undefined;
  /** Takes the whole file into memory where the server gives no parts of it. */
  readonly wholeFile?: boolean | undefined;
  /** Pause before a request that failed is tried again, in ms; it doubles from try to try. Default 200. */
  readonly pauseMs?: number | undefined;
}

/** Read with the first requests: most metadata lie at the ends of a file. */
const headBytes = 2 ** 14;
const tailBytes = 2 ** 17;
/** Small single reads are metadata, whose neighbours are asked for next: so much is read with them, a few times. */
const smallRead = 2 ** 14;
const withNeighbours = 2 ** 16;
const mostSegments = 10;
/** Requests to one server at once. */
const mostAtOnce = 64;

/** Lets at most so many things be done at once. */
const limited = (most: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
};

/** What the first requests tell. */
interface Ends {
  readonly size: number;
  readonly segments: readonly Segment[];
  /** Whether the server answers requests for several ranges. */
  readonly takesSeveral: boolean;
}

/** What a request gave, or `instead` when it failed: the request for the head tells why. */
const orElse = async <T>(work: Promise<T>, instead: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CygnetError) return instead;
    throw error;
  }
};

/** The end of the file, and whether the server knows several ranges a request: it is asked for two bytes. */
const readTail = async (server: Server, signal: AbortSignal): Promise<Omit<Ends, 'size'>> => {
  const [tail, several] = await Promise.all([
    orElse(requestPart(server, `-${tailBytes}`, tailBytes, { signal }), undefined),
    orElse(requestSeveral(server, ['0-0', '2-2'], 2, signal), undefined),
  ]);
  return { segments: tail === undefined ? [] : [tail], takesSeveral: several !== undefined };
};

/** Size, head and tail. What a server does not know of the tail is read later; only the head must come. */
const readEnds = async (server: Server, wholeFile: boolean, signal: AbortSignal | undefined): Promise<Ends> => {
  const headIsEnough = new AbortController();
  const either = signal === undefined ? headIsEnough.signal : AbortSignal.any([signal, headIsEnough.signal]);
  const readingTail = readTail({ ...server, tries: 1 }, either);
  try {
    const head = await requestPart(server, `0-${headBytes - 1}`, headBytes, { signal, wholeFile });
    const { total, bytes } = head;
    if (head.start !== 0 && !Number.isNaN(head.start)) {
      throw new CygnetError('corrupt-data', `${server.url}: the server gave other bytes than were asked for.`);
    }
    if (total === undefined) {
      throw new CygnetError('unsupported', `The server of ${server.url} does not tell the file's size.`);
    }
    if (bytes.length === total) headIsEnough.abort();
    const { segments, takesSeveral } = await readingTail;
    const sound = segments.filter(({ start, bytes: part }) => start + part.length <= total);
    return { size: total, segments: [{ start: 0, bytes }, ...sound], takesSeveral };
  } finally {
    headIsEnough.abort();
    await readingTail;
  }
};

/**
 * The bytes of a file on a web server (also XrdHttp, WebDAV): several ranges a request where the server knows that,
 * requests side by side where it does not. What fails for the moment is tried again.
 */
export const httpSource = (url: string, options: HttpSourceOptions = {}): ByteSource => {
  const { fetch = globalThis.fetch, wholeFile = false, pauseMs = 200 } = options;
  const server: Server = { url, fetch, pauseMs, tries: 5 };
  const inTurn = limited(mostAtOnce);
  let ends: Promise<void> | undefined;
  let size = 0;
  let segments: readonly Segment[] = [];
  let takesSeveral = true;

  const readEach = (ranges: readonly ByteRange[], signal: AbortSignal | undefined): Promise<readonly Uint8Array[]> =>
    Promise.all(ranges.map((range) => inTurn(() => readOne(server, range, signal))));

  const readWithNeighbours = async (start: number, signal: AbortSignal | undefined): Promise<void> => {
    const length = Math.min(withNeighbours, size - start);
    const bytes = await inTurn(() => readOne(server, { start, length }, signal));
    segments = [...segments, { start, bytes }];
  };

  const readAll = async (ranges: readonly ByteRange[], signal: AbortSignal | undefined) => {
    if (ranges.length < 2 || !takesSeveral) return readEach(ranges, signal);
    const came = await inTurn(() => readSeveral({ ...server, tries: 2 }, ranges, signal)).catch((error: unknown) => {
      // Servers have been seen to break down over such requests.
      if (isCygnetError(error, 'not-found')) return [];
      throw error;
    });
    const parts = ranges.map((range) => inSegments(came, range));
    const missing = ranges.filter((_, index) => parts[index] === undefined);
    if (missing.length === 0) return parts as readonly Uint8Array[];
    takesSeveral = false;
    const rest = await readEach(missing, signal);
    let next = 0;
    return parts.map((part) => part ?? (rest[next++] as Uint8Array));
  };

  return {
    name: url,
    manner: { gap: 4096, parallel: 6, rangesPerRequest: 32 },
    size: async (signal) => {
      const reading = (ends ??= readEnds(server, wholeFile, signal).then((found) => {
        ({ size, segments, takesSeveral } = found);
      }));
      try {
        await reading;
        return size;
      } catch (error) {
        ends = undefined;
        throw error;
      }
    },
    read: async (ranges, signal) => {
      const [only] = ranges;
      const isNew = ranges.length === 1 && only !== undefined && inSegments(segments, only) === undefined;
      if (isNew && only.length < smallRead && only.start + only.length <= size && segments.length < mostSegments) {
        await readWithNeighbours(only.start, signal);
      }
      const known = ranges.map((range) => inSegments(segments, range));
      const wanted = ranges.filter((_, index) => known[index] === undefined);
      const fetched = wanted.length > 0 ? await readAll(wanted, signal) : [];
      let next = 0;
      return known.map((bytes) => bytes ?? (fetched[next++] as Uint8Array));
    },
    close: () => Promise.resolve(),
  };
};
