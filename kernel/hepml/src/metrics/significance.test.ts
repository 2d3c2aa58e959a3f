import { describe, expect, it } from 'vitest';
import { randomSource } from '../data/index.ts';
import {
  ams,
  asimovSignificance,
  cutScan,
  expectedYield,
  punzi,
  rocCurve,
  simpleSignificance,
  type CutScanOptions,
} from './index.ts';

describe('figures of merit', () => {
  it('have their reference values', () => {
    expect(ams(100, 1000)).toBeCloseTo(3.096692, 6);
    expect(asimovSignificance(10, 100)).toBeCloseTo(0.983992, 6);
    expect(asimovSignificance(10, 100, { sigmaB: 10 })).toBeCloseTo(0.690196, 6);
    expect(ams(691.99, 410_999.8)).toBeCloseTo(1.07908, 5);
    expect(punzi(0.5, 100)).toBe(0.04);
    expect(punzi(0.5, 100, { nSigma: 2 })).toBeCloseTo(0.5 / 11, 15);
    expect(simpleSignificance(100, 300)).toBe(5);
  });

  it('agree where their definitions do', () => {
    expect(ams(20, 30, { bReg: 0 })).toBeCloseTo(asimovSignificance(20, 30), 12);
    expect(asimovSignificance(20, 30, { sigmaB: 1e-4 })).toBeCloseTo(asimovSignificance(20, 30), 6);
    expect(asimovSignificance(1e-3, 1e6, { sigmaB: 1e4 })).toBeCloseTo(1e-3 / Math.sqrt(1e6 + 1e8), 10);
    // The series of small s and the formula meet.
    const at = (s: number): number => asimovSignificance(s, 1000) / (s / Math.sqrt(1000));
    expect(Math.abs(at(0.9999) - at(1.0001))).toBeLessThan(1e-6);
  });

  it('take the limits of no signal and no background', () => {
    for (const figure of [ams, asimovSignificance, simpleSignificance]) expect(figure(0, 0)).toBe(0);
    expect(asimovSignificance(3, 0)).toBe(Infinity);
    expect(asimovSignificance(3, 0, { sigmaB: 1 })).toBe(0);
    expect(ams(3, 0)).toBeGreaterThan(0);
  });

  it('refuse negative numbers', () => {
    expect(() => ams(-1, 10)).toThrow('-1 expected signal events');
    expect(() => asimovSignificance(1, NaN)).toThrow('NaN expected background events');
    expect(() => asimovSignificance(1, 1, { sigmaB: -1 })).toThrow('sigmaB is 0 or more');
    expect(() => expectedYield({ crossSectionFb: 1, luminosityInvFb: -3 })).toThrow('A luminosity');
  });

  it('come with the yield of a cross-section', () => {
    expect(expectedYield({ crossSectionFb: 48.6, luminosityInvFb: 139, efficiency: 0.1 })).toBeCloseTo(675.54, 10);
  });
});

const sample = (seed: number, events: number, weight = (_signal: number, _random: number): number => 1) => {
  const random = randomSource(seed);
  const labels = Uint8Array.from({ length: events }, (_, i) => i % 2);
  const scores = Float64Array.from(labels, (label) => random.normal() + 2 * label);
  const weights = Float64Array.from(labels, (label) => weight(label, random.uniform()));
  return { labels, scores, weights };
};
const expected: CutScanOptions = { signal: 100, background: 10_000, figure: 'simple', replicas: 50 };

