import { describe, expect, it } from 'vitest';
import { randomSource } from '../data/index.ts';
import {
  bootstrapAuc,
  distanceCorrelation,
  flatness,
  multiClassRoc,
  partialAuc,
  responseCurve,
  rocBand,
  rocCurve,
} from './index.ts';

const gaussians = (events: number, seed: number, distance = 1.2) => {
  const random = randomSource(seed);
  const labels = Uint8Array.from({ length: events }, (_, i) => i % 2);
  const scores = Float64Array.from(labels, (label) => random.normal() + distance * label);
  const weights = Float64Array.from(labels, () => 2 * random.uniform());
  return { labels, scores, weights };
};

/** Background efficiency of two unit Gaussians a distance apart, where the signal's is 1/2. */
const chanceAbove = (x: number): number => {
  let sum = 0;
  for (let t = x; t < x + 12; t += 1e-4) sum += 1e-4 * Math.exp(-((t + 5e-5) ** 2) / 2);
  return sum / Math.sqrt(2 * Math.PI);
};

describe('rocBand', () => {
  it('holds the true background efficiency in 68 +- 4 % of weighted toys', () => {
    const truth = chanceAbove(1.2);
    const toys = 500;
    let inside = 0;
    for (let toy = 0; toy < toys; toy++) {
      const { labels, scores, weights } = gaussians(800, toy + 1);
      const band = rocBand(labels, scores, { weights, signalEfficiencies: [0.5], replicas: 150, seed: toy });
      if ((band.low[0] as number) <= truth && truth <= (band.high[0] as number)) inside++;
    }
    expect(Math.abs(inside / toys - 0.6827)).toBeLessThan(0.04 + 2 * Math.sqrt((0.68 * 0.32) / toys));
  });

  it('goes through the curve, holds it, and gives the same twice with one seed', () => {
    const { labels, scores } = gaussians(20_000, 5);
    const band = rocBand(labels, scores, { replicas: 50 });
    expect(band.signalEfficiency).toHaveLength(101);
    expect(band.backgroundEfficiency[100] as number).toBeGreaterThan(0.95);
    for (let i = 10; i < 100; i++) {
      expect(band.low[i] as number).toBeLessThanOrEqual(band.high[i] as number);
      expect(Math.abs((band.backgroundEfficiency[i] as number) - (band.low[i] as number))).toBeLessThan(0.02);
    }
    expect(rocBand(labels, scores, { replicas: 50 }).high).toEqual(band.high);
  });

  it('refuses efficiencies, confidences and replicas that make no sense', () => {
    const { labels, scores } = gaussians(100, 1);
    expect(() => rocBand(labels, scores, { signalEfficiencies: [0.5, 0.3] })).toThrow(/rise within \[0, 1\]/);
    expect(() => rocBand(labels, scores, { confidence: 1 })).toThrow(/Confidence 1/);
    expect(() => rocBand(labels, scores, { replicas: 3 })).toThrow(/at least 10/);
  });
});

describe('resampled areas', () => {
  it('do not change when a tie is broken in the input order, nor with the order of events', () => {
    const { labels, scores, weights } = gaussians(500, 3);
    const rounded = scores.map((score) => Math.round(score));
    const area = bootstrapAuc(labels, rounded, { weights, replicas: 400, seed: 2 });
    expect(area.value).toBeCloseTo(rocCurve(labels, rounded, { weights }).auc, 12);
    expect(Math.abs(area.error / rocCurve(labels, rounded, { weights }).aucError - 1)).toBeLessThan(0.15);
  });
});

