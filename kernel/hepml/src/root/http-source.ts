import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from '@cygnet/rootio';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const cancelled = (url: string, signal: AbortSignal): CygnetError =>
  new CygnetError('cancelled', `Reading ${url} was cancelled.`, { cause: signal.reason });

/** One request with a single range. Servers that ignore ranges are noticed before their body is read. */
const requestRange = async (
  fetch: Fetch,
  url: string,
  { start, length }: ByteRange,
  signal?: AbortSignal,
): Promise<Response> => {
  const headers = { Range: `bytes=${start}-${start + length - 1}`, 'Accept-Encoding': 'identity' };
  let response: Response;
  try {
    response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw cancelled(url, signal);
    throw new CygnetError(
      'not-found',
      `Cannot reach ${url}: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  if (response.status === 206) return response;
  await response.body?.cancel();
  if (response.status === 200) {
    throw new CygnetError(
      'unsupported',
      `The server of ${url} does not give parts of a file (it answered 200 to a range). Download the file and open it locally.`,
    );
  }
  throw new CygnetError(
    'not-found',
    `Cannot read ${url}: the server answered ${response.status} ${response.statusText}.`.replace(' .', '.'),
  );
};

const readRange = async (fetch: Fetch, url: string, range: ByteRange, signal?: AbortSignal): Promise<Uint8Array> => {
  if (range.length === 0) return new Uint8Array(0);
  const response = await requestRange(fetch, url, range, signal);
  const given = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  if (given !== null && Number(given[1]) !== range.start) {
    await response.body?.cancel();
    throw new CygnetError('corrupt-data', `${url}: the server gave other bytes than were asked for.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (signal?.aborted) throw cancelled(url, signal);
    throw new CygnetError('not-found', `${url}: the connection broke while reading.`, { cause: error });
  }
  if (bytes.length !== range.length) {
    throw new CygnetError('corrupt-data', `${url}: ${bytes.length} bytes came where ${range.length} were asked for.`);
  }
  return bytes;
};

const askSize = async (fetch: Fetch, url: string, signal?: AbortSignal): Promise<number> => {
  const response = await requestRange(fetch, url, { start: 0, length: 4 }, signal);
  await response.body?.cancel();
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (total === null) throw new CygnetError('unsupported', `The server of ${url} does not tell the file's size.`);
  return Number(total[1]);
};

/** The bytes of a file on a web server (also XrdHttp, WebDAV), by single ranges. */
export const httpSource = (url: string, fetch: Fetch = globalThis.fetch): ByteSource => {
  let size: Promise<number> | undefined;
  return {
    name: url,
    size: (signal) => {
      size ??= askSize(fetch, url, signal);
      return size;
    },
    read: (ranges, signal) => Promise.all(ranges.map((range) => readRange(fetch, url, range, signal))),
    close: () => Promise.resolve(),
  };
};
