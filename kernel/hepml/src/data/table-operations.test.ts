import { isCygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { describe, expect, test } from 'vitest';
import { Table, randomSource, tableSha256 } from './index.ts';

const random = randomSource(5);
const many = 2000;
const events = Table.from(
  {
    run: Int32Array.from({ length: many }, (_, i) => 1 + (i % 4)),
    event: BigInt64Array.from({ length: many }, (_, i) => BigInt(i)),
    pt: Float32Array.from({ length: many }, () => random.uniform() * 100),
    label: Uint8Array.from({ length: many }, (_, i) => (i % 10 === 0 ? 1 : 0)),
    weight: Float64Array.from({ length: many }, () => random.uniform()),
    channel: Array.from({ length: many }, (_, i) => ['ee', 'emu', 'mumu'][i % 3] ?? ''),
  },
  { name: 'events', label: 'label', weight: 'weight', units: { pt: 'GeV' } },
);
const numbersOf = (table: Table, name: string): readonly number[] => Array.from(table.numbers(name), Number);
const sorted = (values: Iterable<number>): readonly number[] => [...values].sort((a, b) => a - b);
const kindOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return isCygnetError(error) ? `${error.kind}: ${error.message}` : String(error);
  }
  return 'nothing was thrown';
};

describe('sorting', () => {
  test('keeps the order of equal events and puts NaN last, rising and falling', () => {
    const table = Table.from({ x: [2, NaN, 1, 2, -Infinity, 1], i: [0, 1, 2, 3, 4, 5] });
    expect(numbersOf(table.sort('x'), 'i')).toEqual([4, 2, 5, 0, 3, 1]);
    expect(numbersOf(table.sort('x', { descending: true }), 'i')).toEqual([0, 3, 2, 5, 4, 1]);
    expect(numbersOf(table.sort(['x', 'i'], { descending: [false, true] }), 'i')).toEqual([4, 5, 2, 3, 0, 1]);
  });

  test('goes by 64-bit numbers exactly and refuses lists', () => {
    const table = Table.from({ n: BigInt64Array.of(2n ** 62n + 1n, 2n ** 62n, -1n) });
    expect([...table.sort('n').numbers('n')]).toEqual([-1n, 2n ** 62n, 2n ** 62n + 1n]);
    const lists: Column = { kind: 'jagged', offsets: Int32Array.of(0, 1), content: events.slice(0, 1).column('pt') };
    expect(kindOf(() => Table.from({ lists }).sort('lists'))).toMatch(/^unsupported: .*list of float32 an event/);
  });
});

describe('sampling', () => {
  test('draws different events without replacement, and the seed fixes them', () => {
    const drawn = events.sample({ count: 500, seed: 3 });
    expect(new Set(numbersOf(drawn, 'event')).size).toBe(500);
    expect(tableSha256(drawn)).toBe(tableSha256(events.sample({ fraction: 0.25, seed: 3 })));
    expect(tableSha256(drawn)).not.toBe(tableSha256(events.sample({ count: 500, seed: 4 })));
    expect(sorted(numbersOf(events.sample({ count: many }), 'event'))).toEqual(numbersOf(events, 'event'));
  });

  test('with weights draws events in their proportion', () => {
    const table = Table.from({ i: [0, 1, 2, 3], w: [1, 0, 2, 5] }, { weight: 'w' });
    const drawn = numbersOf(table.sample({ count: 80_000, replace: true, weights: true, seed: 1 }), 'i');
    const shares = [0, 1, 2, 3].map((i) => drawn.filter((one) => one === i).length / 80_000);
    expect(shares[1]).toBe(0);
    [1 / 8, 0, 2 / 8, 5 / 8].forEach((share, i) => expect(Math.abs((shares[i] ?? 0) - share)).toBeLessThan(0.01));
    const firsts = Array.from({ length: 4000 }, (_, seed) =>
      Number(table.sample({ count: 1, weights: 'w', seed }).numbers('i')[0]),
    );
    expect(Math.abs(firsts.filter((i) => i === 3).length / 4000 - 5 / 8)).toBeLessThan(0.03);
    expect(sorted(numbersOf(table.sample({ count: 3, weights: 'w' }), 'i'))).toEqual([0, 2, 3]);
  });

  test('says what cannot be drawn', () => {
    expect(() => events.sample({ count: many + 1 })).toThrow('without replacement');
    expect(() => events.sample({})).toThrow('Say either');
    expect(() => events.sample({ count: 1, fraction: 1 })).toThrow('Say either');
    expect(() => events.sample({ count: 1, weights: '-weight' })).toThrow('not negative');
    expect(() => events.sample({ count: 5, weights: 'event < 4' })).toThrow('Only 4 events');
    expect(() => Table.from({ x: [] }).sample({ count: 1, replace: true })).toThrow('no events');
  });
});

