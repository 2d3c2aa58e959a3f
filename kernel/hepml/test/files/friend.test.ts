import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Table } from '../../src/data/index.ts';
import { open, writeFriend } from '../../src/files/index.ts';
import { readTable } from '../../src/root/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cygnet-friend-'));
  await copyFile(resolve(import.meta.dirname, '../../../rootio/fixtures/uproot-HZZ.root'), join(folder, 'HZZ.root'));
});
afterAll(() => rm(folder, { recursive: true }));

test('scores become a friend tree beside the input, an entry each, that says whose friend it is', async () => {
  const input = join(folder, 'HZZ.root');
  const events = await open(input);
  const scores = events
    .stream({ columns: ['MET_px'], chunk: 500 })
    .map((chunk) => Table.from({ score: chunk.numbers('MET_px') }), { columnNames: ['score'] });
  const written = await writeFriend(scores, input, { tree: 'scores' });
  expect(written).toMatchObject({ path: join(folder, 'HZZ.scores.root'), rows: 2421 });
  const friend = await open(written.path);
  expect(friend.tables()).toEqual(['scores']);
  expect(friend.info().facts.provenance?.friendOf).toEqual({ file: input, tree: 'events', entries: 2421 });
  const [ours, theirs] = [await friend.read(), await events.read({ columns: ['MET_px'] })];
  expect([...ours.numbers('score')]).toEqual([...theirs.numbers('MET_px')]);
  await friend.close();
  await events.close();
  const together = await readTable(input, { branches: ['MET_px'], friends: [{ tree: 'scores', files: written.path }] });
  expect(together.columnNames).toEqual(['MET_px', 'score']);
  expect([...together.numbers('score')]).toEqual([...together.numbers('MET_px')]);
});

test('a friend with another number of rows is refused, and nothing stays', async () => {
  const some = Table.from({ score: new Float32Array(2420) });
  await expect(writeFriend(some, join(folder, 'HZZ.root'), { tree: 'short' })).rejects.toMatchObject({
    kind: 'model-mismatch',
    message: expect.stringContaining('2421 entries, not 2420') as string,
  });
  expect((await readdir(folder)).filter((name) => name.includes('short'))).toEqual([]);
});
