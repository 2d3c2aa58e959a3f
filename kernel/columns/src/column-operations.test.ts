import { describe, expect, test } from 'vitest';
import type { Column } from './column.ts';
import {
  columnLength,
  columnTypeName,
  concatColumns,
  flattenColumn,
  sliceColumn,
  takeColumn,
} from './column-operations.ts';

const jagged: Column = {
  kind: 'jagged',
  offsets: Int32Array.of(0, 2, 2, 5),
  content: { kind: 'flat', type: 'int32', values: Int32Array.of(1, 2, 3, 4, 5) },
};
const lists = (column: Column): unknown => {
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
});