describe('splitting', () => {
  test('by hash puts an event on one side, wherever it is', () => {
    const { train, test: held } = events.split({ test: 0.3, by: 'hash' });
    expect(Math.abs(held.length / many - 0.3)).toBeLessThan(0.03);
    const shuffled = events.shuffle({ seed: 9 }).slice(0, 1000).split({ test: 0.3, by: 'hash' });
    const inTest = new Set(numbersOf(held, 'event'));
    expect(numbersOf(shuffled.test, 'event').every((event) => inTest.has(event))).toBe(true);
    expect(numbersOf(shuffled.train, 'event').some((event) => inTest.has(event))).toBe(false);
    expect(train.length + held.length).toBe(many);
    const other = events.split({ test: 0.3, by: 'hash', seed: 1 }).test;
    expect(tableSha256(other)).not.toBe(tableSha256(held));
  });

  test('by an expression takes what it says', () => {
    const { train, test: held } = events.split({ test: 'event % 4 == 1' });
    expect(numbersOf(held, 'event').every((event) => event % 4 === 1)).toBe(true);
    expect([train.length, held.length]).toEqual([1500, 500]);
    expect(() => events.split({ test: 'event < 0' })).toThrow('would be empty');
  });

  test('keeps the shares of another column, and says what does not go together', () => {
    const { test: held } = events.split({ test: 0.1, stratify: 'channel', seed: 2 });
    const count = (table: Table, channel: string): number =>
      table.filter((row: { channel: string }) => row.channel === channel).length;
    for (const channel of ['ee', 'emu', 'mumu']) {
      expect(count(held, channel)).toBe(Math.round(0.1 * count(events, channel)));
    }
    expect(() => events.split({ test: 0.1, by: 'hash', stratify: true })).toThrow(TypeError);
    const nameless = Table.from({ pt: [1, 2] });
    expect(kindOf(() => nameless.split({ test: 0.5, by: 'hash' }))).toMatch(/^column-not-found: Nothing tells/);
    expect(kindOf(() => nameless.withRoles({ eventId: ['q'] }).split({ test: 0.5, by: 'hash' }))).toContain('"q"');
    const half = Table.from({ event: [1.5, 2] });
    expect(kindOf(() => half.split({ test: 0.5, by: 'hash' }))).toContain('holds 1.5 in event 0');
  });
});

