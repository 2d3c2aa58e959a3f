import type { ScorePlot, ScorePlotHistogram } from '../score-plot.ts';
import { axis, belowLegend, figureConfig, frame, margin } from './frame.ts';
import { countText, plainText, pValueText, shortNumber, shortText } from './figure-text.ts';
import type { PlotlyFigure, PlotlyObject } from './plotly-figure.ts';
import { paletteColour, withOpacity, type FigureTheme } from './theme.ts';

/**
 * Score distributions as a plotly figure: test samples as filled steps, training samples as points with error bars,
 * and the Kolmogorov-Smirnov p-values of train against test.
 * @example
 * const { data, layout } = scoreFigure(plot, darkTheme);
 */
export const scoreFigure = (plot: ScorePlot, theme: FigureTheme): PlotlyFigure => {
  const tests = plot.histograms.filter(({ sample }) => sample === 'test');
  const trains = plot.histograms.filter(({ sample }) => sample === 'train');
  const colourOf = (histogram: ScorePlotHistogram): string => roleColour(plot, histogram, theme);
  return {
    data: [
      ...tests.map((histogram) => stepTrace(histogram, plot.edges, colourOf(histogram))),
      ...tests.map((histogram) => pointTrace(histogram, plot.edges, colourOf(histogram))),
      ...trains.map((histogram) => pointTrace(histogram, plot.edges, colourOf(histogram))),
    ],
    layout: frame(
      theme,
      { title: plot.title, caption: captionOf(plot) },
      {
        xaxis: axis(theme, shortText(plot.scoreLabel, 40), {
          range: [plot.edges[0] ?? 0, plot.edges.at(-1) ?? 1],
        }),
        yaxis: axis(theme, 'Events / bin width (normalised)', { range: [0, 1.12 * highest(plot)] }),
        showlegend: true,
        legend: belowLegend,
        margin: { ...margin, b: 100 },
      },
    ),
    config: figureConfig,
  };
};

/** Signal has the first colour of the palette, background the second, other samples the following ones. */
const roleColour = (plot: ScorePlot, histogram: ScorePlotHistogram, theme: FigureTheme): string => {
  if (histogram.role === 'signal') return paletteColour(theme, 0);
  if (histogram.role === 'background') return paletteColour(theme, 1);
  const others = plot.histograms.filter(({ role, sample }) => role === 'other' && sample === histogram.sample);
  return paletteColour(theme, 2 + Math.max(0, others.indexOf(histogram)));
};

const highest = ({ histograms }: ScorePlot): number =>
  histograms
    .flatMap(({ density, densityError, sample }) =>
      density.map((value, i) => value + (sample === 'train' ? (densityError[i] ?? 0) : 0)),
    )
    .reduce((largest, value) => Math.max(largest, value), 0) || 1;

const stepTrace = (histogram: ScorePlotHistogram, edges: readonly number[], colour: string): PlotlyObject => ({
  type: 'scatter',
  mode: 'lines',
  name: shortText(histogram.name, 30),
  legendgroup: plainText(histogram.name),
  fill: 'tozeroy',
  fillcolor: withOpacity(colour, 0.25),
  line: { color: colour, width: 1.5 },
  hoverinfo: 'skip',
  x: [edges[0] ?? 0, ...histogram.density.flatMap((_, i) => [edges[i] ?? 0, edges[i + 1] ?? 0]), edges.at(-1) ?? 0],
  y: [0, ...histogram.density.flatMap((value) => [value, value]), 0],
});

/** Points of a training sample; for a test sample only what the mouse finds. */
const pointTrace = (histogram: ScorePlotHistogram, edges: readonly number[], colour: string): PlotlyObject => {
  const isTrain = histogram.sample === 'train';
  return {
    type: 'scatter',
    mode: 'markers',
    name: shortText(histogram.name, 30),
    legendgroup: plainText(histogram.name),
    showlegend: isTrain,
    marker: {
      color: colour,
      size: 5,
      symbol: histogram.role === 'background' ? 'square' : 'circle',
      opacity: isTrain ? 1 : 0,
    },
    error_y: isTrain
      ? { type: 'data', array: histogram.densityError, color: colour, thickness: 1.2, width: 0 }
      : { visible: false },
    x: histogram.density.map((_, i) => ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2),
    y: histogram.density,
    text: histogram.density.map(
      (value, i) =>
        `score ${shortNumber(edges[i] ?? 0)} to ${shortNumber(edges[i + 1] ?? 0)}` +
        `<br>density ${shortNumber(value)} ± ${shortNumber(histogram.densityError[i] ?? 0)}`,
    ),
    hovertemplate: `<b>${plainText(histogram.name)}</b>, ${countText(histogram.events)} events<br>%{text}<extra></extra>`,
  };
};

const captionOf = ({ overtraining = [] }: ScorePlot): string =>
  overtraining.length === 0
    ? ''
    : `KS p-value train/test: ${overtraining.map(({ role, ksPValue }) => `${role} ${plainText(pValueText(ksPValue))}`).join(', ')}`;
