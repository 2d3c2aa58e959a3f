import { pValueText, scoreFigure, scorePlotMime, type ScorePlot, type ScorePlotHistogram } from '@cygnet/contract';
import type { ClassDistribution, ScoreDistributions } from '../metrics/index.ts';
import { finiteOrNull, roundTo } from './json-numbers.ts';
import { ShownPlot } from './shown-plot.ts';

/**
 * Score distributions of signal and background: test as filled steps, training as points, with Kolmogorov-Smirnov
 * p-values where both are there.
 * @param distributions What `metrics.scoreDistributions` made of the scores: plots compute nothing.
 * @param options.name The classifier, for title and axis.
 * @throws TypeError when it is handed scores instead.
 * @example
 * plots.scores(metrics.scoreDistributions({ test, train }), { name: 'trees' });
 */
export const scores = (
  distributions: ScoreDistributions,
  options: { readonly name?: string; readonly title?: string; readonly scoreLabel?: string } = {},
): ShownPlot<ScorePlot> => {
  if (!Array.isArray(distributions.distributions))
    throw new TypeError(
      'plots.scores draws distributions: plots.scores(metrics.scoreDistributions({ test, train }), { name }).',
    );
  const { name } = options;
  const { title = name ? `Scores of ${name}` : 'Score distributions', scoreLabel = name ? `${name} score` : 'Score' } =
    options;
  const payload: ScorePlot = {
    title,
    scoreLabel,
    edges: Array.from(distributions.edges, (edge) => roundTo(edge, 9)),
    histograms: distributions.distributions.map(plotHistogram),
    ...(distributions.overtraining.length > 0
      ? {
          overtraining: distributions.overtraining.map(({ role, test }) => ({
            role,
            ksPValue: finiteOrNull(test.pValue),
          })),
        }
      : {}),
  };
  const tests = distributions.overtraining.map(
    ({ role, test }) =>
      `${role}: KS p-value train/test ${pValueText(finiteOrNull(test.pValue))} (largest distance ${test.statistic.toPrecision(3)})`,
  );
  const events = payload.histograms.map((histogram) => `${histogram.name}: ${histogram.events} events`);
  return new ShownPlot({
    mime: scorePlotMime,
    payload,
    draw: scoreFigure,
    text: [title, ...events, ...tests].join('\n'),
  });
};

const plotHistogram = ({ role, sample, histogram }: ClassDistribution): ScorePlotHistogram => ({
  name: `${role} (${sample})`,
  role,
  sample,
  density: Array.from(histogram.density, (value) => roundTo(value, 6)),
  densityError: Array.from(histogram.densityError, (value) => roundTo(value, 4)),
  events: histogram.events,
});