describe('folds', () => {
  test.each(['random', 'hash', 'modulo'] as const)('by %s test each event once, and train on all others', (by) => {
    const folds = events.kFolds(5, { by, seed: 1 });
    expect(folds.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(sorted(folds.flatMap(({ test: held }) => numbersOf(held, 'event')))).toEqual(numbersOf(events, 'event'));
    for (const { train, test: held, testIndices } of folds) {
      expect(train.length + held.length).toBe(many);
      expect(held.length).toBe(testIndices.length);
      const tested = new Set(numbersOf(held, 'event'));
      expect(numbersOf(train, 'event').some((event) => tested.has(event))).toBe(false);
    }
    if (by === 'random')
      expect(folds.map(({ test: held }) => held.labels().reduce((a, b) => a + b))).toEqual([40, 40, 40, 40, 40]);
    if (by === 'modulo')
      expect(numbersOf(folds[3]?.test ?? events, 'event').every((event) => event % 5 === 3)).toBe(true);
  });

  test('by modulo are right for numbers beyond 2^53 and below 0', () => {
    const event = BigInt64Array.of(2n ** 62n + 1n, 2n ** 62n + 2n, -1n, -2n, 5n, 7n);
    const folds = Table.from({ event }).kFolds(3, { by: 'modulo' });
    const remainder = (n: bigint): number => Number(((n % 3n) + 3n) % 3n);
    folds.forEach(({ testIndices }, k) =>
      expect([...testIndices]).toEqual([0, 1, 2, 3, 4, 5].filter((i) => remainder(event[i] ?? 0n) === k)),
    );
  });

  test('need to be two or more, none of them empty', () => {
    expect(() => events.kFolds(1)).toThrow(RangeError);
    expect(() => Table.from({ x: [1, 2] }).kFolds(3)).toThrow('empty fold');
  });
});

describe('joining', () => {
  const scores = Table.from(
    { run: events.column('run'), event: events.column('event'), score: events.column('weight') },
    { name: 'scores', units: { score: '1' } },
  );
  const shuffled = scores.shuffle({ seed: 4 });

  test('in order puts columns side by side without a copy', () => {
    const joined = events.join(scores.select(['score']), { prefix: 'bdt.' });
    expect(joined.numbers('bdt.score')).toBe(events.numbers('weight'));
    expect(joined.units).toEqual({ pt: 'GeV', 'bdt.score': '1' });
    expect([joined.label, joined.weight]).toEqual(['label', 'weight']);
    expect(() => events.join(scores)).toThrow('has a column "run" already');
    expect(() => events.join(scores.slice(1).select(['score']))).toThrow('2000 events, "scores" 1999');
  });

  test('by identity finds each event, in any order and integer type', () => {
    const joined = events.join(shuffled, { on: 'eventId' });
    expect(joined.columnNames).toEqual([...events.columnNames, 'score']);
    expect(numbersOf(joined, 'score')).toEqual(numbersOf(events, 'weight'));
    const other = shuffled.derive('event', 'event').derive('run', 'run');
    expect(numbersOf(events.join(other, { on: ['run', 'event'] }), 'score')).toEqual(numbersOf(events, 'weight'));
  });

  test('says which event is missing or there twice', () => {
    const part = scores.slice(10);
    expect(kindOf(() => events.join(part, { on: 'eventId' }))).toBe(
      `not-found: Table "scores" lacks 10 of the 2000 events of "events", first run 1, event 0 (row 0). To go on without them: { missing: 'drop' }.`,
    );
    const dropped = events.join(part, { on: 'eventId', missing: 'drop' });
    expect(numbersOf(dropped, 'event')).toEqual(numbersOf(events.slice(10), 'event'));
    expect(kindOf(() => events.join(scores.concat(scores.slice(7, 8)), { on: 'eventId' }))).toBe(
      `unsupported: Table "scores" has run 4, event 7 twice, in rows 7 and 2000: it cannot be joined by run, event.`,
    );
    expect(kindOf(() => events.join(scores, { on: ['channel'] }))).toContain('"channel" holds a string an event');
    expect(kindOf(() => events.join(scores, { on: ['label'] }))).toContain('No column "label" in table "scores"');
  });
});

describe('grouping', () => {
  test('orders groups by their keys, keeps NaN as the last group and types of extremes', () => {
    const table = Table.from({ key: [2, NaN, 1, 2, NaN], name: ['b', 'c', 'a', 'd', 'e'], t: [5, 4, 3, 2, NaN] });
    const grouped = table.groupBy('key').aggregate({ n: 'count', last: ['name', 'last'], least: ['t', 'min'] });
    expect(numbersOf(grouped, 'key')).toEqual([1, 2, NaN]);
    expect(numbersOf(grouped, 'n')).toEqual([1, 2, 2]);
    expect(grouped.column('last')).toEqual({ kind: 'string', values: ['a', 'd', 'e'] });
    expect(numbersOf(grouped, 'least')).toEqual([3, 2, 4]);
    expect(table.slice(0, 0).groupBy('key').aggregate({ n: 'count' }).length).toBe(0);
    expect(
      table
        .groupBy([])
        .aggregate({ sum: ['t * 2', 'sum'] })
        .numbers('sum')[0],
    ).toBe(28);
  });

  test('says what cannot be asked', () => {
    const grouped = events.groupBy('channel');
    expect(grouped.length).toBe(3);
    expect(() => grouped.aggregate({ a: ['pt', 'avg'] as never })).toThrow('There is no aggregation "avg"');
    expect(() => grouped.aggregate({ channel: 'count' })).toThrow('a key "channel" already');
    expect(kindOf(() => events.groupBy('run').aggregate({ a: ['channel', 'mean'] }))).toContain('which have no mean');
  });
});

describe('columns and expressions', () => {
  test('are put into a table as they are, with their units', () => {
    const values = Float32Array.from({ length: many }, (_, i) => i);
    const more = events.assign({ pt: values, other: events.evaluate('pt * 2') }, { units: { other: 'GeV' } });
    expect(more.numbers('pt')).toBe(values);
    expect([more.units, more.label, more.columnNames.at(-1)]).toEqual([{ other: 'GeV' }, 'label', 'other']);
    expect(numbersOf(more, 'other')).toEqual(numbersOf(events, 'pt').map((pt) => 2 * pt));
    expect(() => events.assign({ x: [1] })).toThrow(RangeError);
    expect(events.evaluate('pt')).toBe(events.column('pt'));
  });
});

describe('fields of records', () => {
  const muons: Column = {
    kind: 'jagged',
    offsets: Int32Array.of(0, 2, 3),
    content: {
      kind: 'record',
      fields: new Map([['pt', { kind: 'flat', type: 'float32', values: Float32Array.of(30, 20, 50) }]]),
    },
  };
  const table = Table.from({ muons, w: [1, 10] }, { weight: 'w' });

  test('are columns by their path, and weigh as their event does', () => {
    expect(table.column('muons.pt')).toMatchObject({ kind: 'jagged', content: { type: 'float32' } });
    const filled = table.histogram('muons.pt', { bins: 2, range: [0, 60] });
    expect([...filled.sumW]).toEqual([1, 11]);
    expect([...filled.sumW2]).toEqual([1, 101]);
    expect(() => table.column('muons.ptt')).toThrow('Close: "muons.pt"');
    expect(() => table.rename({ 'muons.pt': 'pt' })).toThrow('No column "muons.pt"');
    expect(() => table.histogram2D('muons.pt', 'w')).toThrow('same number of values');
  });
});
