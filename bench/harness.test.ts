import { describe, expect, test } from 'vitest';
import type { Benchmark, Sample } from './harness.ts';
import { compare } from './harness.ts';
import { closeTo, median, relativeSpread } from './statistics.ts';
import { figureTable, markdownTable } from './table.ts';

describe('statistics', () => {
  test('the median is the middle value, or the mean of the two middle ones', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  test('the spread is half the interquartile distance over the median', () => {
    expect(relativeSpread([1, 2, 3, 4, 5])).toBeCloseTo(1 / 3, 12);
    expect(relativeSpread([7, 7, 7])).toBe(0);
  });

  test('lists agree within the tolerance only if they have one length and no NaN', () => {
    const agree = closeTo(2e-6);
    expect(agree([0.5, 0.25], [0.500001, 0.25])).toBe(true);
    expect(agree([0.5], [0.50001])).toBe(false);
    expect(agree([0.5], [0.5, 0.5])).toBe(false);
    expect(agree([NaN], [NaN])).toBe(false);
  });
});

/** A benchmark whose times are given: round 0 is the warm-up. */
const scripted = (
  ours: readonly number[],
  theirs: readonly number[],
  results: { ours: unknown; theirs: unknown },
  calls: string[] = [],
): Benchmark => {
  const side = (name: 'ours' | 'theirs', times: readonly number[]) => (round: number) => {
    calls.push(`${name} ${round}`);
    const sample: Sample = { case: 'work', seconds: times[round] as number, cpuSeconds: 1, result: results[name] };
    return Promise.resolve([sample]);
  };
  return {
    name: 'scripted',
    peer: 'a peer',
    notes: [],
    ours: side('ours', ours),
    theirs: side('theirs', theirs),
    agree: (a, b) => a === b,
    close: () => Promise.resolve(),
  };
};

describe('compare', () => {
  const ours = [99, 2, 4, 3, 5, 1];
  const theirs = [99, 6, 6, 6, 60, 6];

  test('gives medians without the warm-up, and ours over the peer as ratio', async () => {
    const rows = await compare(scripted(ours, theirs, { ours: 1, theirs: 1 }), { rounds: 5 });
    expect(rows.map(({ row }) => row)).toEqual([
      { bench: 'scripted', case: 'work', peer: 'a peer', rounds: 5, ours_s: 3, peer_s: 6, ratio: 0.5, agree: true },
    ]);
  });

  test('alternates who goes first', async () => {
    const calls: string[] = [];
    await compare(scripted(ours, theirs, { ours: 1, theirs: 1 }, calls), { rounds: 5 });
    expect(calls.slice(0, 8)).toEqual([
      'ours 0',
      'theirs 0',
      'ours 1',
      'theirs 1',
      'theirs 2',
      'ours 2',
      'ours 3',
      'theirs 3',
    ]);
  });

  test('says so when results differ in any round', async () => {
    const rows = await compare(scripted(ours, theirs, { ours: 1, theirs: 2 }), { rounds: 5 });
    expect(rows[0]?.row.agree).toBe(false);
    expect(markdownTable(rows)).toContain('NO');
  });

  test('refuses fewer than five rounds', async () => {
    await expect(compare(scripted(ours, theirs, { ours: 1, theirs: 1 }), { rounds: 4 })).rejects.toThrow(RangeError);
  });
});

test('the table shows times in fitting units, aligned', async () => {
  const fast = Array.from({ length: 6 }, () => 12e-6);
  const slow = Array.from({ length: 6 }, () => 0.0245);
  const rows = await compare(scripted(fast, slow, { ours: 0, theirs: 0 }), { rounds: 5 });
  const lines = markdownTable(rows).split('\n');
  expect(lines[2]).toContain('12.0 us ± 0 %');
  expect(lines[2]).toContain('24.50 ms ± 0 %');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test('figures without a peer are shown with what they are meant to be at most, aligned', () => {
  const lines = figureTable([
    { case: 'memory', value: 287.6, unit: 'MB', limit: 300 },
    { case: 'interruptible against plain', value: 1.234, unit: 'x' },
  ]).split('\n');
  expect(lines[2]).toMatch(/memory .*\| 288 MB \| 300 MB/);
  expect(lines[3]).toMatch(/1\.23 x \| - /);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
