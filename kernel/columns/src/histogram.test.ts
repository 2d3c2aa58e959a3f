import { describe, expect, test } from 'vitest';
import { automaticRange, fillHistogram, histogram, newHistogram } from './histogram.ts';

describe('a histogram', () => {
  test('counts half-open bins, with what lies outside and what is no number apart', () => {
    const filled = histogram([-1, 0, 0.5, 1, 1.999, 2, Infinity, -Infinity, NaN], { bins: 2, range: [0, 2] });
    expect([...filled.sumW]).toEqual([2, 2]);
    expect(filled.underflow.entries).toBe(2);
    expect(filled.overflow.entries).toBe(2);
    expect(filled.notANumber).toBe(1);
    expect(filled.entries).toBe(9);
  });

  test('sums weights and squared weights, negative ones too', () => {
    const filled = histogram([0.5, 0.5, 1.5, 9], { bins: 2, range: [0, 2], weights: [2, -1, 3, 4] });
    expect([...filled.sumW]).toEqual([1, 3]);
    expect([...filled.sumW2]).toEqual([5, 9]);
    expect(filled.overflow).toEqual({ entries: 1, sumW: 4, sumW2: 16 });
  });

  test('puts every edge into the bin that begins there', () => {
    const edges = newHistogram(70, -0.7, 1.3).edges;
    const filled = histogram(edges, { bins: 70, range: [-0.7, 1.3] });
    expect([...filled.sumW]).toEqual(new Array(70).fill(1));
    expect(filled.overflow.entries).toBe(1);
  });

  test('is filled chunk by chunk as at once, also from 64-bit integers', () => {
    const filled = newHistogram(4, 0, 4);
    fillHistogram(filled, BigInt64Array.of(0n, 1n));
    fillHistogram(filled, Float32Array.of(2, 3));
    expect([...filled.sumW]).toEqual([1, 1, 1, 1]);
  });

  test('finds a range in which all finite values lie', () => {
    const values = Float64Array.of(0.1, 0.7, NaN, Infinity, 0.3);
    const filled = histogram(values, { bins: 10 });
    expect(filled.sumW.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(automaticRange([1, 2, 3, 4], 50)).toEqual([0.5, 50.5]);
    expect(automaticRange([0, 99], 50)).toEqual([-0.5, 99.5]);
    expect(automaticRange([2.5, 2.5], 10)).toEqual([2.375, 2.625]);
    expect(automaticRange([NaN], 10)).toEqual([0, 1]);
  });

  test('refuses impossible bins, ranges and weights', () => {
    expect(() => newHistogram(0, 0, 1)).toThrow(RangeError);
    expect(() => newHistogram(10, 1, 1)).toThrow(RangeError);
    expect(() => newHistogram(10, 0, Infinity)).toThrow(RangeError);
    expect(() => histogram([1, 2], { weights: [1] })).toThrow(RangeError);
  });
});
