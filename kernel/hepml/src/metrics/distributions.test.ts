import { describe, expect, it } from 'vitest';
import { commonEdges, efficiency, kolmogorovSmirnov, scoreDistributions, scoreHistogram } from './index.ts';
import { randomSource } from '../data/index.ts';

describe('efficiency', () => {
  it('has the binomial error without weights and the same for equal weights', () => {
    const scores = [0.1, 0.4, 0.6, 0.9, 0.95];
    const plain = efficiency(scores, 0.5);
    expect(plain.value).toBe(0.6);
    expect(plain.error).toBeCloseTo(Math.sqrt((0.6 * 0.4) / 5), 14);
    expect(efficiency(scores, 0.5, { weights: scores.map(() => 3) }).error).toBeCloseTo(plain.error, 14);
  });

  it('covers the truth in 68 +- 3 % of weighted toys', () => {
    const toys = 3000;
    let covered = 0;
    for (let seed = 0; seed < toys; seed++) {
      const random = randomSource(500 + seed);
      const scores = Float64Array.from({ length: 300 }, () => random.uniform());
      const weights = scores.map((x) => (x < 0.3 ? 2 : 1) * (0.5 + random.uniform()));
      const { value, error } = efficiency(scores, 0.6, { weights });
      covered += Number(Math.abs(value - 0.4 / 1.3) < error);
    }
    expect(Math.abs(covered / toys - 0.6827)).toBeLessThan(0.03);
  });
});

describe('scoreHistogram', () => {
  it('has unit area and puts the upper edge in the last bin', () => {
    const { density, events } = scoreHistogram([0, 0.1, 0.5, 1], { bins: 4 });
    expect([...density]).toEqual([2, 0, 1, 1]);
    expect(events).toBe(4);
  });

  it('counts events outside of the edges in the normalisation only', () => {
    const { density } = scoreHistogram([-1, 0.5, 2, 0.6], { edges: [0, 1] });
    expect([...density]).toEqual([0.5]);
  });

  it('refuses edges that do not rise and infinite scores without edges', () => {
    expect(() => scoreHistogram([0.5], { edges: [0, 0, 1] })).toThrow('rise');
    expect(() => scoreHistogram([0.5, Infinity])).toThrow('Infinite scores');
  });

  it('spans [0, 1] for probabilities and the data otherwise', () => {
    expect([...commonEdges([[0.2], [0.4]], { bins: 2 })]).toEqual([0, 0.5, 1]);
    expect([...commonEdges([[-2], [6]], { bins: 2 })]).toEqual([-2, 2, 6]);
  });
});

describe('kolmogorovSmirnov', () => {
  it('gives p-values that are uniform when both samples are alike, weights included', () => {
    const toys = 1500;
    let [below10, below50] = [0, 0];
    for (let seed = 0; seed < toys; seed++) {
      const random = randomSource(77 + seed);
      const sample = (events: number) => ({
        values: Float64Array.from({ length: events }, () => random.normal()),
        weights: Float64Array.from({ length: events }, () => 0.5 + random.uniform()),
      });
      const { pValue } = kolmogorovSmirnov(sample(150), sample(250));
      below10 += Number(pValue < 0.1);
      below50 += Number(pValue < 0.5);
    }
    expect(Math.abs(below10 / toys - 0.1)).toBeLessThan(0.03);
    expect(Math.abs(below50 / toys - 0.5)).toBeLessThan(0.05);
  });

  it('is 1 for identical samples and vanishes for separate ones', () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    expect(kolmogorovSmirnov({ values }, { values })).toMatchObject({ statistic: 0, pValue: 1 });
    const apart = kolmogorovSmirnov({ values }, { values: values.map((x) => x + 100) });
    expect(apart.statistic).toBeCloseTo(1, 12);
    expect(apart.pValue).toBeLessThan(1e-20);
  });
});

describe('scoreDistributions', () => {
  it('bins both classes of both samples alike and tests train against test', () => {
    const random = randomSource(3);
    const sample = (events: number) => {
      const labels = Uint8Array.from({ length: events }, (_, i) => i % 2);
      return { labels, scores: Float32Array.from(labels, (label) => (label + random.uniform()) / 2) };
    };
    const result = scoreDistributions({ train: sample(400), test: sample(200), bins: 10 });
    expect(result.distributions.map(({ role, sample: name, histogram }) => [role, name, histogram.events])).toEqual([
      ['signal', 'test', 100],
      ['background', 'test', 100],
      ['signal', 'train', 200],
      ['background', 'train', 200],
    ]);
    expect(result.distributions.every(({ histogram }) => histogram.edges.length === 11)).toBe(true);
    for (const { test } of result.overtraining) expect(test.pValue).toBeGreaterThan(0.001);
  });
});
