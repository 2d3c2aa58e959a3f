import { expect, test } from 'vitest';
import { fitStandardiser, standardise } from './index.ts';

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
