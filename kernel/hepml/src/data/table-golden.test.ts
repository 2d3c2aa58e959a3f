import { readFileSync } from 'node:fs';
import { binSums2D } from '@cygnet/columns';
import type { Histogram } from '@cygnet/columns';
import { expect, test } from 'vitest';
import { eventKeys, hashEventKeys } from './event-keys.ts';
import { Table, TableStream } from './index.ts';

interface GoldenHistogram {
  readonly edges: readonly number[];
  /** Underflow first, overflow last. */
  readonly sumW: readonly number[];
  readonly sumW2: readonly number[];
}
interface Golden {
  readonly columns: { readonly [name: string]: readonly (number | string | null)[] };
  readonly murmurhash3: { readonly [seed: string]: readonly number[] };
  readonly sorted: readonly number[];
  readonly histogram: GoldenHistogram;
  readonly histogramOfEdges: GoldenHistogram;
  readonly histogram2D: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly sumW: readonly number[];
    readonly sumW2: readonly number[];
  };
  readonly describe: { readonly [name: string]: readonly number[] };
  readonly describeWeighted: { readonly [name: string]: readonly number[] };
  readonly groups: readonly (readonly (number | string)[])[];
}

const golden = JSON.parse(readFileSync(new URL('../../fixtures/tables/table.json', import.meta.url), 'utf8')) as Golden;
const numbers = (name: string): readonly number[] =>
  (golden.columns[name] ?? []).map((x) => (x === null ? NaN : Number(x)));
const table = Table.from(
  {
    run: Int32Array.from(numbers('run')),
    lumi: Uint16Array.from(numbers('lumi')),
    event: BigInt64Array.from(numbers('event'), BigInt),
    pt: numbers('pt'),
    eta: numbers('eta'),
    channel: (golden.columns['channel'] ?? []).map(String),
    weight: numbers('weight'),
  },
  { name: 'golden', weight: 'weight', units: { pt: 'GeV' } },
);

const expectClose = (found: Iterable<number>, wanted: Iterable<number>, relative = 1e-12): void => {
  const [a, b] = [[...found], [...wanted]];
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => {
    const scale = Math.max(1, Math.abs(b[i] as number));
    expect(Math.abs(value - (b[i] as number)), `value ${i}: ${value} and ${b[i]}`).toBeLessThanOrEqual(
      relative * scale,
    );
  });
};

const expectHistogram = (found: Histogram, wanted: GoldenHistogram): void => {
  expectClose(found.edges, wanted.edges);
  expectClose([found.underflow.sumW, ...found.sumW, found.overflow.sumW], wanted.sumW);
  expectClose([found.underflow.sumW2, ...found.sumW2, found.overflow.sumW2], wanted.sumW2);
  expect([found.notANumber, found.entries]).toEqual([3, 400]);
};

test('histograms are those of hist, of a table and of a stream alike', async () => {
  const options = { bins: 20, range: [0, 200] } as const;
  expectHistogram(table.histogram('pt', options), golden.histogram);
  expectHistogram(table.histogram('pt', { edges: [0, 10, 25, 60, 200] }), golden.histogramOfEdges);
  const stream = TableStream.fromTable(table, { chunk: 33 });
  expect(await stream.histogram('pt', options)).toEqual(table.histogram('pt', options));
  const doubled = await stream.derive('double', 'pt * 2').histogram('double / 2', { edges: [0, 10, 25, 60, 200] });
  expectHistogram(doubled, golden.histogramOfEdges);
  await expect(stream.histogram('pt', {})).rejects.toThrow('needs { range');
});

test('histograms of two quantities are those of hist, under- and overflow included', async () => {
  const axes = { x: { bins: 8, range: [0, 200] }, y: { edges: [-2.5, -1, 0, 2.5] } } as const;
  const filled = table.histogram2D('pt', 'eta', axes);
  const wanted = golden.histogram2D;
  expectClose(filled.xEdges, wanted.x);
  expectClose(filled.yEdges, wanted.y);
  expectClose(filled.sumW, wanted.sumW);
  expectClose(filled.sumW2, wanted.sumW2);
  expect(binSums2D(filled, -1, 3).sumW).toBe(filled.sumW[4]);
  expect(await TableStream.fromTable(table, { chunk: 50 }).histogram2D('pt', 'eta', axes)).toEqual(filled);
});

test('the hash of an event is MurmurHash3 of its 64-bit numbers, as scikit-learn has it', () => {
  const keys = eventKeys(
    ['run', 'lumi', 'event'].map((name) => [name, table.column(name)] as const),
    table.length,
  );
  for (const seed of [0, 7]) expect([...hashEventKeys(keys, seed)]).toEqual(golden.murmurhash3[seed]);
});

test('sorting is that of numpy.lexsort', () => {
  const sorted = table.sort(['channel', 'lumi', 'event'], { descending: [false, true] });
  expect(Array.from(sorted.numbers('event'), Number)).toEqual(golden.sorted);
});

test('a description gives the numbers of NumPy, with weights too', () => {
  const described = table.describe();
  const weighted = table.derive('size', 'abs(weight)').describe({ weights: 'size' });
  const columns = ['count', 'missing', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];
  const row = (of: Table, name: string, shown: readonly string[]): readonly number[] => {
    const at = (of.column('column') as { readonly values: readonly string[] }).values.indexOf(name);
    return shown.map((column) => Number(of.numbers(column)[at]));
  };
  for (const name of ['pt', 'eta']) {
    expectClose(row(described, name, columns), golden.describe[name] ?? []);
    expectClose(row(weighted, name, ['mean', 'std', '25%', '50%', '75%']), golden.describeWeighted[name] ?? []);
  }
  expect(row(described, 'channel', ['count', 'mean'])).toEqual([400, NaN]);
});

test('groups have the counts, sums, means and extremes of NumPy', () => {
  const grouped = table.groupBy(['run', 'channel']).aggregate({
    events: 'count',
    yield: 'weightedCount',
    there: ['pt', 'count'],
    sum: ['pt', 'sum'],
    mean: ['pt', 'mean'],
    std: ['pt', 'std'],
    min: ['pt', 'min'],
    max: ['pt', 'max'],
    weightedMean: ['pt', 'weightedMean'],
    first: ['event', 'first'],
  });
  const names = grouped.columnNames;
  expect([grouped.length, names[0], names[1]]).toEqual([golden.groups.length, 'run', 'channel']);
  const channel = grouped.column('channel');
  expect(channel.kind === 'string' && channel.values).toEqual(golden.groups.map((row) => row[1]));
  names.forEach((name, at) => {
    if (name === 'channel') return;
    expectClose(
      Array.from(grouped.numbers(name), Number),
      golden.groups.map((row) => Number(row[at])),
    );
  });
  expect(grouped.numbers('first')).toBeInstanceOf(BigInt64Array);
  expect(grouped.units).toEqual({ sum: 'GeV', mean: 'GeV', std: 'GeV', min: 'GeV', max: 'GeV', weightedMean: 'GeV' });
});
