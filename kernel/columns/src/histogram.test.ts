import { describe, expect, test } from 'vitest';
import { automaticRange, fillHistogram, histogram, newHistogram } from './histogram.ts';
import { binSums2D, histogram2D, newHistogram2D } from './histogram-2d.ts';

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

  test('has bins of any widths, found as those of equal width are', () => {
    const edges = [-1, 0, 0.5, 10];
    const filled = histogram([-1, -0.001, 0, 0.5, 9.999, 10, -2], { edges });
    expect([...filled.sumW]).toEqual([2, 1, 2]);
    expect([filled.underflow.entries, filled.overflow.entries]).toEqual([1, 1]);
    const even = Array.from({ length: 31 }, (_, i) => i / 10 - 0.7);
    const values = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 4);
    expect([...histogram(values, { edges: even }).sumW]).toEqual(
      even.slice(1).map((high, i) => values.filter((x) => x >= (even[i] ?? 0) && x < high).length),
    );
    for (const bad of [[], [1], [1, 1], [2, 1], [0, NaN], [0, Infinity]]) {
      expect(() => histogram([1], { edges: bad })).toThrow(RangeError);
    }
  });

  test('refuses impossible bins, ranges and weights', () => {
    expect(() => newHistogram(0, 0, 1)).toThrow(RangeError);
    expect(() => newHistogram(10, 1, 1)).toThrow(RangeError);
    expect(() => newHistogram(10, 0, Infinity)).toThrow(RangeError);
    expect(() => histogram([1, 2], { weights: [1] })).toThrow(RangeError);
  });
});

describe('a histogram of two axes', () => {
  test('keeps what lies outside of either axis beside its bins', () => {
    const filled = histogram2D([0.5, 1.5, -1, 9, NaN, 0.5], [5, 15, 5, -1, 1, 99], {
      x: { bins: 2, range: [0, 2] },
      y: { edges: [0, 10, 20] },
      weights: [1, 2, 3, 4, 5, -1],
    });
    expect([...filled.sumW]).toEqual([0, 3, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, 4, 0, 0, 0]);
    expect(binSums2D(filled, 2, -1)).toEqual({ sumW: 4, sumW2: 16 });
    expect([filled.notANumber, filled.entries]).toEqual([1, 6]);
    expect(() => binSums2D(filled, 3, 0)).toThrow(RangeError);
    expect(() => histogram2D([1], [1, 2])).toThrow(RangeError);
    expect(() => newHistogram2D({}, {})).toThrow('range or edges');
  });
});
