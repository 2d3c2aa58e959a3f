import type { Column } from '@cygnet/columns';
import { describe, expect, it } from 'vitest';
import { branchHistogram, chooseBins } from './branch-histogram.ts';

const flat = (values: number[]): Column => ({ kind: 'flat', type: 'float64', values: Float64Array.from(values) });

describe('branchHistogram', () => {
  it('puts every finite value into a bin and gives mean and standard deviation', () => {
    const { counts, values, notFinite, mean, standardDeviation } = branchHistogram(
      flat([1, 2, 3, 4, Number.NaN, Number.POSITIVE_INFINITY]),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect([values, notFinite, mean]).toEqual([4, 2, 2.5]);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(1.25), 12);
  });

  it('gives integers a bin each', () => {
    const { low, high, counts } = branchHistogram({ kind: 'flat', type: 'int32', values: Int32Array.of(3, 1, 3, 3) });
    expect([low, high, [...counts]]).toEqual([0.5, 3.5, [1, 0, 3]]);
  });

  it('counts all values of lists, and 64-bit integers', () => {
    const content: Column = { kind: 'flat', type: 'int64', values: BigInt64Array.of(1n, 2n, 2n) };
    expect([...branchHistogram({ kind: 'jagged', offsets: Int32Array.of(0, 3, 3), content }).counts]).toEqual([1, 2]);
  });

  it('says why there is nothing to draw', () => {
    expect(() => branchHistogram({ kind: 'string', values: ['a'] })).toThrow('text');
    expect(() => branchHistogram(flat([]))).toThrow('no values');
    expect(() => branchHistogram(flat([Number.NaN]))).toThrow('finite');
  });

  it('keeps huge, tiny and equal values in range', () => {
    for (const values of [
      [1e300, -1e300],
      [1e-300, 2e-300],
      [5, 5],
      [0, 0],
      [1, 1 + Number.EPSILON],
      [-1e15, 1e15],
      [1e16, 1e16 + 2],
    ]) {
      const { counts, low, high } = branchHistogram(flat(values));
      expect(
        counts.reduce((sum, count) => sum + count, 0),
        String(values),
      ).toBe(2);
      expect(high).toBeGreaterThan(low);
    }
  });
});

describe('chooseBins', () => {
  it('takes round widths, about a hundred', () => {
    expect(chooseBins(0.048, 5.49, false)).toEqual({ low: 0, high: 5.5, bins: 110 });
    expect(chooseBins(0, 1000, true)).toEqual({ low: -0.5, high: 1009.5, bins: 101 });
  });
});
