import { describe, expect, it } from 'vitest';
import { randomSource } from '../data/index.ts';
import {
  auc,
  bootstrapAuc,
  brierScore,
  calibration,
  compareAuc,
  kolmogorovSmirnov,
  precisionRecall,
  rocCurve,
} from './index.ts';

const sample = (seed: number, events: number, weight: (random: number) => number = () => 1) => {
  const random = randomSource(seed);
  const labels = Uint8Array.from({ length: events }, () => Number(random.uniform() < 0.4));
  const common = Float64Array.from(labels, (label) => random.normal() + label);
  const own = () => common.map((value) => value + 0.6 * random.normal());
  return { labels, scores: own(), other: own(), weights: common.map(() => weight(random.uniform())) };
};

describe('bootstrapAuc', () => {
  it('agrees with DeLong, weighted or not', () => {
    for (const weight of [() => 1, (random: number) => 0.2 + 2 * random]) {
      const { labels, scores, weights } = sample(1, 3000, weight);
      const curve = rocCurve(labels, scores, { weights });
      const resampled = bootstrapAuc(labels, scores, { weights, replicas: 600, seed: 4 });
      expect(resampled.value).toBe(curve.auc);
      expect(Math.abs(resampled.error / curve.aucError - 1)).toBeLessThan(0.1);
      const [low, high] = resampled.interval;
      expect((high - low) / 2 / curve.aucError).toBeGreaterThan(0.85);
      expect((high - low) / 2 / curve.aucError).toBeLessThan(1.15);
    }
  });

  it('is fixed by its seed and refuses too few replicas', () => {
    const { labels, scores } = sample(2, 300);
    const run = (seed: number) => bootstrapAuc(labels, scores, { seed, replicas: 50 }).error;
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
    expect(() => bootstrapAuc(labels, scores, { replicas: 3 })).toThrow('at least 10');
  });
});

describe('compareAuc', () => {
  it('has uniform p-values for two equally good classifiers, weighted or not', () => {
    for (const weight of [() => 1, (random: number) => 0.2 + 2 * random]) {
      const toys = 2000;
      const pValues = Float64Array.from({ length: toys }, (_, toy) => {
        const { labels, scores, other, weights } = sample(10_000 + toy, 300, weight);
        return compareAuc(labels, scores, other, { weights }).pValue;
      });
      const even = Float64Array.from({ length: 20_000 }, (_, i) => (i + 0.5) / 20_000);
      expect(kolmogorovSmirnov({ values: pValues }, { values: even }).pValue).toBeGreaterThan(0.01);
      expect(Math.abs(pValues.filter((p) => p < 0.05).length / toys - 0.05)).toBeLessThan(0.02);
    }
  });

  it('sees a difference that the errors of the two areas alone would hide', () => {
    const { labels, scores, weights } = sample(3, 4000);
    const random = randomSource(9);
    const worse = scores.map((score) => score + 0.6 * random.normal());
    const { aucA, aucB, difference, z, pValue } = compareAuc(labels, scores, worse, { weights });
    expect(aucA).toBeCloseTo(auc(labels, scores), 12);
    expect(aucB).toBeCloseTo(auc(labels, worse), 12);
    expect(difference / rocCurve(labels, scores).aucError).toBeLessThan(0.7 * z);
    expect(z).toBeGreaterThan(3);
    expect(pValue).toBeLessThan(0.003);
  });

  it('finds no difference between scores that order the events alike', () => {
    const { labels, scores } = sample(4, 200);
    const { difference, pValue } = compareAuc(labels, scores, scores.map(Math.exp));
    expect([Math.abs(difference) < 1e-14, pValue]).toEqual([true, 1]);
  });

  it('refuses scores of other events', () => {
    expect(() => compareAuc([1, 0], [1, 0], [1, 0, 1])).toThrow('3 scores but 2 labels');
    expect(() => compareAuc([1, 0], [1, 0], [0, 1])).toThrow('two effective events');
  });
});

describe('precisionRecall', () => {
  it('starts at full purity and gives the share of signal to a constant score', () => {
    const { precision, recall, averagePrecision } = precisionRecall([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]);
    expect([...precision]).toEqual([1, 0.25]);
    expect([...recall]).toEqual([0, 1]);
    expect(averagePrecision).toBe(0.25);
    expect(precisionRecall([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]).averagePrecision).toBeCloseTo(0.8333, 4);
  });
});

describe('calibration', () => {
  const random = randomSource(5);
  const scores = Float64Array.from({ length: 40_000 }, () => random.uniform());
  const labels = scores.map((score) => Number(random.uniform() < score));

  it('is on the diagonal, within its errors, for true probabilities', () => {
    const { meanScore, signalFraction, signalFractionError, events, brier } = calibration(labels, scores, { bins: 20 });
    const pulls = signalFraction.map(
      (value, i) => (value - (meanScore[i] as number)) / (signalFractionError[i] as number),
    );
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(4);
    expect(pulls.reduce((sum, pull) => sum + pull * pull, 0)).toBeLessThan(45);
    expect(events.reduce((sum, count) => sum + count, 0)).toBe(40_000);
    expect(Math.abs(brier - 1 / 6)).toBeLessThan(0.004);
  });

  it('refuses scores that are no probabilities', () => {
    expect(() => brierScore([1, 0], [2, 0])).toThrow('scores[0] is 2');
    expect(() => calibration([1, 0], [-0.1, 0])).toThrow('needs probabilities');
    expect(brierScore([1, 0], [0.9, 0.2])).toBeCloseTo(0.025, 15);
  });
});
