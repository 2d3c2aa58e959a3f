import type { SignificancePlot } from '../significance-plot.ts';
import { axis, belowLegend, figureConfig, frame, margin } from './frame.ts';
import { plainText, shortNumber, shortText } from './figure-text.ts';
import type { PlotlyFigure, PlotlyObject } from './plotly-figure.ts';
import { paletteColour, withOpacity, type FigureTheme } from './theme.ts';

/**
 * A cut scan as a plotly figure: the figure of merit with a band of one standard deviation, the expected signal and
 * background events on a log axis at the right, the best cut as a line with the interval of the bootstrap behind it.
 * @example
 * const { data, layout } = significanceFigure(plot, lightTheme);
 */
export const significanceFigure = (plot: SignificancePlot, theme: FigureTheme): PlotlyFigure => ({
  data: [
    ...yieldTraces(plot, theme),
    ...bandTrace(plot, merit(theme)),
    valueTrace(plot, merit(theme)),
    bestTrace(plot, theme),
  ],
  layout: frame(
    theme,
    { title: plot.title, caption: captionOf(plot) },
    {
      xaxis: axis(theme, shortText(`Cut: keep ${plot.scoreLabel} ≥`, 48), { range: cutRange(plot), mirror: true }),
      yaxis: axis(theme, shortText(plot.figureLabel, 40), { range: [0, 1.15 * highest(plot)], mirror: false }),
      yaxis2: axis(theme, 'Expected events', {
        overlaying: 'y',
        side: 'right',
        type: 'log',
        range: eventRange(plot),
        dtick: 1,
        showgrid: false,
        mirror: false,
      }),
      shapes: bestShapes(plot, theme),
      showlegend: true,
      legend: belowLegend,
      margin: { ...margin, r: 62, t: 72, b: 100 },
    },
  ),
  config: figureConfig,
});

/** The figure of merit has the third colour: the first two are signal and background. */
const merit = (theme: FigureTheme): string => paletteColour(theme, 2);

const captionOf = ({ best, sample }: SignificancePlot): string => {
  const interval = best.cutInterval ? ` (68 %: ${best.cutInterval.map(shortNumber).join(' to ')})` : '';
  return [
    `${sample ? `${shortText(sample, 24)} · ` : ''}best cut ${shortNumber(best.cut)}${plainText(interval)}: ${withError(best.value, best.valueError)}`,
    `s = ${shortNumber(best.signal)}, b = ${shortNumber(best.background)}`,
  ].join('<br>');
};

/** Two digits of the error, and the value to the same place. */
const withError = (value: number, error: number): string => {
  const decimals = error > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 3;
  return `${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
};

/** Where the figure is known to a third of itself or better: beyond, it is noise of the last events. */
const believable = ({ value, valueError, best }: SignificancePlot): readonly number[] => [
  best.value + best.valueError,
  ...value.flatMap((one, i) => {
    const error = valueError[i] ?? Infinity;
    return one !== null && error < 0.3 * one ? [one + error] : [];
  }),
];

/** Drawn up to a little more than the best value: a few simulated events at the tight end must not squeeze the rest. */
const highest = (plot: SignificancePlot): number =>
  Math.min(
    believable(plot).reduce((largest, value) => Math.max(largest, value), 0),
    1.6 * plot.best.value,
  ) || 1;

const cutRange = ({ cut }: SignificancePlot): readonly [number, number] => {
  const [low, high] = [cut.at(-1) ?? 0, cut[0] ?? 1];
  return low >= 0 && high <= 1 ? [0, 1] : [low, high];
};

const eventRange = ({ signal, background }: SignificancePlot): readonly [number, number] => {
  const top = Math.max(signal.at(-1) ?? 1, background.at(-1) ?? 1, 1);
  const decades = Math.ceil(Math.log10(top) + 0.1);
  return [Math.max(decades - 6, Math.min(-1, decades - 3)), decades];
};

const hoverNumbers = ({ value, valueError, signal, background }: SignificancePlot) =>
  value.map((one, i) => [
    one === null ? 'n/a' : withError(one, valueError[i] ?? 0),
    shortNumber(signal[i] ?? 0),
    shortNumber(background[i] ?? 0),
  ]);

const valueTrace = (plot: SignificancePlot, colour: string): PlotlyObject => ({
  type: 'scatter',
  mode: 'lines',
  name: shortText(plot.figureLabel, 44),
  legendgroup: 'figure',
  line: { color: colour, width: 2.5 },
  x: plot.cut,
  y: plot.value,
  customdata: hoverNumbers(plot),
  hovertemplate:
    'score ≥ %{x:.4~g}<br><b>%{customdata[0]}</b><br>signal %{customdata[1]}<br>background %{customdata[2]}<extra></extra>',
});

const bandTrace = ({ cut, value, valueError }: SignificancePlot, colour: string): readonly PlotlyObject[] => {
  const points = cut.flatMap((x, i) => {
    const [middle, error] = [value[i] ?? null, valueError[i] ?? null];
    return middle === null || error === null ? [] : [{ x, low: Math.max(0, middle - error), high: middle + error }];
  });
  if (points.length < 2) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      fill: 'toself',
      fillcolor: withOpacity(colour, 0.22),
      line: { width: 0, color: colour },
      legendgroup: 'figure',
      showlegend: false,
      hoverinfo: 'skip',
      x: [...points.map(({ x }) => x), ...points.toReversed().map(({ x }) => x)],
      y: [...points.map(({ high }) => high), ...points.toReversed().map(({ low }) => low)].map((y) =>
        Number(y.toPrecision(5)),
      ),
    },
  ];
};

const yieldTraces = (plot: SignificancePlot, theme: FigureTheme): readonly PlotlyObject[] =>
  (['signal', 'background'] as const).map((role, i) => ({
    type: 'scatter',
    mode: 'lines',
    name: `${role} events`,
    yaxis: 'y2',
    line: { color: paletteColour(theme, i), width: 1.5, dash: role === 'signal' ? 'dash' : 'dot' },
    hoverinfo: 'skip',
    x: plot.cut,
    y: plot[role].map((events) => (events > 0 ? events : null)),
  }));

const bestTrace = ({ best }: SignificancePlot, theme: FigureTheme): PlotlyObject => ({
  type: 'scatter',
  mode: 'markers',
  name: 'best cut',
  marker: { color: theme.text, size: 9, symbol: 'diamond' },
  error_y: { type: 'data', array: [best.valueError], color: theme.text, thickness: 1.5, width: 4 },
  x: [best.cut],
  y: [best.value],
  hovertemplate: `best cut ${shortNumber(best.cut)}<br><b>${withError(best.value, best.valueError)}</b><extra></extra>`,
});

const bestShapes = ({ best }: SignificancePlot, theme: FigureTheme): readonly PlotlyObject[] => {
  const upright = { xref: 'x', yref: 'paper', y0: 0, y1: 1, layer: 'below' };
  const line = {
    type: 'line',
    ...upright,
    x0: best.cut,
    x1: best.cut,
    line: { color: theme.muted, width: 1.5, dash: 'dash' },
  };
  if (!best.cutInterval) return [line];
  const [x0, x1] = best.cutInterval;
  return [{ type: 'rect', ...upright, x0, x1, fillcolor: withOpacity(theme.muted, 0.18), line: { width: 0 } }, line];
};
