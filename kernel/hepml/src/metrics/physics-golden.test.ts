import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as metrics from './index.ts';

interface Numeric {
  readonly [name: string]: number[] & number;
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/physics.json', import.meta.url), 'utf8')) as {
  readonly [part: string]: Numeric;
};
const part = (name: string): Numeric => golden[name] as Numeric;
const value = (from: Numeric, name: string): number => from[name] as number;
const list = (from: Numeric, name: string): number[] => from[name] as number[];

describe('golden numbers of scikit-learn, SciPy, NumPy and hep_ml', () => {
  it('partial areas are those of roc_auc_score(max_fpr)', () => {
    const from = part('partialAreas');
    const curve = metrics.rocCurve(list(from, 'labels'), list(from, 'scores'), { weights: list(from, 'weights') });
    list(from, 'limits').forEach((limit, i) => {
      const area = metrics.partialAuc(curve, { maxBackgroundEfficiency: limit });
      expect(area.raw).toBeCloseTo(list(from, 'raw')[i] as number, 10);
      expect(area.standardised).toBeCloseTo(list(from, 'standardised')[i] as number, 10);
    });
  });

  it('the truncated area is that of the Flavours of Physics challenge', () => {
    const from = part('truncatedArea');
    const curve = metrics.rocCurve(list(from, 'labels'), list(from, 'scores'));
    expect(metrics.truncatedAuc(curve)).toBeCloseTo(value(from, 'value'), 8);
  });

  it('curves of several classes and their confusion are those of scikit-learn', () => {
    const from = part('severalClasses');
    const classes = ['a', 'b', 'c'];
    const sample = {
      labels: list(from, 'labels'),
      scores: list(from, 'scores'),
      classes,
      weights: list(from, 'weights'),
    };
    const { curves, meanAuc } = metrics.multiClassRoc(sample);
    list(from, 'oneVsRest').forEach((area, c) => expect(curves[c]?.curve.auc).toBeCloseTo(area, 12));
    expect(meanAuc).toBeCloseTo(curves.reduce((sum, { curve }) => sum + curve.auc, 0) / 3, 12);
    const sums = [0, 1, 2].map((c) => list(from, 'confusion').slice(3 * c, 3 * c + 3));
    metrics.classQuality(sample).confusion.forEach((row, c) => {
      const [total, golden] = [(sums[c] as number[]).reduce((sum, one) => sum + one, 0), sums[c] as number[]];
      row.forEach((share, i) => expect(share).toBeCloseTo((golden[i] as number) / total, 9));
    });
  });

  it('bias, errors and R2 of a regression are those of repeated events', () => {
    const from = part('regression');
    const quality = metrics.regressionQuality(list(from, 'truth'), list(from, 'predictions'), {
      weights: list(from, 'weights'),
    });
    for (const name of ['bias', 'rmse', 'mae', 'r2'] as const) expect(quality[name]).toBeCloseTo(value(from, name), 9);
  });

  it('chi2 of counts is the contingency table of SciPy, of weighted bins the formula of Gagunashvili', () => {
    const from = part('histograms');
    const counts = metrics.compareHistograms({ sums: list(from, 'first') }, { sums: list(from, 'second') });
    expect(counts.degreesOfFreedom).toBe(10);
    expect(counts.chi2).toBeCloseTo(value(from, 'chi2OfCounts'), 9);
    expect(counts.pValue).toBeCloseTo(value(from, 'pOfCounts'), 9);
    const [a, b] = [list(from, 'weightedFirst'), list(from, 'weightedSecond')];
    const weighted = metrics.compareHistograms(
      { sums: a, squares: list(from, 'squaresFirst') },
      { sums: b, squares: list(from, 'squaresSecond') },
    );
    expect(weighted.chi2).toBeCloseTo(value(from, 'chi2'), 9);
    expect(weighted.pValue).toBeCloseTo(value(from, 'pValue'), 9);
    expect(metrics.separation(a, b)).toBeCloseTo(value(from, 'separation'), 12);
    const filled = (bins: number[]) => bins.filter((_, bin) => bin !== 3);
    expect(metrics.populationStability(filled(a), filled(b))).toBeCloseTo(value(from, 'stability'), 10);
  });

  it('correlations and distances are those of NumPy and SciPy', () => {
    const from = part('relations');
    const [x, y, weights] = [list(from, 'x'), list(from, 'y'), list(from, 'weights')];
    expect(metrics.correlations({ x, y }, { weights }).values[1]).toBeCloseTo(value(from, 'pearson'), 12);
    expect(metrics.correlations({ x, y }, { method: 'spearman' }).values[1]).toBeCloseTo(value(from, 'spearman'), 12);
    expect(metrics.distanceCorrelation(x, y, { weights })).toBeCloseTo(value(from, 'distance'), 9);
    const distance = metrics.wassersteinDistance({ values: x, weights }, { values: y, weights: weights.toReversed() });
    expect(distance).toBeCloseTo(value(from, 'wasserstein'), 12);
  });

  it.each(['flatness', 'weightedFlatness'])('%s is that of hep_ml, whose cuts fall between two events', (name) => {
    const from = part(name);
    const ours = metrics.flatness(list(from, 'scores'), list(from, 'mass'), { weights: list(from, 'weights') });
    expect(Math.abs(ours.sde / value(from, 'sde') - 1)).toBeLessThan(0.005);
    expect(Math.abs(ours.theil / value(from, 'theil') - 1)).toBeLessThan(0.04);
    expect(Math.abs(ours.cvm / value(from, 'cvm') - 1)).toBeLessThan(1e-9);
  });

  it('the Cramer-von Mises check is that of the Flavours of Physics challenge', () => {
    const from = part('flavoursCvm');
    expect(metrics.flavoursCvm(list(from, 'scores'), list(from, 'mass'))).toBeCloseTo(value(from, 'value'), 12);
  });
});