describe('other measures', () => {
  it('a classifier that knows nothing has half the area everywhere', () => {
    const diagonal = { signalEfficiency: Float64Array.of(0, 1), backgroundEfficiency: Float64Array.of(0, 1) };
    expect(partialAuc(diagonal, { maxBackgroundEfficiency: 0.3 }).standardised).toBeCloseTo(0.5, 12);
    expect(() => partialAuc(diagonal, { maxBackgroundEfficiency: 0 })).toThrow(/not in \(0, 1\]/);
  });

  it('distance correlation is 1 for a line and small for independent numbers, and sees a circle', () => {
    const random = randomSource(4);
    const x = Float64Array.from({ length: 2000 }, () => random.normal());
    const y = Float64Array.from({ length: 2000 }, () => random.normal());
    expect(
      distanceCorrelation(
        x,
        x.map((value) => 3 - 2 * value),
      ),
    ).toBeCloseTo(1, 12);
    expect(distanceCorrelation(x, y)).toBeLessThan(0.08);
    const angle = x.map((_, i) => (2 * Math.PI * i) / 2000);
    expect(distanceCorrelation(angle.map(Math.cos), angle.map(Math.sin))).toBeGreaterThan(0.1);
    expect(distanceCorrelation(x, new Float64Array(2000))).toBe(0);
    expect(() => distanceCorrelation(x, y, { weights: x })).toThrow(/negative weights/);
  });

  it('flatness does not depend on the order of events nor on splitting events by weight', () => {
    const random = randomSource(6);
    const mass = Float64Array.from({ length: 3000 }, () => random.uniform());
    const scores = mass.map((value) => Math.round(20 * (value + random.normal())) / 20);
    const once = flatness(scores, mass);
    const backwards = flatness(scores.toReversed(), mass.toReversed());
    expect(backwards.cvm).toBeCloseTo(once.cvm, 12);
    expect(backwards.sde).toBeCloseTo(once.sde, 12);
    const twice = flatness(
      Float64Array.from({ length: 6000 }, (_, i) => scores[i >> 1] as number),
      Float64Array.from({ length: 6000 }, (_, i) => mass[i >> 1] as number),
    );
    expect(twice.cvm).toBeCloseTo(once.cvm, 12);
    expect(flatness(scores, mass, { weights: new Float64Array(3000).fill(2) }).theil).toBeCloseTo(once.theil, 12);
    expect(() => flatness(scores, new Float64Array(3000))).toThrow(/too few distinct values/);
  });

  it('the response curve finds scale and resolution of a calorimeter, bin by bin, weights included', () => {
    const random = randomSource(8);
    const truth = Float64Array.from({ length: 20_000 }, () => 10 + 90 * random.uniform());
    const predicted = truth.map((energy) => energy * (0.95 + 0.1 * random.normal()));
    const bins = responseCurve(truth, predicted, { edges: [10, 40, 100], weights: truth.map(() => 2) });
    expect(bins.map(({ events }) => events).reduce((sum, one) => sum + one, 0)).toBe(20_000);
    for (const { response, resolution, responseError, resolutionError } of bins) {
      expect(Math.abs(response - 0.95)).toBeLessThan(4 * responseError);
      expect(Math.abs(resolution - 0.1 / 0.95)).toBeLessThan(4 * resolutionError);
    }
    expect(() => responseCurve([-1, ...truth], [1, ...predicted], { edges: [-5, 100] })).toThrow(
      /positive true values/,
    );
  });

  it('classes are named where sizes do not fit', () => {
    const classes = ['quark', 'gluon', 'b'];
    expect(() => multiClassRoc({ labels: [0, 1, 2], scores: [1, 2], classes })).toThrow(/not 3 events x 3 classes/);
    expect(() => multiClassRoc({ labels: [3], scores: [1, 0, 0], classes })).toThrow(/labels\[0\] is 3/);
    const pairs = multiClassRoc(
      {
        labels: [0, 1, 2, 0, 1, 2],
        scores: [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0, 0, 1],
        classes,
      },
      { mode: 'one-vs-one' },
    );
    expect(pairs.curves.map(({ signal, background }) => `${signal} ${background}`)).toEqual([
      'quark gluon',
      'quark b',
      'gluon quark',
      'gluon b',
      'b quark',
      'b gluon',
    ]);
    expect(pairs.meanAuc).toBe(1);
  });
});
