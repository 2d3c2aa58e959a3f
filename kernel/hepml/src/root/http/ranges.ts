import { CygnetError } from '@cygnet/columns';
import type { ByteRange } from '@cygnet/rootio';
import type { Segment } from '../cached-ranges.ts';
import { bodyOf, request } from './request.ts';
import type { Server } from './request.ts';

/** What an answer says that it holds. */
interface ContentRange {
  readonly start: number;
  readonly length: number;
  /** Of the whole file, where it is told. */
  readonly total: number | undefined;
}

const contentRange = (text: string | null): ContentRange | undefined => {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text?.trim() ?? '');
  if (found === null) return undefined;
  const [, first, last, total] = found;
  return {
    start: Number(first),
    length: Number(last) - Number(first) + 1,
    total: total === '*' ? undefined : Number(total),
  };
};

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** A server that does not do ranges. @throws always. */
const refuseWhole = async (response: Response, url: string): Promise<never> => {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  await response.body?.cancel();
  const size = Number.isFinite(length) ? ` of ${inMegabytes(length)}` : '';
  throw new CygnetError(
    'unsupported',
    `The server of ${url} does not give parts of a file: it answered 200 to a range. Reading goes on with the whole file${size} in memory if you ask for it: { wholeFile: true }. Or download it and open it locally.`,
  );
};

const refuse = async (response: Response, url: string): Promise<never> => {
  await response.body?.cancel();
  const status = `${response.status} ${response.statusText}`.trim();
  throw new CygnetError('not-found', `Cannot read ${url}: the server answered ${status}.`);
};

/** A part of the file, with the size of the whole. */
export interface FilePart extends Segment {
  readonly total: number | undefined;
}

export interface RangeRequestOptions {
  readonly signal: AbortSignal | undefined;
  /** Takes the whole file where the server gives nothing less. */
  readonly wholeFile?: boolean;
}

/** Asks for one range; `text` as it stands in the header, of at most `most` bytes. */
export const requestPart = (
  server: Server,
  text: string,
  most: number,
  { signal, wholeFile = false }: RangeRequestOptions,
): Promise<FilePart> =>
  request(
    server,
    { Range: `bytes=${text}` },
    async (response) => {
      if (response.status === 200 && wholeFile) {
        const bytes = await bodyOf(response, Number.MAX_SAFE_INTEGER, server.url);
        return { start: 0, bytes, total: bytes.length };
      }
      if (response.status === 200) return refuseWhole(response, server.url);
      if (response.status !== 206) return refuse(response, server.url);
      const given = contentRange(response.headers.get('content-range'));
      const bytes = await bodyOf(response, most, server.url);
      return { start: given?.start ?? Number.NaN, bytes, total: given?.total };
    },
    signal,
  );

/** One range. @throws CygnetError `corrupt-data` when other bytes come than were asked for. */
export const readOne = async (
  server: Server,
  { start, length }: ByteRange,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> => {
  if (length === 0) return new Uint8Array(0);
  const part = await requestPart(server, `${start}-${start + length - 1}`, length, { signal });
  if (part.start !== start && !Number.isNaN(part.start)) {
    throw new CygnetError('corrupt-data', `${server.url}: the server gave other bytes than were asked for.`);
  }
  if (part.bytes.length !== length) {
    throw new CygnetError(
      'corrupt-data',
      `${server.url}: ${part.bytes.length} bytes came where ${length} were asked for.`,
    );
  }
  return part.bytes;
};

const latin = new TextDecoder('latin1');
/** Head and boundary around each part. */
const mostAroundPart = 1024;

const indexOf = (bytes: Uint8Array, text: string, from: number): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(text, from, 'latin1');

/** The parts of a `multipart/byteranges` body; undefined when it is not well formed. */
export const partsOf = (body: Uint8Array, boundary: string): readonly Segment[] | undefined => {
  const segments: Segment[] = [];
  let at = indexOf(body, `--${boundary}`, 0);
  while (at >= 0) {
    at += boundary.length + 2;
    if (latin.decode(body.subarray(at, at + 2)) === '--') return segments;
    const headEnd = indexOf(body, '\r\n\r\n', at);
    if (headEnd < 0) return undefined;
    const head = latin.decode(body.subarray(at, headEnd));
    const given = contentRange(/^content-range:(.*)$/im.exec(head)?.[1] ?? null);
    const start = headEnd + 4;
    if (given === undefined || given.length < 0 || start + given.length > body.length) return undefined;
    segments.push({ start: given.start, bytes: body.subarray(start, start + given.length) });
    at = indexOf(body, `--${boundary}`, start + given.length);
  }
  return undefined;
};

/**
 * Asks for several ranges at once. Servers may give fewer, joined, or in another order.
 *
 * @param texts The ranges as they stand in the header.
 * @param bytes How many they hold together.
 * @returns What came; undefined from servers that do not know such requests.
 */
export const requestSeveral = (
  server: Server,
  texts: readonly string[],
  bytes: number,
  signal: AbortSignal | undefined,
): Promise<readonly Segment[] | undefined> =>
  request(
    server,
    { Range: `bytes=${texts.join(',')}` },
    async (response) => {
      const type = response.headers.get('content-type') ?? '';
      const boundary = /^multipart\/byteranges;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
      if (response.status !== 206 || boundary === undefined) {
        await response.body?.cancel();
        return undefined;
      }
      return partsOf(await bodyOf(response, bytes + mostAroundPart * (texts.length + 1), server.url), boundary);
    },
    signal,
  );

/** Several ranges at once; what did not come is missing. */
export const readSeveral = async (
  server: Server,
  ranges: readonly ByteRange[],
  signal: AbortSignal | undefined,
): Promise<readonly Segment[]> => {
  const texts = ranges.map(({ start, length }) => `${start}-${start + length - 1}`);
  const bytes = ranges.reduce((sum, { length }) => sum + length, 0);
  return (await requestSeveral(server, texts, bytes, signal)) ?? [];
};
