import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableSha256 } from '../../data/index.ts';
import { open, readTable, stream } from '../index.ts';
import { planJobs } from './plan-jobs.ts';
import { workersAtWork } from './thread-pool.ts';

const fixtures = fileURLToPath(new URL('../../../../rootio/fixtures/', import.meta.url));
const hzz = join(fixtures, 'uproot-HZZ.root');

describe('read by two threads', () => {
  test.each(readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.root')))(
    '%s gives the same tables as one',
    async (name) => {
      const path = join(fixtures, name);
      const file = await open(path);
      const trees = (await file.keys()).filter((key) => key.isTree);
      await file.close();
      for (const { path: tree } of trees) {
        const [one, two] = [await readTable(path, { tree, threads: 1 }), await readTable(path, { tree, threads: 2 })];
        expect(two.columnNames).toEqual(one.columnNames);
        expect(tableSha256(two)).toBe(tableSha256(one));
      }
    },
  );

  test('a stream gives the same as one', async () => {
    const [one, two] = [await stream(hzz, { threads: 1 }), await stream(hzz, { threads: 2, chunk: 500 })];
    expect(tableSha256(await two.read())).toBe(tableSha256(await one.read()));
  });

  test('errors keep their kind and text', async () => {
    await expect(readTable(hzz, { threads: 2, branches: ['Muon_Pt'] })).rejects.toMatchObject({
      kind: 'column-not-found',
    });
    await expect(readTable(hzz, { threads: 0 })).rejects.toThrow(/threads is a whole number of at least 1, not 0/);
  });
});

describe('jobs', () => {
  const branch = (name: string, compressedBytes: number) => ({
    ...{ name, title: '', typeName: 'float', entries: 1000, rawBytes: 0, children: [] },
    compressedBytes,
  });
  const wanted = (sizes: readonly number[], start = 0, stop = 1000) => {
    const branches = sizes.map((size, i) => branch(`b${i}`, size));
    return { branches, names: branches.map(({ name }) => name), entries: 1000, start, stop };
  };
  const million = 2 ** 20;

  test('many branches are read one by one, the largest first', () => {
    const jobs = planJobs(wanted([1, 3, 2].map((size) => size * million)), 2);
    expect(jobs.map(({ branches }) => branches)).toEqual([['b1'], ['b2'], ['b0']]);
  });

  test('small ones go together', () => {
    const jobs = planJobs(wanted([100 * million, 1, 2, 3]), 2);
    expect(jobs.some(({ branches }) => branches.join() === 'b1,b2,b3')).toBe(true);
  });

  test('one large branch is read in parts that are all of its entries', () => {
    const jobs = planJobs(wanted([200 * million], 10, 990), 2);
    expect(jobs.length).toBeGreaterThan(2);
    expect(jobs[0]?.start).toBe(10);
    expect(jobs.at(-1)?.stop).toBe(990);
    jobs.slice(1).forEach(({ start }, i) => expect(start).toBe(jobs[i]?.stop));
  });

  test('nothing at all is one job', () => {
    expect(planJobs(wanted([0, 0]), 2)).toEqual([{ branches: ['b0', 'b1'], start: 0, stop: 1000 }]);
  });
});

describe('while a thread waits for a server', () => {
  let server: Server;
  let address = '';
  /** Requests that are answered; the others wait for ever. */
  let answers = Number.POSITIVE_INFINITY;
  let requests = 0;
  let toldWaiting: () => void = () => undefined;

  beforeAll(async () => {
    const bytes = await readFile(hzz);
    server = createServer((request, response) => {
      if (++requests > answers) {
        toldWaiting();
        return;
      }
      const [, first = '0', last = '0'] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const stop = Math.min(Number(last) + 1, bytes.length);
      response.writeHead(206, { 'Content-Range': `bytes ${first}-${stop - 1}/${bytes.length}` });
      response.end(bytes.subarray(Number(first), stop));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hzz.root`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Reading that has got the metadata and waits for data that never come. */
  const waitingForData = async (signal?: AbortSignal) => {
    [requests, answers] = [0, Number.POSITIVE_INFINITY];
    const file = await open(address);
    await file.tree('events');
    await file.close();
    [requests, answers] = [0, requests];
    const waiting = new Promise<void>((resolve) => (toldWaiting = resolve));
    const reading = readTable(address, { tree: 'events', threads: 2, ...(signal ? { signal } : {}) });
    reading.catch(() => undefined); // looked at by the caller
    await waiting;
    return { reading };
  };

  test('the values over HTTP are the same', async () => {
    const [one, two] = [await readTable(hzz), await readTable(address, { threads: 2 })];
    expect(tableSha256(two)).toBe(tableSha256(one));
  });

  test('a thread that ends is an error at once, and the next reading starts another', async () => {
    const { reading } = await waitingForData();
    expect(workersAtWork().length).toBe(2);
    await Promise.all(workersAtWork().map((worker) => worker.terminate()));
    await expect(reading).rejects.toMatchObject({ kind: 'thread-ended' });
    answers = Number.POSITIVE_INFINITY;
    expect((await readTable(address, { threads: 2 })).length).toBe(2421);
  });

  test('an abort ends it', async () => {
    const control = new AbortController();
    const { reading } = await waitingForData(control.signal);
    control.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    answers = Number.POSITIVE_INFINITY;
  });
});
