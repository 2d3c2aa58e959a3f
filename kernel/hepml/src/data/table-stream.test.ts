import { isCygnetError } from '@cygnet/columns';
import { expect, test } from 'vitest';
import { Table, TableStream, tableSha256 } from './index.ts';

const table = Table.from(
  {
    pt: Float32Array.from({ length: 1000 }, (_, i) => i),
    channel: Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? 'e' : 'mu')),
  },
  { name: 'toy', units: { pt: 'GeV' }, weight: 'pt' },
);
const stream = TableStream.fromTable(table, { chunk: 64 });

/** A stream that notes how it was read. */
const observed = (chunks = 5): { readonly log: string[]; readonly stream: TableStream } => {
  const log: string[] = [];
  const open = async function* (signal: AbortSignal): AsyncGenerator<Table> {
    signal.addEventListener('abort', () => log.push('aborted'));
    for (let i = 0; i < chunks; i++) {
      log.push(`chunk ${i}`);
      yield await Promise.resolve(Table.from({ x: [i] }));
    }
  };
  return { log, stream: TableStream.of({ name: 'observed', columnNames: ['x'], open }) };
};

test('a stream is read as the table it came from, any number of times', async () => {
  expect([stream.name, stream.length, stream.columnNames]).toEqual(['toy', 1000, ['pt', 'channel']]);
  const read = await stream.read();
  expect(tableSha256(read)).toBe(tableSha256(table));
  expect([read.units, read.weight]).toEqual([{ pt: 'GeV' }, 'pt']);
  expect(tableSha256(await stream.read())).toBe(tableSha256(table));
  const lengths: number[] = [];
  for await (const chunk of stream) lengths.push(chunk.length);
  expect(lengths.slice(-2)).toEqual([64, 40]);
});

test('what is done to a stream is what is done to the whole table, indices included', async () => {
  const isChosen = (row: { readonly double: number }, index: number): boolean => row.double > 100 && index % 2 === 0;
  const number = (_row: object, index: number): number => index;
  const columns = ['number', 'channel', 'double'];
  const changed = stream
    .rename({ pt: 'p' })
    .derive('double', 'p * 2', { unit: 'GeV' })
    .filter(isChosen)
    .derive('number', number)
    .filter('number < 300')
    .select(columns);
  expect([changed.columnNames, changed.length]).toEqual([columns, undefined]);
  const read = await changed.read();
  const whole = table
    .rename({ pt: 'p' })
    .derive('double', 'p * 2', { unit: 'GeV' })
    .filter(isChosen)
    .derive('number', number)
    .filter('number < 300')
    .select(columns);
  expect(read.length).toBe(300);
  expect(tableSha256(read)).toBe(tableSha256(whole));
  expect(read.units).toEqual({ double: 'GeV' });
});

test('nothing is read before it is asked for, and reading stops when nobody wants more', async () => {
  const { log, stream: lazy } = observed();
  const changed = lazy.filter('x >= 0').derive('y', 'x + 1');
  expect(log).toEqual([]);
  for await (const chunk of changed) if (chunk.numbers('y')[0] === 2) break;
  expect(log).toEqual(['chunk 0', 'chunk 1', 'aborted']);
});

test('a stream is cancelled by a signal, before it begins and between chunks', async () => {
  const { log, stream: lazy } = observed();
  await expect(lazy.read({ signal: AbortSignal.abort() })).rejects.toThrow('Reading observed was cancelled');
  expect(log).toEqual([]);
  const controller = new AbortController();
  const reading = lazy
    .map((chunk) => {
      controller.abort();
      return chunk;
    })
    .read({ signal: controller.signal });
  await expect(reading).rejects.toSatisfy((error) => isCygnetError(error, 'cancelled'));
  expect(log).toEqual(['chunk 0', 'aborted']);
});

test('what cannot be done is said at once', () => {
  expect(() => stream.select(['ptt'])).toThrow('No column "ptt" in the stream of "toy". Close: "pt".');
  expect(() => stream.rename({ p: 'q' })).toThrow('No column "p"');
  expect(() => stream.filter('ptt > 1')).toThrow('Close: "pt"');
  expect(() => stream.derive('x', 'pt +')).toThrow('ends early');
  expect(() => TableStream.fromTable(table, { chunk: 0 })).toThrow(RangeError);
});

test('a map that changes the columns has to say so', async () => {
  const extended = (chunk: Table): Table => chunk.derive('one', '1');
  await expect(stream.map(extended).read()).rejects.toThrow('has the columns pt, channel, one instead of pt, channel');
  const said = stream.map(extended, { columnNames: ['pt', 'channel', 'one'], length: 1000 });
  expect((await said.read()).columnNames).toEqual(said.columnNames);
  expect(said.length).toBe(1000);
});

test('chunks that differ in type are not put together, and no chunk at all is an error', async () => {
  const of = (...chunks: readonly Table[]): TableStream =>
    TableStream.of({ name: 'odd', columnNames: ['x'], open: () => chunksOf(chunks) });
  await expect(of(Table.from({ x: [1] }), Table.from({ x: ['a'] })).read()).rejects.toThrow('type float64');
  await expect(of().read()).rejects.toThrow('no chunk at all');
  expect((await of(Table.from({ x: [] })).read()).length).toBe(0);
});

async function* chunksOf(chunks: readonly Table[]): AsyncGenerator<Table> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
