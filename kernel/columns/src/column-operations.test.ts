import { describe, expect, test } from 'vitest';
import type { Column } from './column.ts';
import {
  columnLength,
  columnTypeName,
  concatColumns,
  flattenColumn,
  newNumericArray,
  recordColumn,
  sliceColumn,
  takeColumn,
} from './column-operations.ts';

const jagged: Column = {
  kind: 'jagged',
  offsets: Int32Array.of(0, 2, 2, 5),
  content: { kind: 'flat', type: 'int32', values: Int32Array.of(1, 2, 3, 4, 5) },
};
const records: Column = {
  kind: 'jagged',
  offsets: Int32Array.of(0, 2, 2, 3),
  content: recordColumn({
    pt: { kind: 'flat', type: 'float32', values: Float32Array.of(10, 20, 30) },
    tag: { kind: 'string', values: ['b', 'c', 'b'] },
  }),
};
const lists = (column: Column): unknown => {
  if (column.kind === 'record') {
    const fields = [...column.fields].map(([name, field]) => [name, lists(field) as readonly unknown[]] as const);
    return Array.from({ length: columnLength(column) }, (_, i) =>
      Object.fromEntries(fields.map(([name, values]) => [name, values[i]])),
    );
  }
  if (column.kind !== 'jagged') return [...column.values];
  const { offsets, content } = column;
  return Array.from({ length: offsets.length - 1 }, (_, i) =>
    lists(sliceColumn(content, offsets[i] ?? 0, offsets[i + 1] ?? 0)),
  );
};

describe('columns', () => {
  test('tell their length and type', () => {
    expect(columnLength(jagged)).toBe(3);
    expect(columnTypeName(jagged)).toBe('list of int32');
    expect([...(flattenColumn(jagged) ?? [])]).toEqual([1, 2, 3, 4, 5]);
  });

  test('are sliced, with offsets that start at 0 again', () => {
    const part = sliceColumn(jagged, 1, 3);
    expect(part.kind === 'jagged' && [...part.offsets]).toEqual([0, 0, 3]);
    expect(lists(part)).toEqual([[], [3, 4, 5]]);
    expect(lists(sliceColumn(jagged, 2, 2))).toEqual([]);
  });

  test('are taken in any order, entries twice too', () => {
    expect(lists(takeColumn(jagged, [2, 0, 2]))).toEqual([
      [3, 4, 5],
      [1, 2],
      [3, 4, 5],
    ]);
    const large: Column = { kind: 'flat', type: 'int64', values: BigInt64Array.of(1n, 2n ** 60n) };
    expect(lists(takeColumn(large, [1]))).toEqual([2n ** 60n]);
    expect(lists(takeColumn({ kind: 'string', values: ['a', 'b'] }, [1, 1]))).toEqual(['b', 'b']);
  });

  test('are joined when they have one type', () => {
    expect(lists(concatColumns([jagged, sliceColumn(jagged, 0, 1), jagged]))).toEqual([
      [1, 2],
      [],
      [3, 4, 5],
      [1, 2],
      [1, 2],
      [],
      [3, 4, 5],
    ]);
    expect(() => concatColumns([jagged, { kind: 'string', values: ['a'] }])).toThrow(TypeError);
    expect(() => concatColumns([])).toThrow(TypeError);
  });

  test('of records go through all of it, in lists too', () => {
    const first = [
      { pt: 10, tag: 'b' },
      { pt: 20, tag: 'c' },
    ];
    expect(columnTypeName(records)).toBe('list of {pt: float32, tag: string}');
    expect(lists(records)).toEqual([first, [], [{ pt: 30, tag: 'b' }]]);
    expect(lists(sliceColumn(records, 2, 3))).toEqual([[{ pt: 30, tag: 'b' }]]);
    expect(lists(takeColumn(records, [2, 0]))).toEqual([[{ pt: 30, tag: 'b' }], first]);
    expect(lists(concatColumns([sliceColumn(records, 1, 3), records]))).toEqual([
      [],
      [{ pt: 30, tag: 'b' }],
      first,
      [],
      [{ pt: 30, tag: 'b' }],
    ]);
    expect(flattenColumn(records)).toBeUndefined();
    expect(() => recordColumn({ a: records, b: sliceColumn(records, 0, 1) })).toThrow('Field "b" has 1 entries');
    expect(() => recordColumn({})).toThrow('at least one field');
  });

  test('of timestamps are 64-bit integers that know what they are', () => {
    const times: Column = { kind: 'flat', type: 'timestamp', values: BigInt64Array.of(0n, -1n, 2n ** 62n) };
    expect(newNumericArray('timestamp', 1)).toBeInstanceOf(BigInt64Array);
    expect(columnTypeName(takeColumn(times, [1]))).toBe('timestamp');
    expect(lists(concatColumns([takeColumn(times, [2, 1]), times]))).toEqual([2n ** 62n, -1n, 0n, -1n, 2n ** 62n]);
    expect(() => concatColumns([times, { kind: 'flat', type: 'int64', values: BigInt64Array.of(0n) }])).toThrow(
      'Cannot concatenate timestamp and int64',
    );
  });
});
