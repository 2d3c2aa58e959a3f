import { describe, expect, it } from 'vitest';
import { auc, delongAuc, rejectionAt, roc, rocCurve } from './index.ts';
import { randomSource } from '../data/index.ts';

/** Signal N(shift, 1) and background N(0, 1), taking turns. */
const gaussians = (seed: number, events: number, shift: number) => {
  const random = randomSource(seed);
  const labels = Uint8Array.from({ length: events }, (_, i) => i % 2);
  return { random, labels, scores: Float64Array.from(labels, (label) => random.normal() + shift * label) };
};

/** Phi(1 / sqrt(2)) and Phi(0.5 / sqrt(2)): areas for unit Gaussians 1 and 0.5 apart. */
const areaApart1 = 0.7602499389065233;
const areaApartHalf = 0.6381631950841185;

describe('rocCurve', () => {
  it('finds the closed form of two Gaussians, AUC = Phi(d / sqrt 2)', () => {
    const { labels, scores } = gaussians(1, 200_000, 1);
    const { value, error } = delongAuc(labels, scores);
    expect(error).toBeLessThan(0.0012);
    expect(Math.abs(value - areaApart1)).toBeLessThan(3 * error);
  });

  it('does not change under rising maps of the score', () => {
    const { labels, scores } = gaussians(2, 5001, 0.7);
    const before = rocCurve(labels, scores);
    for (const map of [(x: number) => 3 * x - 7, Math.exp, Math.atan, (x: number) => x ** 3]) {
      const after = rocCurve(labels, scores.map(map));
      expect(after.auc).toBeCloseTo(before.auc, 13);
      expect(after.aucError).toBeCloseTo(before.aucError, 13);
      expect(after.signalEfficiency).toEqual(before.signalEfficiency);
    }
  });

  it('turns into 1 - AUC when the score is reversed', () => {
    const { labels, scores } = gaussians(3, 3000, 0.7);
    expect(
      auc(
        labels,
        scores.map((x) => -x),
      ),
    ).toBeCloseTo(1 - auc(labels, scores), 13);
  });

  it('treats a weight w like w copies of the event', () => {
    const { random, labels, scores } = gaussians(4, 500, 0.8);
    const weights = Array.from(scores, () => Math.floor(4 * random.uniform()));
    const copies = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i));
    const weighted = rocCurve(labels, scores, { weights });
    const duplicated = rocCurve(
      copies.map((i) => labels[i] as number),
      copies.map((i) => scores[i] as number),
    );
    expect(weighted.auc).toBeCloseTo(duplicated.auc, 13);
    expect([...weighted.cut]).toEqual([...duplicated.cut]);
    weighted.signalEfficiency.forEach((value, i) =>
      expect(value).toBeCloseTo(duplicated.signalEfficiency[i] as number, 13),
    );
    weighted.backgroundEfficiency.forEach((value, i) =>
      expect(value).toBeCloseTo(duplicated.backgroundEfficiency[i] as number, 13),
    );
  });

  it('does not depend on the scale of the weights of either class, nor on the order of events', () => {
    const { random, labels, scores } = gaussians(5, 3000, 0.8);
    const weights = Array.from(scores, () => random.uniform() + 0.1);
    const before = rocCurve(labels, scores, { weights });
    const scaled = weights.map((weight, i) => weight * (labels[i] === 1 ? 1e-3 : 70));
    const after = rocCurve(labels, scores, { weights: scaled });
    const reversed = rocCurve(labels.toReversed(), scores.toReversed(), { weights: weights.toReversed() });
    for (const other of [after, reversed]) {
      expect(other.auc).toBeCloseTo(before.auc, 12);
      expect(other.aucError).toBeCloseTo(before.aucError, 12);
    }
  });

  it('has one point a distinct score and starts with nothing kept', () => {
    const curve = rocCurve([1, 0, 1, 0, 0], [0.7, 0.7, 0.7, 0.2, 0.2]);
    expect([...curve.cut]).toEqual([Infinity, 0.7, 0.2]);
    expect([...curve.signalEfficiency]).toEqual([0, 1, 1]);
    expect([...curve.backgroundEfficiency]).toEqual([0, 1 / 3, 1]);
    expect(curve.backgroundEfficiencyError[1]).toBeCloseTo(Math.sqrt(((1 / 3) * (2 / 3)) / 3), 14);
    expect([curve.signalEvents, curve.backgroundEvents]).toEqual([2, 3]);
  });

  it('calls its error plain DeLong when all weights are equal, with the same value', () => {
    const { labels, scores } = gaussians(8, 300, 1);
    const plain = rocCurve(labels, scores);
    const equal = rocCurve(labels, scores, { weights: new Float64Array(300).fill(2.5) });
    expect(equal.aucErrorMethod).toBe('DeLong');
    expect(equal.aucError).toBeCloseTo(plain.aucError, 13);
  });

  it('gives an area of 0.5 to a constant score and 1 to a perfect one', () => {
    expect(auc([1, 0, 1, 0], [3, 3, 3, 3])).toBe(0.5);
    expect(rocCurve([1, 0, 1, 0], [2, 1, 2, 1])).toMatchObject({ auc: 1, aucError: 0 });
  });

  it('has no error of the area when a class has one event', () => {
    expect(rocCurve([1, 0, 0], [0.5, 0.2, 0.7]).aucError).toBeNaN();
  });

  it('sorts 50,000 float32 scores as the comparing sort does', () => {
    const { labels, scores } = gaussians(6, 50_000, 1);
    const single = Float32Array.from(scores);
    const curve = rocCurve(labels, single);
    expect([...curve.cut.slice(1)]).toEqual([...new Set(single)].sort((a, b) => b - a));
  });

  it.each([
    ['lengths that differ', [1, 0], [0.1], undefined, /1 scores but 2 labels/],
    ['weights of another length', [1, 0], [0.1, 0.2], [1], /2 scores but 1 weights/],
    ['a NaN score', [1, 0], [0.1, NaN], undefined, /scores\[1\] is NaN/],
    ['a NaN weight', [1, 0], [0.1, 0.2], [1, NaN], /weights\[1\] is NaN/],
    ['a label that is neither 0 nor 1', [1, 2], [0.1, 0.2], undefined, /labels\[1\] is 2/],
    ['one class only', [1, 1], [0.1, 0.2], undefined, /No background \(label 0\) among 2 events/],
    ['a class whose weights sum to zero', [1, 0, 1], [0.1, 0.2, 0.3], [1, 1, -1], /weights of signal .* sum to 0/],
    ['no events', [], [], undefined, /no events/],
  ])('refuses %s', (_, labels, scores, weights, message) => {
    expect(() => rocCurve(labels, scores, weights ? { weights } : {})).toThrow(RangeError);
    expect(() => rocCurve(labels, scores, weights ? { weights } : {})).toThrow(message);
  });
});

