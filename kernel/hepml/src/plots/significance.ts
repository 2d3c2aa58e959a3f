import { significanceFigure, significancePlotMime, type SignificancePlot } from '@cygnet/contract';
import type { CutScan } from '../metrics/index.ts';
import { finiteOrNull, roundTo } from './json-numbers.ts';
import { ShownPlot } from './shown-plot.ts';
import { thinCurve } from './thin-curve.ts';

/**
 * A figure of merit over the cut on a score, with its statistical band, the expected signal and background events, and the
 * best cut. Points are thinned as those of `plots.roc`; the best cut is that of the whole scan.
 * @param scan What `metrics.cutScan` found: plots compute nothing.
 * @param options.name The classifier, for title and axis.
 * @param options.sample What it was tried on, for the caption.
 * @throws TypeError when it is handed something else.
 * @example
 * plots.significance(metrics.cutScan(scores, { signal: 200, background: 20_000 }), { name: 'trees' });
 */
export const significance = (
  scan: CutScan,
  options: {
    readonly name?: string;
    readonly title?: string;
    readonly scoreLabel?: string;
    readonly sample?: string;
  } = {},
): ShownPlot<SignificancePlot> => {
  if (!(scan.value instanceof Float64Array))
    throw new TypeError(
      'plots.significance draws a scan: plots.significance(metrics.cutScan(scores, { signal, background }), { name }).',
    );
  const { name, sample } = options;
  const { title = name ? `Cut on the score of ${name}` : 'Cut scan', scoreLabel = name ? `${name} score` : 'score' } =
    options;
  const payload = payloadOf(scan, { title, scoreLabel, ...(sample === undefined ? {} : { sample }) });
  return new ShownPlot({
    mime: significancePlotMime,
    payload,
    draw: significanceFigure,
    text: [[title, sample].filter(Boolean).join(', '), ...bestText(scan)].join('\n'),
  });
};

const payloadOf = (
  scan: CutScan,
  texts: Pick<SignificancePlot, 'title' | 'scoreLabel' | 'sample'>,
): SignificancePlot => {
  const { best, optimum } = scan;
  // The first point is the infinite cut, which no axis shows.
  const points = thinCurve(scan.signalEfficiency, scan.backgroundEfficiency).filter((i) => i > 0);
  const bestPoint = scan.cut.indexOf(best.cut);
  if (bestPoint > 0 && !points.includes(bestPoint)) points.push(bestPoint);
  points.sort((a, b) => a - b);
  const pick = (values: Float64Array, digits: number): number[] =>
    points.map((i) => roundTo(values[i] as number, digits));
  return {
    ...texts,
    figureLabel: scan.figure,
    cut: pick(scan.cut, 7),
    value: pick(scan.value, 5).map(finiteOrNull),
    valueError: pick(scan.valueError, 3).map(finiteOrNull),
    signal: pick(scan.signal, 5),
    background: pick(scan.background, 5),
    best: { ...best, ...(optimum ? { cutInterval: optimum.cutInterval, optimism: optimum.optimism } : {}) },
  };
};

const bestText = ({ figure, best, optimum }: CutScan): readonly string[] => {
  const percent = (fraction: number): string => `${(100 * fraction).toPrecision(3)} %`;
  return [
    `Best cut: score >= ${best.cut.toPrecision(4)}, ${figure} = ${best.value.toPrecision(4)} ± ${best.valueError.toPrecision(2)}`,
    `Expected there: signal ${best.signal.toPrecision(4)} (${percent(best.signalEfficiency)}), background ${best.background.toPrecision(4)} (${percent(best.backgroundEfficiency)})`,
    ...(optimum
      ? [
          `Bootstrap (${optimum.replicas}): best cut between ${optimum.cutInterval.map((cut) => cut.toPrecision(3)).join(' and ')} in 68 %; choosing it on these events overstates the value by about ${optimum.optimism.toPrecision(2)}`,
        ]
      : []),
  ];
};
