import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { recordColumn } from './column-operations.ts';
import { allColumnNames, findColumn } from './find-column.ts';

const flat = (...values: readonly number[]): Column => ({
  kind: 'flat',
  type: 'float64',
  values: Float64Array.from(values),
});
const jets: Column = {
  kind: 'jagged',
  offsets: Int32Array.of(0, 1, 3),
  content: recordColumn({ pt: flat(1, 2, 3), vertex: recordColumn({ z: flat(4, 5, 6) }) }),
};
const columns = new Map<string, Column>([
  ['jets', jets],
  ['met', recordColumn({ pt: flat(7, 8) })],
  ['met.phi', flat(9, 10)],
  ['a.b', recordColumn({ c: flat(11, 12) })],
]);

test('fields of records are found by their path, of lists as lists with the same offsets', () => {
  expect(findColumn(columns, 'met.pt')).toEqual(flat(7, 8));
  const pt = findColumn(columns, 'jets.pt');
  expect(pt).toEqual({ kind: 'jagged', offsets: Int32Array.of(0, 1, 3), content: flat(1, 2, 3) });
  expect(pt?.kind === 'jagged' && jets.kind === 'jagged' && pt.offsets === jets.offsets).toBe(true);
  expect(findColumn(columns, 'jets.vertex.z')).toMatchObject({ kind: 'jagged', content: flat(4, 5, 6) });
  expect(findColumn(columns, 'a.b.c')).toEqual(flat(11, 12));
  expect(findColumn(columns, 'met.phi')).toEqual(flat(9, 10));
});

test('what is not there is not found, and all names are known', () => {
  for (const name of ['jets.eta', 'met.pt.x', 'toString', 'jets.', '.pt', 'nothing']) {
    expect(findColumn(columns, name)).toBeUndefined();
  }
  expect(allColumnNames(columns)).toEqual([
    'jets',
    'jets.pt',
    'jets.vertex',
    'jets.vertex.z',
    'met',
    'met.pt',
    'met.phi',
    'a.b',
    'a.b.c',
  ]);
});
