import type { Column, NumericType } from '@cygnet/columns';
import { newNumericArray } from '@cygnet/columns';
import { Table } from '../../src/data/index.ts';

const integerRange: { readonly [type in NumericType]?: readonly [low: bigint, high: bigint] } = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

const integers = (type: NumericType, rows: number): Column => {
  const [low, high] = integerRange[type] ?? [0n, 1n];
  const values = newNumericArray(type, rows);
  for (let i = 0; i < rows; i++) {
    const value = i === 0 ? low : i === 1 ? high : low + ((BigInt(i) * 2_654_435_761_987_654_321n) % (high - low + 1n));
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) values[i] = value;
    else values[i] = Number(value);
  }
  return { kind: 'flat', type, values };
};

const floats = (type: 'float32' | 'float64', rows: number): Column => {
  const values = newNumericArray(type, rows) as Float64Array;
  for (let i = 0; i < rows; i++) values[i] = Math.sin(i) * 10 ** ((i % 60) - 30);
  return { kind: 'flat', type, values };
};

const special = (type: 'float32' | 'float64', rows: number): Column => {
  const values = newNumericArray(type, rows) as Float64Array;
  const some = [NaN, Infinity, -Infinity, -0, 0];
  for (let i = 0; i < rows; i++) values[i] = some[i % some.length] as number;
  return { kind: 'flat', type, values };
};

const words = ['', 'é', 'a,b', 'say "no"', 'line\nbreak', 'Δφ 🦢', ' space ', "it's", 'tab\there', '1', 'true'];

const strings = (rows: number): Column => ({
  kind: 'string',
  values: Array.from({ length: rows }, (_, i) => words[i % words.length] as string),
});

const lists = (rows: number, content: (items: number) => Column): Column => {
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) offsets[i + 1] = (offsets[i] as number) + ((i * 7) % 5);
  return { kind: 'jagged', offsets, content: content(offsets[rows] as number) };
};

const record = (fields: { readonly [name: string]: Column }): Column => ({
  kind: 'record',
  fields: new Map(Object.entries(fields)),
});

const timestamps = (rows: number): Column => ({
  kind: 'flat',
  type: 'timestamp',
  values: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) * 86_399_999_999n - 10n ** 12n),
});

/** A column of every kind that a table can hold, by a name that says which. */
export const everyKind = (rows: number): ReadonlyMap<string, Column> =>
  new Map<string, Column>([
    ['label', { kind: 'flat', type: 'uint8', values: Uint8Array.from({ length: rows }, (_, i) => i % 2) }],
    [
      'bool',
      { kind: 'flat', type: 'bool', values: Uint8Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 1 : 0)) },
    ],
    ...Object.keys(integerRange).map((type): [string, Column] => [type, integers(type as NumericType, rows)]),
    ['float32', floats('float32', rows)],
    ['float64', floats('float64', rows)],
    ['special32', special('float32', rows)],
    ['special64', special('float64', rows)],
    ['timestamp', timestamps(rows)],
    ['string', strings(rows)],
    ['lists', lists(rows, (items) => floats('float32', items))],
    ['whole_lists', lists(rows, (items) => integers('int64', items))],
    ['bool_lists', lists(rows, (items) => ({ kind: 'flat', type: 'bool', values: new Uint8Array(items).fill(1) }))],
    ['deep_lists', lists(rows, (items) => lists(items, (inner) => integers('int16', inner)))],
    ['string_lists', lists(rows, strings)],
    ['record', record({ n: integers('int32', rows), x: floats('float32', rows) })],
    ['particles', lists(rows, (items) => record({ pt: floats('float64', items), q: integers('int8', items) }))],
  ]);

/** These columns of the table of every kind, with roles, units and descriptions. */
export const tableOfKinds = (rows: number, names: readonly string[] = [...everyKind(0).keys()]): Table => {
  const all = everyKind(rows);
  const columns = new Map(names.map((name) => [name, all.get(name) as Column]));
  return Table.from(columns, {
    name: 'every kind',
    ...(names.includes('label') ? { label: 'label' } : {}),
    units: { ...(names.includes('float32') ? { float32: 'GeV' } : {}) },
    descriptions: { ...(names.includes('float64') ? { float64: 'a number of "many" digits' } : {}) },
  });
};
