import { expect, test } from 'vitest';
import { Table } from '../data/index.ts';
import { fitStandardiser, fitTableStandardiser, standardise, standardiseTable } from './index.ts';

test('values come out with weighted mean 0 and deviation 1, missing ones as 0', () => {
  const matrix = Float32Array.of(1, 10, 3, NaN, 5, 30);
  const weights = [1, 1, 2];
  const standardiser = fitStandardiser(matrix, ['a', 'b'], { weights });
  expect(standardiser.mean[0]).toBeCloseTo(3.5, 6);
  expect(standardiser.mean[1]).toBeCloseTo((10 + 60) / 3, 5);
  const scaled = standardise(standardiser, matrix);
  const mean = weights.reduce((sum, weight, event) => sum + weight * (scaled[event * 2] as number), 0) / 4;
  const square = weights.reduce((sum, weight, event) => sum + weight * (scaled[event * 2] as number) ** 2, 0) / 4;
  expect(mean).toBeCloseTo(0, 6);
  expect(square).toBeCloseTo(1, 6);
  expect(scaled[3]).toBe(0);
});

test('it survives JSON', () => {
  const matrix = Float32Array.of(1, 2, 4);
  const standardiser = fitStandardiser(matrix, ['a']);
  const copy = JSON.parse(JSON.stringify(standardiser)) as typeof standardiser;
  expect(standardise(copy, matrix)).toEqual(standardise(standardiser, matrix));
});

test('a feature that is constant or missing everywhere is refused by name', () => {
  expect(() => fitStandardiser(Float32Array.of(1, 7, 2, 7), ['a', 'b'])).toThrow(/Feature "b" is constant \(7\)/);
  expect(() => fitStandardiser(Float32Array.of(1, NaN, 2, NaN), ['a', 'b'])).toThrow(/Feature "b" is missing/);
});

test('a table keeps its other columns and roles, and loses the units of what was scaled', () => {
  const table = Table.from(
    { pt: [10, 20, 30, 40], mass: [1, 2, 3, 4], isSignal: [0, 1, 0, 1] },
    { label: 'isSignal', units: { pt: 'GeV', mass: 'GeV' } },
  );
  const scaled = standardiseTable(fitTableStandardiser(table, { features: ['pt'] }), table);
  expect(scaled.units).toEqual({ mass: 'GeV' });
  expect(scaled.label).toBe('isSignal');
  expect(Array.from(scaled.numbers('mass'), Number)).toEqual([1, 2, 3, 4]);
  const pt = Array.from(scaled.numbers('pt'), Number);
  expect(pt.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
  expect(pt[3]).toBeCloseTo(15 / Math.sqrt(125), 5);
});

test('a matrix that is not one of these features is refused', () => {
  const standardiser = fitStandardiser(Float32Array.of(1, 2, 3, 4), ['a', 'b']);
  expect(() => fitStandardiser(new Float32Array(5), ['a', 'b'])).toThrow(/5 numbers does not divide .* 2 features/);
  expect(() => standardise(standardiser, new Float32Array(5))).toThrow(RangeError);
});
