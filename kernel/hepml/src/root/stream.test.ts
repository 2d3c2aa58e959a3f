import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tableSha256 } from '../data/index.ts';
import { readAhead } from './read-ahead.ts';
import { open, readTable, stream } from './index.ts';

const fixtures = fileURLToPath(new URL('../../../rootio/fixtures/', import.meta.url));
const hzz = join(fixtures, 'uproot-HZZ.root');
const branches = ['NMuon', 'Muon_Px', 'MET_px'];

const lengthsOf = async (chunks: AsyncIterable<{ readonly length: number }>): Promise<readonly number[]> => {
  const lengths: number[] = [];
  for await (const { length } of chunks) lengths.push(length);
  return lengths;
};

describe('a stream of a ROOT tree', () => {
  test.each([0, 1, 3])('gives all entries once, in chunks, with %i chunks read ahead', async (prefetch) => {
    const events = await stream(hzz, { branches, chunk: 1000, prefetch });
    expect([events.length, events.columnNames]).toEqual([2421, branches]);
    expect(await lengthsOf(events)).toEqual([1000, 1000, 421]);
    expect(tableSha256(await events.read())).toBe(tableSha256(await readTable(hzz, { branches })));
  });

  test('is the same from a chunk of one entry to one of all, and by default', async () => {
    const whole = tableSha256(await readTable(hzz, { branches, entries: 40 }));
    for (const chunk of [1, 7, 40, 1e6, undefined]) {
      const events = await stream(hzz, { branches, entries: 40, ...(chunk === undefined ? {} : { chunk }) });
      expect(tableSha256(await events.read())).toBe(whole);
    }
  });

  test('may be gone through again, and left early', async () => {
    const events = await stream(hzz, { branches, chunk: 500 });
    for await (const { length } of events) {
      expect(length).toBe(500);
      break;
    }
    expect((await lengthsOf(events)).length).toBe(5);
  });

  test('keeps the entries for which a condition on other branches holds', async () => {
    const events = await stream(hzz, { branches: ['MET_px'], where: 'NMuon > 1', chunk: 600, entries: [100, 2000] });
    const table = await readTable(hzz, { branches: ['MET_px'], where: 'NMuon > 1', entries: [100, 2000] });
    expect([events.length, events.columnNames]).toEqual([undefined, ['MET_px']]);
    expect(tableSha256(await events.read())).toBe(tableSha256(table));
  });

  test('reads an RNTuple as well, and a range without entries gives one empty chunk', async () => {
    const file = join(fixtures, 'rntuple/uproot-zstd.root');
    const opened = await open(file);
    const tree = (await opened.keys()).find((key) => key.className === 'ROOT::RNTuple')?.path ?? '';
    await opened.close();
    const events = await stream(file, { tree, chunk: 7 });
    expect(tableSha256(await events.read())).toBe(tableSha256(await readTable(file, { tree })));
    expect(await lengthsOf(await stream(file, { tree, entries: 0 }))).toEqual([0]);
  });

  test('can be cancelled, and says what is wrong before it is gone through', async () => {
    const control = new AbortController();
    const events = await stream(hzz, { branches, chunk: 100, signal: control.signal });
    const cancelled = (async () => {
      for await (const _ of events) control.abort();
    })();
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(stream(hzz, { branches: ['Muon_Pt'] })).rejects.toMatchObject({ kind: 'column-not-found' });
    await expect(stream(hzz, { where: 'NMuon >' })).rejects.toMatchObject({ kind: 'bad-expression' });
    await expect(stream(hzz, { chunk: 0 })).rejects.toThrow(/chunk is a number of entries/);
    await expect(stream(hzz, { prefetch: -1 })).rejects.toThrow(/prefetch is a number of chunks/);
  });
});

describe('reading ahead', () => {
  test('begins no more than was asked for, and aborts what nobody waits for', async () => {
    const begun: number[] = [];
    const aborted: number[] = [];
    const read = (item: number, signal: AbortSignal): Promise<number> => {
      begun.push(item);
      signal.addEventListener('abort', () => aborted.push(item));
      return Promise.resolve(item);
    };
    for await (const item of readAhead([0, 1, 2, 3, 4, 5], read, 2)) {
      expect(begun).toEqual([0, 1, 2, 3].slice(0, item + 3));
      if (item === 1) break;
    }
    expect(aborted).toEqual([0, 1, 2, 3]);
  });

  test('gives a failure in its turn', async () => {
    const read = (item: number): Promise<number> =>
      item === 1 ? Promise.reject(new Error('damaged')) : Promise.resolve(item);
    const seen: number[] = [];
    const pass = (async () => {
      for await (const item of readAhead([0, 1, 2], read, 3)) seen.push(item);
    })();
    await expect(pass).rejects.toThrow('damaged');
    expect(seen).toEqual([0]);
  });
});
