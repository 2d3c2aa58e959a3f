import { describe, expect, test } from 'vitest';
import type { Column } from '../column.ts';
import { recordColumn } from '../column-operations.ts';
import { BadExpression, compileExpression } from './index.ts';

const flat = (...values: readonly number[]): Column => ({
  kind: 'flat',
  type: 'float64',
  values: Float64Array.from(values),
});
const lists = (rows: readonly (readonly number[])[], type: 'float32' | 'bool' = 'float32'): Column => {
  let at = 0;
  const numbers = rows.flat();
  return {
    kind: 'jagged',
    offsets: Int32Array.from([0, ...rows.map((row) => (at += row.length))]),
    content: { kind: 'flat', type, values: type === 'bool' ? Uint8Array.from(numbers) : Float32Array.from(numbers) },
  };
};
const jets = recordColumn({ pt: flat(50, 40, 30, 20), eta: flat(0.5, -1, 2, -3) });
const columns = new Map<string, Column>([
  ['met', flat(10, 20, 30, 40)],
  ['n', flat(0, 1, 2, -1)],
  ['pt', lists([[50, 40, 30], [], [20], [70, 60]])],
  ['eta', lists([[0.5, -1, 2], [], [-3], [1, -2.5]])],
  ['isTight', lists([[1, 0, 1], [], [0], [1, 1]], 'bool')],
  ['match', lists([[2, -1], [0], [], [1, 0, 5]])],
  ['jets', { kind: 'jagged', offsets: Int32Array.of(0, 3, 3, 4, 4), content: jets }],
  ['hits', { kind: 'jagged', offsets: Int32Array.of(0, 2, 2, 3, 4), content: lists([[1, 2], [3], [], [4, 5]]) }],
  ['name', { kind: 'string', values: ['a', 'b', 'c', 'd'] }],
]);
const rowsOf = (column: Column): readonly unknown[] => {
  if (column.kind === 'jagged') {
    const rows = rowsOf(column.content);
    return Array.from({ length: column.offsets.length - 1 }, (_, i) =>
      rows.slice(column.offsets[i], column.offsets[i + 1]),
    );
  }
  return column.kind === 'flat' ? Array.from(column.values, Number) : [];
};
const value = (text: string): readonly unknown[] => rowsOf(compileExpression(text).evaluateColumn(columns, 4));
const failure = (text: string): string => {
  try {
    compileExpression(text).evaluate(columns, 4);
  } catch (error) {
    if (error instanceof BadExpression) return `${error.position}: ${error.message}`;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('lists in expressions', () => {
  test.each<readonly [string, readonly unknown[]]>([
    ['pt / 10', [[5, 4, 3], [], [2], [7, 6]]],
    ['pt + met', [[60, 50, 40], [], [50], [110, 100]]],
    ['met - pt * 2', [[-90, -70, -50], [], [-10], [-100, -80]]],
    ['pt > 35 && abs(eta) < 2', [[1, 1, 0], [], [0], [1, 0]]],
    ['!isTight', [[0, 1, 0], [], [1], [0, 0]]],
    ['pt > 35 ? 1 : -eta', [[1, 1, -2], [], [3], [1, 1]]],
    ['-max(pt, met + 5)', [[-50, -40, -30], [], [-35], [-70, -60]]],
    ['isTight * pt', [[50, 0, 30], [], [0], [70, 60]]],
  ])('%s works item by item', (text, rows) => expect(value(text)).toEqual(rows));

  test.each<readonly [string, readonly number[]]>([
    ['sum(pt)', [120, 0, 20, 130]],
    ['count(pt)', [3, 0, 1, 2]],
    ['mean(pt)', [40, NaN, 20, 65]],
    ['min(pt)', [30, NaN, 20, 60]],
    ['max(abs(eta))', [2, NaN, 3, 2.5]],
    ['argmax(eta)', [2, NaN, 0, 0]],
    ['argmin(eta)', [1, NaN, 0, 1]],
    ['sum(pt > 35)', [2, 0, 0, 2]],
    ['any(isTight)', [1, 0, 0, 1]],
    ['all(isTight)', [0, 1, 0, 1]],
    ['Sum$(pt) / Length$(pt)', [40, NaN, 20, 65]],
    ['Max$(pt) - Min$(pt)', [20, NaN, 0, 10]],
    ['Alt$(Max$(pt), -1)', [50, -1, 20, 70]],
    ['Length$(met) + Sum$(met)', [11, 21, 31, 41]],
    ['sum(pt * (Iteration$ == 0))', [50, 0, 20, 70]],
    ['sum(pt / Length$)', [40, 0, 20, 65]],
  ])('%s makes one number of a list', (text, rows) => expect(value(text)).toEqual(rows));

  test.each<readonly [string, readonly unknown[]]>([
    ['pt[0]', [50, NaN, 20, 70]],
    ['pt[n]', [50, NaN, NaN, NaN]],
    ['pt[count(pt) - 1]', [30, NaN, 20, 60]],
    ['Alt$(pt[1], 0)', [40, 0, 0, 60]],
    ['pt[eta > 0]', [[50, 30], [], [], [70]]],
    ['pt[isTight][1]', [30, NaN, NaN, 60]],
    ['eta[argmax(pt)]', [0.5, NaN, -3, 1]],
    ['pt[Iteration$ < 2]', [[50, 40], [], [20], [70, 60]]],
    ['pt[Length$ - 1 - Iteration$]', [[30, 40, 50], [], [20], [60, 70]]],
    ['pt[match]', [[30, NaN], [NaN], [], [60, 70, NaN]]],
    ['Alt$(pt[match], 0)', [[30, 0], [0], [], [60, 70, 0]]],
    ['sum(pt[match])', [30, 0, 0, 130]],
    ['count(pt[match])', [1, 0, 0, 2]],
  ])('%s chooses items', (text, rows) => expect(value(text)).toEqual(rows));

  test.each<readonly [string, readonly unknown[]]>([
    ['hits * 2', [[[2, 4], [6]], [], [[]], [[8, 10]]]],
    ['sum(hits)', [[3, 3], [], [0], [9]]],
    ['max(sum(hits))', [3, NaN, 0, 9]],
    ['Sum$(hits) + Length$(hits)', [9, 0, 0, 11]],
    ['hits[0]', [[1, 2], [], [], [4, 5]]],
    ['hits[0][1]', [2, NaN, NaN, 5]],
    ['hits[hits > 1]', [[[2], [3]], [], [[]], [[4, 5]]]],
    ['hits - sum(hits)', [[[-2, -1], [0]], [], [[]], [[-5, -4]]]],
    ['hits + met', [[[11, 12], [13]], [], [[]], [[44, 45]]]],
  ])('%s works on lists of lists', (text, rows) => expect(value(text)).toEqual(rows));

  test('of records are reached by their fields', () => {
    expect(value('jets.pt[abs(jets.eta) < 1.5]')).toEqual([[50, 40], [], [], []]);
    expect(failure('jets > 1')).toContain('Choose a field of it: jets.…');
    expect(failure('jets.ptt[0]')).toContain('Close: "jets.pt"');
  });

  test('are gathered over many blocks', () => {
    const entries = 10_000;
    const offsets = Int32Array.from({ length: entries + 1 }, (_, i) => Math.floor((i * i) / entries));
    const content = flat(...Array.from({ length: entries }, (_, i) => i));
    const many = new Map<string, Column>([
      ['x', { kind: 'jagged', offsets, content }],
      ['y', flat(...Array.from({ length: entries }, (_, i) => i))],
    ]);
    const result = compileExpression('x[x % 2 == 1] + y').evaluateColumn(many);
    const wanted: number[][] = Array.from({ length: entries }, () => []);
    for (let i = 0; i < entries; i++) {
      for (let item = offsets[i] as number; item < (offsets[i + 1] as number); item++) {
        if (item % 2 === 1) wanted[i]?.push(item + i);
      }
    }
    expect(rowsOf(result)).toEqual(wanted);
  });
});

describe('what has no value', () => {
  test.each<readonly [string, readonly number[]]>([
    ['pt[1] > 0', [0, 3]],
    ['!(pt[1] > 50)', [0]],
    ['pt[1] != 40', [3]],
    ['pt[1] > 0 || met > 15', [0, 1, 2, 3]],
    ['!(count(pt) > 1 && pt[1] > 50)', [0, 1, 2]],
    ['count(pt) > 1 ? pt[1] < 50 : met > 25', [0, 2]],
    ['min(pt) > 10', [0, 2, 3]],
    ['Alt$(pt[1], 999) > 100', [1, 2]],
  ])('%s: the entry is not chosen, unless the rest decides', (text, entries) => {
    expect([...compileExpression(text).select(columns)]).toEqual(entries);
  });

  test('is NaN as a number and false as a condition', () => {
    expect(value('pt[1] + 1')).toEqual([41, NaN, NaN, 61]);
    expect(value('pt[1] > 0')).toEqual([1, 0, 0, 1]);
  });
});

describe('what makes no sense of lists is refused, and where', () => {
  test.each([
    ['pt > 30', 'It is a list an entry, not one number. Make one of it: any(…)'],
    ['sum(pt + match)', '7: Lists of different lengths (3 and 2 in entry 0)'],
    ['sum(pt[match > 1])', '6: Lists of different lengths'],
    ['sum(met)', '0: sum() of one number needs a list'],
    ['count(pt > 30)', 'sum() for how many hold'],
    ['met[0]', '3: There are no items'],
    ['sum(pt[met > 1])', '6: A condition of the whole entry'],
    ['sum(hits[isTight])', '8: The condition needs a value for each item'],
    ['sum(sum(hits[match]))', '12: Items of lists in lists'],
    ['sum(sum(hits[Iteration$]))', 'Items of lists in lists'],
    ['Iteration$ + 1', 'count in the list beside them'],
    ['sum(Iteration$)', 'needs a list'],
    ['Sum$(Length$)', 'needs a list'],
    ['sum(name)', 'string'],
  ])('%s', (text, message) => expect(failure(text)).toContain(message));
});
