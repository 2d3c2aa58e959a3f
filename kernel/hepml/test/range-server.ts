import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server of this file answers; by default as a good one. */
export interface Manner {
  /** Before each answer, in ms. */
  readonly latencyMs?: number;
  /**
   * `several`: many ranges a request; `one`: one, else the whole file; `refused`: one, else an error; `first`: only the first
   * of several; `none`: always the whole file.
   */
  readonly ranges?: 'several' | 'one' | 'refused' | 'first' | 'none';
  /** Whether it knows ranges that count from the end. */
  readonly fromEnd?: boolean;
  /** Answers otherwise when it returns true; called with each request and its number, from 1. */
  readonly misbehave?: (request: IncomingMessage, response: ServerResponse, number: number) => boolean;
}

interface Range {
  readonly start: number;
  readonly stop: number;
}

export interface RangeServer {
  readonly url: string;
  /** Range headers of the requests so far. */
  readonly requests: string[];
  /** Bytes of bodies so far. */
  bytesSent: number;
  close(): Promise<void>;
}

const rangesOf = (header: string, size: number, fromEnd: boolean): readonly Range[] =>
  header
    .replace('bytes=', '')
    .split(',')
    .flatMap((text) => {
      const [first, last] = text.trim().split('-');
      if (first === '') return fromEnd ? [{ start: Math.max(0, size - Number(last)), stop: size }] : [];
      return [{ start: Number(first), stop: last === '' ? size : Math.min(Number(last) + 1, size) }];
    });

/** A web server on 127.0.0.1 with one file, in good or bad manner: for tests and benchmarks. */
export const startRangeServer = async (
  size: number,
  slice: (start: number, stop: number) => Uint8Array,
  manner: Manner = {},
): Promise<RangeServer> => {
  const { latencyMs = 0, ranges: kind = 'several', fromEnd = true, misbehave } = manner;
  const state = { requests: [] as string[], bytesSent: 0 };
  const send = (response: ServerResponse, bytes: Uint8Array): void => {
    state.bytesSent += bytes.length;
    response.end(bytes);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const header = request.headers.range;
    const asked = header === undefined ? [] : rangesOf(header, size, fromEnd);
    const [first] = asked;
    if (asked.length > 1 && kind === 'refused') {
      response.writeHead(416).end();
      return;
    }
    if (first === undefined || kind === 'none' || (asked.length > 1 && kind === 'one')) {
      response.writeHead(200, { 'Content-Length': size });
      if (request.method === 'HEAD') response.end();
      else send(response, slice(0, size));
      return;
    }
    if (asked.length === 1 || kind === 'first') {
      response.writeHead(206, {
        'Content-Range': `bytes ${first.start}-${first.stop - 1}/${size}`,
        'Content-Length': first.stop - first.start,
      });
      send(response, slice(first.start, first.stop));
      return;
    }
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=THIS_SEPARATES' });
    const parts = asked.map(({ start, stop }) =>
      Buffer.concat([
        Buffer.from(
          `\r\n--THIS_SEPARATES\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ${start}-${stop - 1}/${size}\r\n\r\n`,
        ),
        slice(start, stop),
      ]),
    );
    send(response, Buffer.concat([...parts, Buffer.from('\r\n--THIS_SEPARATES--\r\n')]));
  };
  const server = createServer((request, response) => {
    const number = state.requests.push(request.headers.range ?? '');
    if (misbehave?.(request, response, number)) return;
    if (latencyMs === 0) answer(request, response);
    else setTimeout(() => answer(request, response), latencyMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.root`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};
