import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from '@cygnet/rootio';

/** One HTTP request, with the server's authentication added: `ServerConnection.makeRequest` in JupyterLab. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response>;

export interface JupyterByteSourceOptions {
  /** For messages. */
  readonly name: string;
  /** Of the file's raw bytes: `/files/…` of a Jupyter server. */
  readonly url: string;
  readonly send: SendRequest;
}

/** What has been asked of the server so far. */
export interface Traffic {
  readonly requests: number;
  readonly bytes: number;
}

/** The first request brings this much, since every ROOT file begins with its header. */
const headBytes = 16 * 1024;
/** Ranges closer than this are asked for together. */
const joinGap = 32 * 1024;
/** A joined request never grows past this. */
const joinLimit = 8 * 1024 * 1024;
/** Requests under way at once: what browsers allow a host over HTTP/1.1. */
const parallelRequests = 6;

/** Bytes of the file, and what tells one version of it from another. */
interface Answer {
  readonly size: number;
  readonly modified: string | null;
  readonly bytes: Uint8Array;
}

interface Request {
  readonly start: number;
  end: number;
  readonly members: { readonly index: number; readonly range: ByteRange }[];
}

/** Neighbouring ranges joined into few requests. */
const joinRanges = (ranges: readonly ByteRange[]): Request[] => {
  const members = ranges.map((range, index) => ({ index, range })).sort((a, b) => a.range.start - b.range.start);
  const requests: Request[] = [];
  for (const member of members) {
    const { start, length } = member.range;
    const end = start + length;
    const last = requests.at(-1);
    if (last && start - last.end <= joinGap && Math.max(end, last.end) - last.start <= joinLimit) {
      last.end = Math.max(last.end, end);
      last.members.push(member);
    } else {
      requests.push({ start, end, members: [member] });
    }
  }
  return requests;
};

/** Bytes of a file on a Jupyter server, by single byte ranges only: a file is never downloaded whole. */
export class JupyterByteSource implements ByteSource {
  readonly name: string;
  readonly #url: string;
  readonly #send: SendRequest;
  #head: Promise<Answer> | undefined;
  #traffic: Traffic = { requests: 0, bytes: 0 };

  constructor({ name, url, send }: JupyterByteSourceOptions) {
    this.name = name;
    this.#url = url;
    this.#send = send;
  }

  /** Requests answered and bytes received since the source was made. */
  get traffic(): Traffic {
    return this.#traffic;
  }

  async size(signal?: AbortSignal): Promise<number> {
    return (await this.#readHead(signal)).size;
  }

  async read(ranges: readonly ByteRange[], signal?: AbortSignal): Promise<readonly Uint8Array[]> {
    const head = await this.#readHead(signal);
    for (const { start, length } of ranges) {
      if (start < 0 || length < 0 || start + length > head.size)
        throw new CygnetError(
          'corrupt-data',
          `"${this.name}" points at bytes ${start} to ${start + length}, but it has only ${head.size}. It may be truncated: was its copy or its job finished?`,
        );
    }
    const parts = new Array<Uint8Array>(ranges.length);
    const elsewhere: ByteRange[] = [];
    const elsewhereIndex: number[] = [];
    ranges.forEach((range, index) => {
      if (range.start + range.length <= head.bytes.length) {
        parts[index] = head.bytes.subarray(range.start, range.start + range.length);
      } else {
        elsewhere.push(range);
        elsewhereIndex.push(index);
      }
    });
    const queue = joinRanges(elsewhere);
    const work = async () => {
      for (let request = queue.shift(); request; request = queue.shift()) {
        const { size, modified, bytes } = await this.#fetchRange(request.start, request.end, signal);
        if (size !== head.size || modified !== head.modified)
          throw this.#changed(`${head.size} bytes then, ${size} now`);
        if (bytes.length !== request.end - request.start)
          throw new CygnetError(
            'corrupt-data',
            `The server sent ${bytes.length} bytes of "${this.name}" where ${request.end - request.start} were asked for. Try again, or read the file in a notebook: root.open("…").`,
          );
        for (const { index, range } of request.members) {
          const at = range.start - request.start;
          parts[elsewhereIndex[index] ?? index] = bytes.subarray(at, at + range.length);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallelRequests, queue.length) }, work));
    return parts;
  }

  async close(): Promise<void> {
    this.#head = undefined;
    await Promise.resolve();
  }

  #readHead(signal?: AbortSignal) {
    this.#head ??= this.#fetchRange(0, headBytes, signal).catch((error: unknown) => {
      this.#head = undefined;
      throw error;
    });
    return this.#head;
  }

  async #fetchRange(start: number, end: number, signal?: AbortSignal): Promise<Answer> {
    const stop = new AbortController();
    const response = await this.#send(this.#url, {
      headers: { Range: `bytes=${start}-${end - 1}` },
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    });
    const wholeLength = Number(response.headers.get('Content-Length') ?? Number.NaN);
    // Servers answer 200 to a range that holds the whole file.
    const isWholeSmallFile = response.status === 200 && start === 0 && wholeLength > 0 && wholeLength <= end;
    if (response.status !== 206 && !isWholeSmallFile) {
      stop.abort();
      if (response.status === 416 && start > 0) throw this.#changed('it is shorter now');
      throw this.#refusal(response);
    }
    const size = isWholeSmallFile
      ? wholeLength
      : Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(size)) {
      stop.abort();
      throw new CygnetError(
        'unsupported',
        `The server does not say how long "${this.name}" is (no Content-Range), so it cannot be read in parts.`,
      );
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    this.#traffic = { requests: this.#traffic.requests + 1, bytes: this.#traffic.bytes + bytes.length };
    return { size, modified: response.headers.get('Last-Modified'), bytes };
  }

  #changed(how: string): CygnetError {
    return new CygnetError(
      'corrupt-data',
      `"${this.name}" has changed since it was opened (${how}). Read the file again: the button with the arrow beside its name.`,
    );
  }

  #refusal({ status, headers }: Response): CygnetError {
    switch (status) {
      case 200:
        return headers.get('Content-Length') === '0'
          ? new CygnetError('bad-file', `"${this.name}" is empty.`)
          : new CygnetError(
              'unsupported',
              `The server of "${this.name}" sends whole files only and no byte ranges, so the file would be downloaded whole. Read it in a notebook instead: root.open("…").`,
            );
      case 403:
        return new CygnetError(
          'not-found',
          `The server does not allow reading "${this.name}" (HTTP 403). Check the file's permissions.`,
        );
      case 404:
        return new CygnetError(
          'not-found',
          `"${this.name}" is not there any more, or lies in a hidden folder that the server does not serve (HTTP 404).`,
        );
      case 416:
        return new CygnetError('bad-file', `"${this.name}" is empty.`);
      default:
        return new CygnetError('not-found', `The server did not give "${this.name}": HTTP ${status}.`);
    }
  }
}
