import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  calibration,
  classQuality,
  compareAuc,
  kolmogorovSmirnov,
  precisionRecall,
  regressionQuality,
  rocCurve,
  scoreHistogram,
} from './index.ts';

const folder = new URL('../../fixtures/metrics/', import.meta.url);

interface RocFixture {
  kind: 'roc';
  labels: number[];
  scores: number[];
  weights?: number[];
  aucFromPairs: number;
  aucError: number;
  auc?: number;
  fpr?: number[];
  tpr?: number[];
  cuts?: (number | null)[];
}
interface KsFixture {
  kind: 'ks';
  first: number[];
  second: number[];
  firstWeights?: number[];
  secondWeights?: number[];
  statistic: number;
  pValue: number;
  scipyStatistic?: number;
  scipyExactPValue?: number;
}
interface HistogramFixture {
  kind: 'histogram';
  scores: number[];
  weights: number[];
  edges: number[];
  density: number[];
  densityError: number[];
}
interface Classified {
  labels: number[];
  scores: number[];
  weights: number[];
}
interface PrecisionFixture extends Classified {
  kind: 'precision';
  precision: number[];
  recall: number[];
  cuts: (number | null)[];
  averagePrecision: number;
}
interface CalibrationFixture extends Classified {
  kind: 'calibration';
  strategy: 'uniform' | 'quantile';
  signalFraction: number[];
  meanScore: number[];
  brier: number;
}
interface ComparisonFixture extends Classified {
  kind: 'comparison';
  other: number[];
  difference: number;
  differenceError: number;
  pValue: number;
}
interface ClassesFixture extends Classified {
  kind: 'classes';
  accuracy: number;
  logLoss: number;
  auc: number[];
  confusion: number[][];
}
interface RegressionFixture {
  kind: 'regression';
  truth: number[];
  predicted: number[];
  weights: number[];
  rmse: number;
  mae: number;
  r2: number;
  bias: number;
}
type Fixture =
  | RocFixture
  | KsFixture
  | HistogramFixture
  | PrecisionFixture
  | CalibrationFixture
  | ComparisonFixture
  | ClassesFixture
  | RegressionFixture;

const largestDifference = (ours: ArrayLike<number>, theirs: readonly number[]): number => {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (ours[i] as number))), 0);
};

const checkRoc = (fixture: RocFixture): void => {
  const { labels, scores, weights } = fixture;
  const curve = rocCurve(labels, scores, weights ? { weights } : {});
  expect(Math.abs(curve.auc - fixture.aucFromPairs)).toBeLessThan(1e-12);
  expect(Math.abs(curve.aucError - fixture.aucError)).toBeLessThan(1e-12);
  if (fixture.auc === undefined || !fixture.tpr || !fixture.fpr || !fixture.cuts) return;
  expect(Math.abs(curve.auc - fixture.auc)).toBeLessThan(1e-12);
  expect(largestDifference(curve.signalEfficiency, fixture.tpr)).toBeLessThan(1e-12);
  expect(largestDifference(curve.backgroundEfficiency, fixture.fpr)).toBeLessThan(1e-12);
  expect([...curve.cut].slice(1)).toEqual(fixture.cuts.slice(1).map((cut) => (cut ?? NaN) + 0));
};

const checkKs = (fixture: KsFixture): void => {
  const sample = (values: number[], weights?: number[]) => (weights ? { values, weights } : { values });
  const test = kolmogorovSmirnov(
    sample(fixture.first, fixture.firstWeights),
    sample(fixture.second, fixture.secondWeights),
  );
  expect(Math.abs(test.statistic - fixture.statistic)).toBeLessThan(1e-12);
  expect(Math.abs(test.pValue - fixture.pValue)).toBeLessThan(1e-12);
  if (fixture.scipyStatistic === undefined || fixture.scipyExactPValue === undefined) return;
  expect(Math.abs(test.statistic - fixture.scipyStatistic)).toBeLessThan(1e-12);
  expect(Math.abs(test.pValue - fixture.scipyExactPValue)).toBeLessThan(0.02);
};

const checkHistogram = ({ scores, weights, edges, density, densityError }: HistogramFixture): void => {
  const histogram = scoreHistogram(scores, { weights, edges });
  expect(largestDifference(histogram.density, density)).toBeLessThan(1e-12);
  expect(largestDifference(histogram.densityError, densityError)).toBeLessThan(1e-12);
};

const checkPrecision = ({ labels, scores, weights, ...golden }: PrecisionFixture): void => {
  const curve = precisionRecall(labels, scores, { weights });
  expect(largestDifference(curve.precision, golden.precision)).toBeLessThan(1e-12);
  expect(largestDifference(curve.recall, golden.recall)).toBeLessThan(1e-12);
  expect([...curve.cut].slice(1)).toEqual(golden.cuts.slice(1));
  expect(Math.abs(curve.averagePrecision - golden.averagePrecision)).toBeLessThan(1e-12);
};

const checkCalibration = ({ labels, scores, weights, strategy, ...golden }: CalibrationFixture): void => {
  const curve = calibration(labels, scores, { weights, strategy });
  expect(largestDifference(curve.signalFraction, golden.signalFraction)).toBeLessThan(1e-12);
  expect(largestDifference(curve.meanScore, golden.meanScore)).toBeLessThan(1e-12);
  expect(Math.abs(curve.brier - golden.brier)).toBeLessThan(1e-12);
};

const checkComparison = ({ labels, scores, other, weights, ...golden }: ComparisonFixture): void => {
  const comparison = compareAuc(labels, scores, other, { weights });
  expect(Math.abs(comparison.difference - golden.difference)).toBeLessThan(1e-12);
  expect(Math.abs(comparison.differenceError - golden.differenceError)).toBeLessThan(1e-12);
  expect(Math.abs(comparison.pValue - golden.pValue)).toBeLessThan(1e-12);
};

const checkClasses = ({ labels, scores, weights, ...golden }: ClassesFixture): void => {
  const quality = classQuality({ classes: ['a', 'b', 'c'], labels, scores, weights });
  expect(Math.abs(quality.accuracy - golden.accuracy)).toBeLessThan(1e-12);
  expect(Math.abs(quality.logLoss - golden.logLoss)).toBeLessThan(1e-12);
  expect(largestDifference(Object.values(quality.auc), golden.auc)).toBeLessThan(1e-12);
  expect(largestDifference(quality.confusion.flat(), golden.confusion.flat())).toBeLessThan(1e-12);
};

const checkRegression = ({ truth, predicted, weights, ...golden }: RegressionFixture): void => {
  const quality = regressionQuality(truth, predicted, { weights });
  for (const name of ['rmse', 'mae', 'r2', 'bias'] as const)
    expect(Math.abs(quality[name] - golden[name])).toBeLessThan(1e-12);
  expect(quality.width68 / golden.rmse).toBeCloseTo(1, 0);
};

const check = (fixture: Fixture): void => {
  switch (fixture.kind) {
    case 'roc':
      return checkRoc(fixture);
    case 'ks':
      return checkKs(fixture);
    case 'histogram':
      return checkHistogram(fixture);
    case 'precision':
      return checkPrecision(fixture);
    case 'calibration':
      return checkCalibration(fixture);
    case 'comparison':
      return checkComparison(fixture);
    case 'classes':
      return checkClasses(fixture);
    case 'regression':
      return checkRegression(fixture);
  }
};

describe('golden numbers of scikit-learn, SciPy and NumPy', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(33));
  it.each(files)('are met to 1e-12 in %s', (file) => {
    check(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture);
  });
});
