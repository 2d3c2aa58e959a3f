import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import * as root from '../src/root/index.ts';
import { tableSha256 } from '../src/data/index.ts';
import { partsOf } from '../src/root/http/ranges.ts';
import { httpSource } from '../src/root/http/http-source.ts';
import { startRangeServer } from './range-server.ts';
import type { Manner, RangeServer } from './range-server.ts';

const hzz = fileURLToPath(new URL('../../rootio/fixtures/uproot-HZZ.root', import.meta.url));
const file = readFileSync(hzz);
const sha256 = tableSha256(await root.readTable(hzz));

let server: RangeServer;
afterEach(() => server.close());

const serve = async (manner: Manner = {}, bytes: Uint8Array = file): Promise<RangeServer> => {
  server = await startRangeServer(bytes.length, (start, stop) => bytes.subarray(start, stop), manner);
  return server;
};
const noise = Uint8Array.from({ length: 2_000_000 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
const apart = Array.from({ length: 10 }, (_, i) => ({ start: 300_000 + 100_000 * i, length: 1000 + i }));
/** Reads ten ranges that are far apart, from the middle of a file, and looks at every byte. */
const readApart = async (signal?: AbortSignal): Promise<void> => {
  const source = httpSource(server.url, { pauseMs: 5 });
  expect(await source.size(signal)).toBe(noise.length);
  const parts = await source.read(apart, signal);
  parts.forEach((part, i) => {
    const { start, length } = apart[i] ?? { start: 0, length: 0 };
    expect(Buffer.compare(part, noise.subarray(start, start + length))).toBe(0);
  });
};

describe('a file on a web server', () => {
  test('is opened with three requests side by side, and read with several ranges a request', async () => {
    await serve({}, noise);
    await readApart();
    expect(server.requests.toSorted()).toEqual([
      'bytes=-131072',
      'bytes=0-0,2-2',
      'bytes=0-16383',
      expect.stringMatching(/^bytes=300000-300999,400000-401000,.*,1200000-1201008$/),
    ]);
  });

  test.each<[string, Manner]>([
    ['knows several ranges', {}],
    ['knows one range a request', { ranges: 'one' }],
    ['gives only the first of several ranges', { ranges: 'first' }],
    ['knows no ranges from the end', { fromEnd: false }],
  ])('gives the same table from a server that %s', async (_, manner) => {
    const { url } = await serve(manner);
    expect(tableSha256(await root.readTable(url))).toBe(sha256);
  });

  test('is not asked again for several ranges when the server does not know them', async () => {
    await serve({ ranges: 'one' }, noise);
    const source = httpSource(server.url);
    await source.size();
    await source.read(apart);
    await source.read(apart.map(({ start, length }) => ({ start: start + 5000, length })));
    expect(server.requests.filter((header) => header.includes(',')).length).toBe(1);
    expect(server.requests.length).toBe(3 + 20);
  });
});

describe('a request that fails is made again', () => {
  const failing = (
    first: number,
    last: number,
    fail: (response: ServerResponse, request: IncomingMessage) => void,
  ): Manner => ({
    misbehave: (request, response, number) => {
      if (number < first || number > last) return false;
      fail(response, request);
      return true;
    },
  });
  test.each<[string, Manner]>([
    ['the server is busy (503)', failing(1, 4, (response) => response.writeHead(503).end())],
    [
      'it says when to come back (429)',
      failing(1, 1, (response) => response.writeHead(429, { 'Retry-After': '0.01' }).end()),
    ],
    ['the gateway fails (502)', failing(3, 3, (response) => response.writeHead(502).end())],
    ['the connection is reset before the answer', failing(1, 2, (_, request) => request.socket.destroy())],
    [
      'the connection breaks in the middle of the answer',
      failing(1, 3, (response) => {
        response.writeHead(206, { 'Content-Range': `bytes 0-16383/${noise.length}`, 'Content-Length': 16384 });
        response.write(noise.subarray(0, 100));
        setTimeout(() => response.destroy(), 10);
      }),
    ],
    [
      'it breaks down over several ranges',
      {
        misbehave: (request, response) => {
          if (!(request.headers.range ?? '').includes(',4000')) return false;
          response.writeHead(500).end();
          return true;
        },
      },
    ],
    [
      'its answer to several ranges is cut off',
      {
        misbehave: (request, response) => {
          if (!(request.headers.range ?? '').includes(',4000')) return false;
          response
            .writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=x' })
            .end('--x\r\nContent-Range: bytes 300000-300999/2000000\r\n\r\nabc');
          return true;
        },
      },
    ],
  ])('%s', async (_, manner) => {
    await serve(manner, noise);
    await readApart();
  });

  test('but not for ever', async () => {
    await serve({ misbehave: (_, response) => (response.writeHead(503).end(), true) }, noise);
    await expect(httpSource(server.url, { pauseMs: 1 }).size()).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringMatching(/the server answered 503 Service Unavailable. It was tried 5 times/) as unknown,
    });
    expect(server.requests.filter((header) => header === 'bytes=0-16383').length).toBe(5);
  });

  test('and an abort ends the waiting', async () => {
    await serve({ misbehave: (_, response) => (response.writeHead(503, { 'Retry-After': '20' }).end(), true) }, noise);
    const started = performance.now();
    await expect(httpSource(server.url).size(AbortSignal.timeout(100))).rejects.toMatchObject({ kind: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a server that cannot be relied on', () => {
  test('gives the whole file instead of a part: an error that tells its size and what to do', async () => {
    await serve({ ranges: 'none' });
    await expect(root.open(server.url)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringMatching(
        /answered 200 to a range.*whole file of 0\.2 MB.*\{ wholeFile: true \}/,
      ) as unknown,
    });
  });

  test('and with wholeFile the file is taken as it comes, once', async () => {
    const { url } = await serve({ ranges: 'none' });
    expect(tableSha256(await root.readTable(url, { wholeFile: true }))).toBe(sha256);
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  test('sends without end: refused as soon as there is too much', async () => {
    const endless = (response: ServerResponse): void => {
      const more = (): void => {
        while (!response.destroyed && response.write(noise)) continue;
      };
      response.writeHead(206, { 'Content-Range': `bytes 0-16383/${noise.length}` }).on('drain', more);
      more();
    };
    await serve({ misbehave: (_, response) => (endless(response), true) }, noise);
    await expect(httpSource(server.url).size()).rejects.toMatchObject({ kind: 'corrupt-data' });
  });

  test('sends other bytes than were asked for', async () => {
    await serve(
      {
        misbehave: (request, response) => {
          if (request.headers.range !== 'bytes=300000-319999') return false;
          response.writeHead(206, { 'Content-Range': 'bytes 300001-320000/2000000' }).end(noise.subarray(0, 20_000));
          return true;
        },
      },
      noise,
    );
    const source = httpSource(server.url);
    await source.size();
    await expect(source.read([{ start: 300_000, length: 20_000 }])).rejects.toMatchObject({ kind: 'corrupt-data' });
  });
});

test.each<[string, string, number | undefined]>([
  ['no part', 'x', undefined],
  ['no end', '--b\r\nContent-Range: bytes 0-2/9\r\n\r\nabc', undefined],
  ['a part without its range', '--b\r\n\r\nabc\r\n--b--', undefined],
  ['a part longer than the body', '--b\r\nContent-Range: bytes 0-200/999\r\n\r\nabc\r\n--b--', undefined],
  ['a range that ends before it starts', '--b\r\nContent-Range: bytes 5-2/9\r\n\r\nabc\r\n--b--', undefined],
  [
    'two parts, the boundary inside the data',
    '--b\r\nContent-Range: bytes 0-4/99\r\n\r\n--b--\r\n--b\r\ncontent-range: bytes 7-7/*\r\n\r\nz\r\n--b--\r\n',
    2,
  ],
])('an answer of several parts with %s is taken for what it is', async (_, body, parts) => {
  await serve();
  expect(partsOf(new TextEncoder().encode(body), 'b')?.length).toBe(parts);
});