describe('the error of the area', () => {
  /** Share of toys in which the interval of one standard deviation holds the truth. */
  const coverage = (toys: number, isCovered: (seed: number) => boolean): number =>
    Array.from({ length: toys }, (_, seed) => isCovered(seed)).filter(Boolean).length / toys;

  it('covers the truth in 68 +- 3 % of toys', () => {
    const share = coverage(3000, (seed) => {
      const { labels, scores } = gaussians(1000 + seed, 200, 1);
      const { value, error } = delongAuc(labels, scores);
      return Math.abs(value - areaApart1) < error;
    });
    expect(Math.abs(share - 0.6827)).toBeLessThan(0.03);
  });

  it('covers it in 68 +- 3 % of toys whose signal is made by weights', () => {
    const share = coverage(3000, (seed) => {
      const { labels, scores } = gaussians(9000 + seed, 600, 0);
      // Weights exp(k x - k^2 / 2) turn N(0, 1) into N(k, 1).
      const weights = scores.map((x, i) => (labels[i] === 1 ? Math.exp(0.5 * x - 0.125) : 1));
      const { value, error } = delongAuc(labels, scores, { weights });
      return Math.abs(value - areaApartHalf) < error;
    });
    expect(Math.abs(share - 0.6827)).toBeLessThan(0.03);
  });

  it('covers it in 68 +- 3 % of toys with 15 % of negative weights', () => {
    const share = coverage(3000, (seed) => {
      const { random, labels, scores } = gaussians(40_000 + seed, 400, 1);
      const weights = scores.map(() => (random.uniform() < 0.15 ? -1 : 1));
      const { value, error } = delongAuc(labels, scores, { weights });
      return Math.abs(value - areaApart1) < error;
    });
    expect(Math.abs(share - 0.6827)).toBeLessThan(0.03);
  });
});

describe('rejectionAt', () => {
  it('gives 1 / background efficiency at the first cut that keeps enough signal', () => {
    const { labels, scores } = gaussians(7, 4000, 1);
    const curve = rocCurve(labels, scores);
    const point = rejectionAt(curve, 0.5);
    expect(point.signalEfficiency).toBe(0.5);
    expect(point.rejection).toBeCloseTo(1 / point.backgroundEfficiency, 12);
    // N(1, 1) above its median 1: the background keeps 1 - Phi(1) = 0.158655.
    expect(Math.abs(point.backgroundEfficiency - 0.158655)).toBeLessThan(
      3 * Math.SQRT2 * point.backgroundEfficiencyError,
    );
    expect(point.rejectionError / point.rejection).toBeCloseTo(
      point.backgroundEfficiencyError / point.backgroundEfficiency,
      12,
    );
  });

  it('is infinite where no background is kept, and refuses an efficiency outside of (0, 1]', () => {
    const curve = rocCurve([1, 0], [1, 0]);
    expect(rejectionAt(curve, 1)).toMatchObject({ rejection: Infinity, cut: 1 });
    expect(() => rejectionAt(curve, 50)).toThrow('Signal efficiency 50 is not in (0, 1]. 50 % is 0.5.');
  });
});

describe('roc', () => {
  it('takes scores from a model and truth and weights from a table', async () => {
    const events = {
      labels: () => Uint8Array.of(1, 0, 1),
      weights: () => Float64Array.of(1, 2, 3),
      x: [0.2, 0.4, 0.6],
    };
    const model = { predict: (table: typeof events) => Promise.resolve(Float32Array.from(table.x)) };
    const curve = await roc(model, events);
    expect(curve.auc).toBeCloseTo(0.75, 14);
    expect(curve.aucErrorMethod).toBe('weighted DeLong');
  });
});