describe('cutScan', () => {
  const events = sample(1, 20_000);
  const scan = cutScan(events, expected);

  it('gives yields and the figure of merit at every cut of the ROC curve', () => {
    const curve = rocCurve(events.labels, events.scores);
    expect(scan.cut).toEqual(curve.cut);
    const i = 7000;
    expect(scan.signal[i]).toBeCloseTo(100 * (curve.signalEfficiency[i] as number), 10);
    expect(scan.value[i]).toBeCloseTo(simpleSignificance(scan.signal[i] as number, scan.background[i] as number), 12);
    expect(scan.signal.at(-1)).toBeCloseTo(100, 10);
  });

  it('finds the best cut of two normal distributions, which is known, within its interval', () => {
    expect(Math.abs(scan.best.value - (scan.optimum?.optimism ?? NaN) - knownBest.value)).toBeLessThan(
      3 * (scan.optimum?.valueError ?? NaN),
    );
    const [low, high] = scan.optimum?.cutInterval ?? [NaN, NaN];
    expect(high - low).toBeGreaterThan(0.02);
    expect(Math.abs((low + high) / 2 - knownBest.cut)).toBeLessThan(2 * (high - low));
  });

  it('has a first-order error that covers the truth at a cut with some hundred background events in 68 +- 4 % of weighted toys', () => {
    let covered = 0;
    const toys = 800;
    const truth = simpleSignificance(100 * upperTail(-0.5), 10_000 * upperTail(1.5));
    for (let seed = 0; seed < toys; seed++) {
      const toy = cutScan(
        sample(100 + seed, 3000, (_, random) => 0.5 + random),
        { ...expected, replicas: 0 },
      );
      const i = toy.cut.findLastIndex((cut) => cut >= 1.5);
      covered += Number(Math.abs((toy.value[i] as number) - truth) < (toy.valueError[i] as number));
    }
    expect(Math.abs(covered / toys - 0.6827)).toBeLessThan(0.04);
  });

  it('knows how much choosing the cut on the same events overstates the result', () => {
    let [stated, excess] = [0, 0];
    const toys = 150;
    for (let seed = 0; seed < toys; seed++) {
      const { best, optimum } = cutScan(sample(4000 + seed, 1500), { ...expected, replicas: 40, seed });
      const [s, b] = [100 * upperTail(best.cut - 2), 10_000 * upperTail(best.cut)];
      excess += (best.value - simpleSignificance(s, b)) / toys;
      stated += (optimum?.optimism ?? NaN) / toys;
    }
    expect(excess).toBeGreaterThan(0.05);
    expect(stated / excess).toBeGreaterThan(0.5);
    expect(stated / excess).toBeLessThan(1.6);
  });

  it('never calls a cut the best one above the last few background events', () => {
    const few = cutScan(sample(3, 400), { ...expected, figure: 'asimov', replicas: 0 });
    expect(few.best.background).toBeGreaterThan((10_000 / 200) * 8);
    expect(few.value[1]).toBe(Infinity);
    expect(() => cutScan(sample(3, 12), { ...expected, largestBackgroundError: 1e-3 })).not.toThrow();
    expect(() => cutScan(sample(3, 12), { ...expected, largestBackgroundError: -1 })).toThrow('No cut leaves');
  });

  it('does the same twice with one seed, and without a bootstrap on a curve', () => {
    expect(cutScan(events, expected)).toEqual(scan);
    const ofCurve = cutScan(rocCurve(events.labels, events.scores), expected);
    expect(ofCurve.best).toEqual(scan.best);
    expect(ofCurve.optimum).toBeUndefined();
  });

  it('does not depend on the normalisation of the weights', () => {
    const scaled = cutScan({ ...events, weights: events.weights.map((w) => 3 * w) }, { ...expected, replicas: 0 });
    expect(scaled.best.value).toBeCloseTo(scan.best.value, 10);
  });

  it('takes other figures of merit, and functions', () => {
    const merit = (options: Partial<CutScanOptions>) => cutScan(events, { ...expected, replicas: 0, ...options });
    expect(merit({ figure: 'asimov' }).best.value).toBeGreaterThan(
      merit({ figure: 'asimov', relativeSigmaB: 0.2 }).best.value,
    );
    expect(merit({ figure: 'ams', bReg: 0 }).best.value).toBeCloseTo(merit({ figure: 'asimov' }).best.value, 10);
    expect(merit({ figure: 'punzi' }).best.value).toBeLessThan(0.1);
    expect(merit({ figure: ({ signal, background }) => signal / background }).figure).toBe('Figure of merit');
    expect(merit({ figure: 'asimov', relativeSigmaB: 0.05 }).figure).toContain('5 %');
    expect(() => merit({ figure: 'best' as 'ams' })).toThrow('asimov, ams, punzi, simple');
    expect(() => merit({ signal: 0 })).toThrow('expected signal events before the cut');
  });

  it('leaves out cuts where negative weights make a negative number of events', () => {
    const signs = sample(5, 6000, (_, random) => (random < 0.2 ? -1 : 1));
    const { best, value } = cutScan(signs, { ...expected, figure: 'asimov' });
    expect(value.some(Number.isNaN)).toBe(true);
    expect(Number.isFinite(best.value)).toBe(true);
  });
});

/** Chance of a standard normal number above x, by Simpson's rule. */
const upperTail = (x: number): number => {
  const steps = 400;
  const width = (9 - x) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++)
    sum += (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * Math.exp(-((x + i * width) ** 2) / 2);
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
};

const knownBest = ((): { cut: number; value: number; signalEfficiency: number; backgroundEfficiency: number } => {
  let found = { cut: 0, value: 0, signalEfficiency: 1, backgroundEfficiency: 1 };
  for (let cut = 0; cut < 4; cut += 0.002) {
    const [signalEfficiency, backgroundEfficiency] = [upperTail(cut - 2), upperTail(cut)];
    const value = simpleSignificance(100 * signalEfficiency, 10_000 * backgroundEfficiency);
    if (value > found.value) found = { cut, value, signalEfficiency, backgroundEfficiency };
  }
  return found;
})();
