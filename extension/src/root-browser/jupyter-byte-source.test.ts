import { isCygnetError } from '@cygnet/columns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JupyterByteSource } from './jupyter-byte-source.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
let server: Server;
let base = '';
const ranges: string[] = [];
let modified = '';
let underWay = 0;
let mostUnderWay = 0;

/** Answers as Jupyter's /files/ does: 206 to a range, 200 to one that holds the whole file, 416 to one of an empty file. */
const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body =
    request.url === '/small' ? content.subarray(0, 500) : request.url === '/empty' ? content.subarray(0, 0) : content;
  if (request.url === '/gone') return void response.writeHead(404).end();
  if (request.url === '/plain') {
    response.writeHead(200, { 'Content-Length': body.length });
    return void response.end(body);
  }
  const range = request.headers.range ?? '';
  ranges.push(range);
  underWay += 1;
  mostUnderWay = Math.max(mostUnderWay, underWay);
  await new Promise((resolve) => setTimeout(resolve, 15));
  underWay -= 1;
  const [, first = '0', last = '0'] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const start = Number(first);
  const end = Math.min(Number(last) + 1, body.length);
  if (start >= body.length) return void response.writeHead(416).end();
  const part = body.subarray(start, request.url === '/short' && start > 0 ? end - 1 : end);
  if (part.length === body.length) return void response.writeHead(200, { 'Content-Length': body.length }).end(part);
  const described = request.url === '/nosize' ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${body.length}` };
  response.writeHead(206, { ...described, 'Content-Length': part.length, 'Last-Modified': modified });
  response.end(part);
};

beforeAll(async () => {
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  ranges.length = 0;
  modified = '';
  mostUnderWay = 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const open = (path: string) =>
  new JupyterByteSource({ name: 'a.root', url: base + path, send: (url, init) => fetch(url, init) });
const slice = (start: number, length: number) => content.subarray(start, start + length);
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return isCygnetError(error) ? `${error.kind}: ${error.message}` : String(error);
};

describe('JupyterByteSource', () => {
  it('learns the size with the first bytes, which it keeps', async () => {
    const source = open('/file');
    expect(await source.size()).toBe(content.length);
    expect(await source.read([{ start: 100, length: 64 }])).toEqual([slice(100, 64)]);
    expect(ranges).toEqual(['bytes=0-16383']);
    expect(source.traffic).toEqual({ requests: 1, bytes: 16_384 });
  });

  it('joins neighbouring ranges into single requests and gives the parts in the order asked', async () => {
    const source = open('/file');
    const wanted = [
      { start: 200_000, length: 10 },
      { start: 50_000, length: 1000 },
      { start: 51_500, length: 20 },
      { start: 10, length: 4 },
    ];
    expect(await source.read(wanted)).toEqual(wanted.map(({ start, length }) => slice(start, length)));
    expect(ranges.slice(1).sort()).toEqual(['bytes=200000-200009', 'bytes=50000-51519']);
  });

  it('keeps at most six requests under way', async () => {
    const source = open('/file');
    const wanted = Array.from({ length: 8 }, (_, index) => ({ start: 20_000 + index * 34_000, length: 5 }));
    expect(await source.read(wanted)).toEqual(wanted.map(({ start, length }) => slice(start, length)));
    expect(ranges.length).toBe(9);
    expect(mostUnderWay).toBeGreaterThan(1);
    expect(mostUnderWay).toBeLessThanOrEqual(6);
  });

  it('takes a small file whole, as servers send it', async () => {
    const source = open('/small');
    expect(await source.size()).toBe(500);
    expect(await source.read([{ start: 490, length: 10 }])).toEqual([slice(490, 10)]);
  });

  it('never downloads a file whole from a server without ranges', async () => {
    const source = open('/plain');
    expect(await kindOf(source.size())).toContain('unsupported: The server of "a.root" sends whole files only');
    expect(source.traffic.bytes).toBe(0);
  });

  it('says what is wrong with files that are empty, gone, shortened or of unknown size', async () => {
    expect(await kindOf(open('/empty').size())).toBe('bad-file: "a.root" is empty.');
    expect(await kindOf(open('/gone').size())).toContain('not-found: "a.root" is not there');
    expect(await kindOf(open('/nosize').size())).toContain('unsupported');
    expect(await kindOf(open('/short').read([{ start: 100_000, length: 10 }]))).toContain('sent 9 bytes');
  });

  it('refuses ranges beyond the end without asking', async () => {
    const source = open('/file');
    expect(await kindOf(source.read([{ start: 299_999, length: 2 }]))).toContain(
      'corrupt-data: "a.root" points at bytes',
    );
    expect(ranges.length).toBe(1);
  });

  it('stops when cancelled, and works again after a failed start', async () => {
    const source = open('/file');
    const stop = new AbortController();
    const first = source.size(stop.signal);
    stop.abort();
    await expect(first).rejects.toThrow();
    expect(await source.size()).toBe(content.length);
  });

  it('does not mix a file with the one that replaced it', async () => {
    modified = 'Sun, 22 Nov 2026 20:00:00 GMT';
    const source = open('/file');
    await source.size();
    modified = 'Sun, 22 Nov 2026 20:00:01 GMT';
    expect(await kindOf(source.read([{ start: 100_000, length: 10 }]))).toMatch(/^corrupt-data: .*has changed since/);
  });
});
