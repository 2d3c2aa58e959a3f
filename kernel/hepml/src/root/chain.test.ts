import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCygnetError } from '@cygnet/columns';
import { describe, expect, test } from 'vitest';
import { tableSha256 } from '../data/index.ts';
import type { Table } from '../data/index.ts';
import { readTable, stream } from './index.ts';

const folder = fileURLToPath(new URL('../../fixtures/chain/', import.meta.url));
const file = (name: string): string => join(folder, `${name}.root`);
const parts = [1, 2, 3].map((part) => file(`part-${part}`));
const pattern = join(folder, 'part-*.root');
const tree = 'events';

const numbersOf = (table: Table, name: string): readonly number[] => Array.from(table.numbers(name), Number);
const upTo = (count: number, first = 0): readonly number[] => Array.from({ length: count }, (_, i) => first + i);
const failure = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return isCygnetError(error) ? `${error.kind}: ${error.message}` : String(error);
  }
  return 'nothing was thrown';
};

describe('several ROOT files', () => {
  test('are one table, named one by one or by a pattern', async () => {
    const table = await readTable(pattern, { tree });
    expect([table.name, table.columnNames]).toEqual(['part-1', ['run', 'event', 'pt', 'nhits', 'hits']]);
    expect(numbersOf(table, 'event')).toEqual(upTo(40));
    const each = await Promise.all(parts.map((path) => readTable(path, { tree })));
    expect(tableSha256(table)).toBe(tableSha256(each.reduce((all, next) => all.concat(next))));
    expect(tableSha256(await readTable(parts, { tree }))).toBe(tableSha256(table));
    const twice = await readTable([file('part-3'), join(folder, 'part-{3,1}.root')], { tree });
    expect(numbersOf(twice, 'event')).toEqual([...upTo(5, 35), ...upTo(10), ...upTo(5, 35)]);
  });

  test('are one stream, whose chunks end where files end', async () => {
    const events = await stream(pattern, { tree, chunk: 8, branches: ['pt'], where: 'event % 2 == 0' });
    expect([events.length, events.columnNames]).toEqual([undefined, ['pt']]);
    const lengths: number[] = [];
    for await (const chunk of events) lengths.push(chunk.length);
    expect(lengths).toEqual([4, 1, 4, 4, 4, 1, 2]);
    expect(numbersOf(await events.read(), 'pt')).toEqual(upTo(20).map((i) => 3 * i));
    const counted = await stream(pattern, { tree, chunk: 8, where: 'Entry$ >= 33' });
    expect(numbersOf(await counted.read(), 'event')).toEqual(upTo(7, 33));
  });

  test.each([
    [[0, 40], upTo(40)],
    [[5, 12], upTo(7, 5)],
    [[12, 20], upTo(8, 12)],
    [[34, 99], upTo(6, 34)],
    [[40, 50], []],
    [3, upTo(3)],
  ] as const)('give the entries %j of all of them together', async (entries, events) => {
    expect(numbersOf(await readTable(pattern, { tree, entries, branches: ['event'] }), 'event')).toEqual(events);
  });

  test('have to have the same columns, and none may be missing', async () => {
    expect(await failure(readTable([...parts, file('no-pt')], { tree }))).toBe(
      `column-not-found: ${file('no-pt')} has no "pt", which ${parts[0]} has. Choose branches that all files have: { branches: […] }.`,
    );
    expect(await failure(readTable([...parts, file('no-pt')], { tree, branches: ['pt'] }))).toContain(file('no-pt'));
    expect((await readTable([...parts, file('no-pt')], { tree, branches: ['event'] })).length).toBe(45);
    expect(await failure(readTable([...parts, file('other-pt')], { tree }))).toContain(
      `unsupported: "pt" is int64 in ${file('other-pt')} and float32 in ${parts[0]}.`,
    );
    expect(await failure(readTable(join(folder, 'nothing-*.root')))).toContain('not-found: No file matches');
    expect(await failure(readTable([...parts, file('nowhere')], { tree }))).toContain('there is no such file');
    await expect(readTable([])).rejects.toThrow(RangeError);
  });

  test('are cancelled by either signal', async () => {
    expect(await failure(readTable(pattern, { tree, signal: AbortSignal.abort() }))).toContain('cancelled');
    const events = await stream(pattern, { tree, chunk: 4 });
    expect(await failure(events.read({ signal: AbortSignal.abort() }))).toContain('cancelled');
  });
});

describe('friends', () => {
  const scores = numbersOfScores(40);

  test('are read side by side, their conditions too, however files and chunks are divided', async () => {
    const friends = [{ tree: 'scores', branches: ['score'], prefix: 'bdt.' }];
    const table = await readTable(pattern, { tree, friends });
    expect(table.columnNames).toEqual(['run', 'event', 'pt', 'nhits', 'hits', 'bdt.score']);
    expect(numbersOf(table, 'bdt.score')).toEqual(scores);
    const other = [{ tree: 'scores', files: [file('scores-short'), file('part-3')], branches: ['score'] }];
    const uneven = await stream(parts, { tree, friends: other, chunk: 6, entries: 39, branches: ['event'] });
    expect(uneven.columnNames).toEqual(['event', 'score']);
    expect(numbersOf(await uneven.read(), 'score')).toEqual(scores.slice(0, 39));
    const chosen = await readTable(pattern, {
      tree,
      friends,
      branches: ['pt'],
      where: 'bdt.score > 0.3 && event < 33',
    });
    expect([chosen.columnNames, numbersOf(chosen, 'pt')]).toEqual([['pt', 'bdt.score'], [31, 32].map((i) => 1.5 * i)]);
    const part = await readTable(pattern, { tree, friends, entries: [8, 12] });
    expect(numbersOf(part, 'bdt.score')).toEqual(scores.slice(8, 12));
  });

  test('find their events by identity', async () => {
    const friends = [{ tree: 'scores', files: file('scores-shuffled'), on: 'eventId' as const }];
    for (const chunk of [7, 1000]) {
      const events = await stream(pattern, { tree, friends, chunk, branches: ['pt'] });
      expect(events.columnNames).toEqual(['pt', 'score']);
      const table = await events.read();
      expect(numbersOf(table, 'score')).toEqual(numbersOf(table, 'pt').map((pt) => pt / 1.5 / 100));
    }
    const short = { ...friends[0], files: file('scores-short'), on: ['event'], branches: ['score'] };
    expect(await failure(readTable(pattern, { tree, friends: [short] }))).toContain(
      'not-found: Table "scores" lacks 1 of the',
    );
    const dropped = await readTable(pattern, { tree, friends: [{ ...short, missing: 'drop' }] });
    expect(numbersOf(dropped, 'event')).toEqual(upTo(39));
  });

  test('that do not go along are an error', async () => {
    const short = [{ tree: 'scores', files: file('scores-short'), branches: ['score'] }];
    expect(await failure(readTable(pattern, { tree, friends: short }))).toContain('Friend "scores" has fewer entries');
    expect(await failure(readTable(file('part-1'), { tree, friends: short }))).toContain(
      'Friend "scores" has more entries',
    );
    expect(await failure(readTable(pattern, { tree, friends: [{ tree: 'scores' }] }))).toContain(
      'a column "run" already',
    );
  });
});

function numbersOfScores(count: number): readonly number[] {
  return upTo(count).map((i) => i / 100);
}
