import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  displaySymbol,
  exampleTrainingProgress,
  isRocPlot,
  isScorePlot,
  isSignificancePlot,
  isTrainingProgress,
  plotlyMime,
  rocPlotMime,
  scorePlotMime,
  significancePlotMime,
  trainingMime,
} from '@cygnet/contract';
import { isCygnetError } from '@cygnet/columns';
import { afterAll, describe, expect, it } from 'vitest';
import { randomSource } from '../data/index.ts';
import { cutScan, rocCurve, scoreDistributions, type CutScan, type ScoreDistributions } from '../metrics/index.ts';
import { findChromium, requireChromium } from './chromium.ts';
import * as plots from './index.ts';
import { thinCurve } from './thin-curve.ts';

const sample = (seed: number, events: number, shift = 1) => {
  const random = randomSource(seed);
  const labels = Uint8Array.from({ length: events }, () => Number(random.uniform() < 0.4));
  return { labels, scores: Float32Array.from(labels, (label) => 1 / (1 + Math.exp(-random.normal() - shift * label))) };
};
const test = sample(1, 6000);
const curve = rocCurve(test.labels, test.scores);
const folder = mkdtempSync(join(tmpdir(), 'cygnet-plots-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Distance of a point from a polyline given by the indices of its corners. */
const distanceToLine = (x: ArrayLike<number>, y: ArrayLike<number>, kept: readonly number[], point: number): number => {
  const right = kept.findIndex((i) => i >= point);
  const to = kept[right] as number;
  if (to === point) return 0;
  const from = kept[right - 1] as number;
  const at = (values: ArrayLike<number>, i: number): number => values[i] as number;
  const [dx, dy] = [at(x, to) - at(x, from), at(y, to) - at(y, from)];
  const [px, py] = [at(x, point) - at(x, from), at(y, point) - at(y, from)];
  const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - along * dx, py - along * dy);
};

describe('thinCurve', () => {
  const large = sample(2, 200_000);
  const whole = rocCurve(large.labels, large.scores);
  const kept = thinCurve(whole.signalEfficiency, whole.backgroundEfficiency);

  it('keeps few points, the ends included, in order', () => {
    expect(whole.cut.length).toBeGreaterThan(190_000);
    expect(kept.length).toBeLessThan(1500);
    expect([kept[0], kept.at(-1)]).toEqual([0, whole.cut.length - 1]);
    expect(kept.every((point, i) => i === 0 || point > (kept[i - 1] as number))).toBe(true);
  });

  it('moves no point by more than the stated bound, in the linear and in the logarithmic view', () => {
    const logarithm = whole.backgroundEfficiency.map((value) => Math.log10(value) / 4);
    for (let i = 0; i < whole.cut.length; i += 37) {
      expect(distanceToLine(whole.backgroundEfficiency, whole.signalEfficiency, kept, i)).toBeLessThanOrEqual(
        plots.thinningBound,
      );
      if ((whole.backgroundEfficiency[i] as number) > 0)
        expect(distanceToLine(whole.signalEfficiency, logarithm, kept, i)).toBeLessThanOrEqual(plots.thinningBound);
    }
  });

  it('moves the area by much less than its error', () => {
    const area = kept.slice(1).reduce((sum, to, i) => {
      const from = kept[i] as number;
      const [b0, b1] = [whole.backgroundEfficiency[from] as number, whole.backgroundEfficiency[to] as number];
      return (
        sum + ((b1 - b0) * ((whole.signalEfficiency[from] as number) + (whole.signalEfficiency[to] as number))) / 2
      );
    }, 0);
    expect(Math.abs(area - whole.auc)).toBeLessThan(2e-4);
  });

  it('copes with a perfect and with a single-step curve', () => {
    expect(thinCurve(Float64Array.of(0, 0.5, 1, 1, 1), Float64Array.of(0, 0, 0, 0.5, 1))).toEqual(
      expect.arrayContaining([0, 2, 3, 4]),
    );
    expect(thinCurve(Float64Array.of(0, 1), Float64Array.of(0, 1))).toEqual([0, 1]);
  });
});

describe('plots.roc', () => {
  const plot = plots.roc([{ name: 'trees', curve }], { sample: 'test' });

  it('shows our payload, a plotly figure and the numbers that matter', () => {
    const bundle = plot[displaySymbol]();
    expect(Object.keys(bundle)).toEqual([rocPlotMime, plotlyMime, 'text/plain']);
    expect(isRocPlot(bundle[rocPlotMime])).toBe(true);
    expect(bundle['text/plain']).toMatch(
      /^ROC curve, test\ntrees: AUC 0\.7\d\d ± 0\.00\d \(DeLong\), background rejection [\d.]+ at 30 %/,
    );
    expect(JSON.stringify(bundle).length).toBeLessThan(150_000);
  });

  it('keeps the area of the whole curve, to the last digit', () => {
    expect(plot.payload.curves[0]?.auc).toBe(curve.auc);
    expect(plot.payload.curves[0]?.aucError).toBe(curve.aucError);
  });

  it('names the events when all curves have the same ones only', () => {
    expect(plot.payload.signalEvents).toBe(curve.signalEvents);
    const other = sample(9, 500);
    const both = plots.roc([
      { name: 'a', curve },
      { name: 'b', curve: rocCurve(other.labels, other.scores) },
    ]);
    expect(both.payload.signalEvents).toBeUndefined();
  });

  it('survives JSON: infinite cuts and missing errors become null', () => {
    const tiny = plots.roc([{ name: 'tiny', curve: rocCurve([1, 0], [1, 0]) }]);
    expect(isRocPlot(JSON.parse(JSON.stringify(tiny.payload)))).toBe(true);
    expect(tiny.payload.curves[0]).toMatchObject({ aucError: null, cut: [null, 1, 0] });
  });

  it('refuses an empty list', () => expect(() => plots.roc([])).toThrow('No curve to draw'));
});

describe('plots.scores', () => {
  it('draws what metrics computed', () => {
    const plot = plots.scores(scoreDistributions({ test, train: sample(3, 9000) }), { name: 'trees' });
    expect(isScorePlot(plot[displaySymbol]()[scorePlotMime])).toBe(true);
    expect(plot.payload.histograms.map(({ name }) => name)).toEqual([
      'signal (test)',
      'background (test)',
      'signal (train)',
      'background (train)',
    ]);
    expect(plot.payload.overtraining?.map(({ role }) => role)).toEqual(['signal', 'background']);
    expect(plot.text).toContain('signal: KS p-value train/test');
  });

  it('says what to do when it is handed scores', () => {
    expect(() => plots.scores({ test } as unknown as ScoreDistributions)).toThrow('metrics.scoreDistributions');
  });
});

describe('plots.significance', () => {
  const scan = cutScan(test, { signal: 100, background: 5000, replicas: 20 });
  const plot = plots.significance(scan, { name: 'trees', sample: 'test' });

  it('draws what metrics computed, thinned, with the best cut of the whole scan', () => {
    const bundle = plot[displaySymbol]();
    expect(Object.keys(bundle)).toEqual([significancePlotMime, plotlyMime, 'text/plain']);
    expect(isSignificancePlot(JSON.parse(JSON.stringify(bundle[significancePlotMime])))).toBe(true);
    expect(plot.payload.cut.length).toBeLessThan(scan.cut.length / 3);
    expect(plot.payload.best).toMatchObject(scan.best);
    expect(plot.payload.cut).toContain(Number(scan.best.cut.toPrecision(7)));
    expect(plot.payload.best.cutInterval).toEqual(scan.optimum?.cutInterval);
    expect(plot.text).toMatch(/^Cut on the score of trees, test\nBest cut: score >= 0\.\d+, Asimov significance Z = /);
    expect(plot.text).toContain('overstates the value');
  });

  it('says what to do when it is handed scores', () => {
    expect(() => plots.significance(test as unknown as CutScan)).toThrow('metrics.cutScan');
  });
});

describe('plots.training', () => {
  it('shows the history as it is', () => {
    const plot = plots.training(exampleTrainingProgress);
    expect(isTrainingProgress(plot[displaySymbol]()[trainingMime])).toBe(true);
    expect(plot.text).toBe(
      'Training of dense-1: running, epoch 2 of 10, loss 0.6600, validation loss 0.6500, validation AUC 0.6700 (tf-eager on CPU, 1.5 s)',
    );
  });
});

describe('saving a plot', () => {
  const hostile = plots.roc([{ name: '</script><script>alert(1)</script>', curve }], { title: '<img src=x>' });

  it('writes one page that fetches nothing and holds the licence of plotly.js', async () => {
    const path = join(folder, 'deep', 'roc.html');
    await hostile.save(path, { theme: 'dark' });
    const page = readFileSync(path, 'utf8');
    expect(page).toContain('Licensed under the MIT license');
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
    expect(page).not.toContain('<script>alert');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['roc.html']);
  });

  it('writes a picture of the asked size, two pixels a point', async () => {
    expect(plots.canRenderPng()).toBe(true);
    const path = join(folder, 'roc.png');
    await hostile.save(path, { width: 400, height: 300 });
    const picture = readFileSync(path);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([800, 600]);
  });

  it('refuses other endings', async () => {
    const error: unknown = await hostile.save(join(folder, 'roc.pdf')).catch((reason: unknown) => reason);
    expect(isCygnetError(error, 'unsupported')).toBe(true);
  });

  it('says what could not be written, and leaves nothing behind', async () => {
    const place = mkdtempSync(join(folder, 'taken-'));
    mkdirSync(join(place, 'roc.html'));
    await expect(hostile.save(join(place, 'roc.html'))).rejects.toThrow(/Cannot write ".*roc\.html"/);
    expect(readdirSync(place)).toEqual(['roc.html']);
  });

  it('says how to get a Chromium where there is none', () => {
    expect(findChromium({ PATH: folder })).toBeUndefined();
    expect(() => requireChromium({ PATH: folder })).toThrow(/apt install chromium.*CYGNET_CHROMIUM/);
    expect(() => requireChromium({ CYGNET_CHROMIUM: '/nowhere' })).toThrow('CYGNET_CHROMIUM=/nowhere');
  });
});

describe('plots.roc', () => {
  it('says what it draws when it is handed something else', () => {
    expect(() => plots.roc(curve as never)).toThrow(/list of named curves/);
    expect(() => plots.roc([{ name: 'trees', roc: curve } as never])).toThrow(/curve: await metrics\.roc/);
    expect(() => plots.roc([])).toThrow(RangeError);
  });
});
