import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableSha256 } from '../data/index.ts';
import { open, readTable } from './index.ts';

const fixtures = fileURLToPath(new URL('../../../rootio/fixtures/', import.meta.url));
const hzz = join(fixtures, 'uproot-HZZ.root');
let folder = '';
let server: Server;
let requests: { readonly url: string; readonly bytes: number }[] = [];
let address = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cygnet-root-'));
  const bytes = await readFile(hzz);
  server = createServer((request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (request.url === '/missing.root') return response.writeHead(404).end();
    if (range === null || request.url === '/whole.root') return response.writeHead(200).end(bytes);
    const [start, stop] = [Number(range[1]), Math.min(Number(range[2]) + 1, bytes.length)];
    requests.push({ url: request.url ?? '', bytes: stop - start });
    const shown = request.url === '/shifted.root' && start > 100 ? start + 1 : start;
    response.writeHead(206, { 'Content-Range': `bytes ${shown}-${stop - 1}/${bytes.length}` });
    return response.end(bytes.subarray(start, request.url === '/short.root' && start > 100 ? stop - 1 : stop));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('a local ROOT file', () => {
  test.each(['', '-zstd', '-lz4', '-lzma', '-uncompressed'])(
    'uproot-HZZ%s.root becomes the same table',
    async (codec) => {
      const table = await readTable(join(fixtures, `uproot-HZZ${codec}.root`));
      expect([table.length, table.columnNames.length]).toEqual([2421, 51]);
      expect(tableSha256(table)).toBe(tableSha256(await readTable(hzz)));
    },
  );

  test('is read in part: branches, entries, and those for which an expression holds', async () => {
    const table = await readTable(hzz, {
      branches: ['MET_px'],
      where: 'NMuon > 1',
      entries: [100, 600],
      weight: 'EventWeight',
    });
    expect(table.columnNames).toEqual(['MET_px', 'EventWeight']);
    expect(table.weight).toBe('EventWeight');
    const all = await readTable(hzz, { branches: ['MET_px', 'NMuon'] });
    expect([...table.numbers('MET_px')]).toEqual([...all.slice(100, 600).filter('NMuon > 1').numbers('MET_px')]);
  });

  test('with an RNTuple is read like one with a tree', async () => {
    const path = join(fixtures, 'rntuple/root-projected.root');
    const file = await open(path);
    expect((await file.keys()).map((key) => [key.name, key.className, key.isTree])).toEqual([
      ['events', 'ROOT::RNTuple', true],
    ]);
    await file.close();
    const table = await readTable(path, { branches: ['E', 'hits.x'], where: 'n_hits > 1', entries: 90 });
    expect(table.columnNames).toEqual(['E', 'hits.x']);
    expect(Array.from(table.numbers('E').subarray(0, 3), Number)).toEqual([1.25, 5, 8.75]);
    expect(table.column('hits.x')).toMatchObject({ kind: 'jagged', offsets: { length: 31, 1: 2, 30: 60 } });
    expect((await readTable(path)).length).toBe(150);
  });

  test('is selected from with constants, which are no branches', async () => {
    const options = { branches: ['MET_px'], where: 'atan2(MET_py, MET_px) > pi / 2' };
    const table = await readTable(hzz, options);
    expect(table.columnNames).toEqual(['MET_px']);
    expect(table.length).toBeGreaterThan(0);
    expect(Math.max(...Array.from(table.numbers('MET_px'), Number))).toBeLessThanOrEqual(0);
  });

  test('that is no ROOT file is told from web pages, pointers and empty files', async () => {
    const told = async (content: string): Promise<unknown> => {
      await writeFile(join(folder, 'odd.root'), content);
      return open(join(folder, 'odd.root')).then(String, String);
    };
    expect(await told(`<!DOCTYPE html><html><body>${'Please log in. '.repeat(9)}</body></html>`)).toMatch(/web page/);
    expect(await told(`version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}`)).toMatch(/git lfs/);
    expect(await told('')).toMatch(/has only 0 bytes/);
    expect(await open(folder).catch(String)).toMatch(/it is a folder/);
    expect(await open('no-such-file.root').catch(String)).toContain(process.cwd());
    expect(await open('~/events.root').catch(String)).toMatch(/write the whole path/);
  });

  test('that is missing, a folder or something else is named as such', async () => {
    await writeFile(
      join(folder, 'notes.root'),
      'not a ROOT file, whatever its name says, with enough text to be as long as one',
    );
    await expect(open(join(folder, 'no.root'))).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('no such file') as string,
    });
    await expect(open(folder)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(open(join(folder, 'notes.root'))).rejects.toMatchObject({ kind: 'bad-file' });
  });

  test('names close trees and branches, and asks which tree when there are several', async () => {
    await expect(readTable(hzz, { tree: 'event' })).rejects.toThrow('Close: "events"');
    await expect(readTable(hzz, { branches: ['NMuons'] })).rejects.toThrow('"NMuon"');
    await expect(readTable(join(fixtures, 'tmva_class_example.root'))).rejects.toThrow('{ tree: "TreeS" }');
    await expect(readTable(hzz, { where: 'NMuon >' })).rejects.toMatchObject({ kind: 'bad-expression' });
    await expect(readTable(hzz, { where: 'NMoun > 1' })).rejects.toMatchObject({ kind: 'bad-expression' });
  });
});

describe('a ROOT file on a web server', () => {
  test('is read by ranges, and few bytes of it', async () => {
    requests = [];
    const table = await readTable(`${address}/HZZ.root`, { branches: ['NMuon', 'Muon_Px'] });
    expect(tableSha256(table)).toBe(tableSha256(await readTable(hzz, { branches: ['NMuon', 'Muon_Px'] })));
    expect(requests.reduce((sum, request) => sum + request.bytes, 0)).toBeLessThan(60_000);
  });

  test('that gives the whole file instead of a range is noticed', async () => {
    await expect(open(`${address}/whole.root`)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('200') as string,
    });
  });

  test('that has no such file, gives other or fewer bytes, or cannot be reached, is noticed', async () => {
    await expect(open(`${address}/missing.root`)).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('404') as string,
    });
    await expect(open(`${address}/shifted.root`)).rejects.toMatchObject({ kind: 'corrupt-data' });
    await expect(open(`${address}/short.root`)).rejects.toMatchObject({ kind: 'corrupt-data' });
    await expect(open('http://127.0.0.1:1/x.root')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('is left alone when reading is cancelled', async () => {
    await expect(open(`${address}/HZZ.root`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });
});
