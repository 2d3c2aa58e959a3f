import type { RocPlot, RocPlotCurve } from '../roc-plot.ts';
import { axis, figureConfig, frame, insideLegend, margin } from './frame.ts';
import { countText, plainText, shortNumber, shortText, valueWithError } from './figure-text.ts';
import type { PlotlyFigure, PlotlyObject } from './plotly-figure.ts';
import { paletteColour, withOpacity, type FigureTheme } from './theme.ts';

/** `rejection`: 1/eps_B (log) over eps_S. `linear`: eps_S over eps_B. `both`: rejection, with buttons for the two. */
export type RocView = 'rejection' | 'linear' | 'both';

type SingleView = Exclude<RocView, 'both'>;

/**
 * ROC curves as a plotly figure, with bands of one standard deviation and the line of a random classifier.
 *
 * The bands are statistical and at fixed cut: the background efficiency's error on the rejection, the signal
 * efficiency's error in the linear view.
 * @param options.view Default `both`.
 * @example
 * const { data, layout } = rocFigure(plot, lightTheme);
 */
export const rocFigure = (
  plot: RocPlot,
  theme: FigureTheme,
  options: { readonly view?: RocView } = {},
): PlotlyFigure => {
  const { view = 'both' } = options;
  const first: SingleView = view === 'linear' ? 'linear' : 'rejection';
  const views: readonly SingleView[] = view === 'both' ? ['rejection', 'linear'] : [view];
  const traces = views.map((drawn) =>
    viewTraces(plot, theme, drawn).map((trace) => ({ ...trace, visible: drawn === first })),
  );
  const axes = { rejection: rejectionAxes(plot, theme), linear: linearAxes(plot, theme) };
  const buttons = (['rejection', 'linear'] as const).map((drawn, shown) => ({
    label: drawn === 'rejection' ? 'Rejection' : 'Linear',
    method: 'update',
    args: [{ visible: traces.flatMap((group, i) => group.map(() => i === shown)) }, axes[drawn]],
  }));
  const caption = captionOf(plot);
  return {
    data: traces.flat(),
    layout: frame(
      theme,
      { title: plot.title, ...(caption ? { caption } : {}) },
      { ...axes[first], showlegend: true, ...(view === 'both' ? buttonRow(theme, buttons) : {}) },
    ),
    config: figureConfig,
  };
};

/** Buttons below the frame. plotly paints the pressed one near-white in every theme, so their text is always dark. */
const buttonRow = (theme: FigureTheme, buttons: readonly PlotlyObject[]): PlotlyObject => ({
  margin: { ...margin, b: 88 },
  updatemenus: [
    {
      type: 'buttons',
      direction: 'right',
      buttons,
      active: 0,
      x: 0,
      xanchor: 'left',
      y: -0.19,
      yanchor: 'top',
      pad: { t: 0, b: 0, l: 0, r: 0 },
      bgcolor: withOpacity('#c3c9d1', 1),
      bordercolor: theme.muted,
      borderwidth: 1,
      font: { color: '#1f2328', size: 11 },
    },
  ],
});

const captionOf = ({ sample, signalEvents, backgroundEvents }: RocPlot): string =>
  [
    sample ? shortText(sample, 40) : '',
    signalEvents === undefined ? '' : `${countText(signalEvents)} signal events`,
    backgroundEvents === undefined ? '' : `${countText(backgroundEvents)} background events`,
  ]
    .filter(Boolean)
    .join(' · ');

const viewTraces = (plot: RocPlot, theme: FigureTheme, view: SingleView): readonly PlotlyObject[] => [
  ...plot.curves.flatMap((curve, i) => bandTrace(curve, paletteColour(theme, i), view)),
  ...plot.curves.map((curve, i) => curveTrace(curve, paletteColour(theme, i), view)),
  randomTrace(theme, view),
];

/** What is drawn of a curve: its points on the axes of the view. A rejection of infinity has no place. */
const curveTrace = (curve: RocPlotCurve, colour: string, view: SingleView): PlotlyObject => {
  const rejection = curve.backgroundEfficiency.map((value) => (value > 0 ? digits(1 / value, 6) : null));
  const area = valueWithError(curve.auc, curve.aucError);
  return {
    type: 'scatter',
    mode: 'lines',
    name: `${shortText(curve.name, 22)}: AUC = ${area}`,
    legendgroup: plainText(curve.name),
    line: { color: colour, width: 2 },
    x: view === 'rejection' ? curve.signalEfficiency : curve.backgroundEfficiency,
    y: view === 'rejection' ? rejection : curve.signalEfficiency,
    customdata: hoverNumbers(curve),
    hovertemplate: hoverTemplate(curve, area),
  };
};

/** Cut, then each efficiency and the rejection with its error: what {@link hoverTemplate} writes. */
const hoverNumbers = (curve: RocPlotCurve): readonly (readonly (number | string)[])[] =>
  curve.signalEfficiency.map((signal, i) => {
    const background = curve.backgroundEfficiency[i] ?? 0;
    const signalError = curve.signalEfficiencyError?.[i] ?? 0;
    const backgroundError = curve.backgroundEfficiencyError?.[i] ?? 0;
    const numbers = [digits(signal, 3), digits(signalError, 2), digits(background, 3), digits(backgroundError, 2)];
    const rejection = [digits(1 / background, 3), digits(backgroundError / background ** 2, 2)];
    return [shortNumber(curve.cut[i] ?? Infinity), ...numbers, ...(background > 0 ? rejection : ['∞', '∞'])];
  });

const hoverTemplate = (curve: RocPlotCurve, area: string): string => {
  const error = (values: readonly number[] | undefined, place: number): string =>
    values ? ` ± %{customdata[${place}]}` : '';
  return [
    `<b>${plainText(curve.name)}</b> (AUC ${area})`,
    'score ≥ %{customdata[0]}',
    `signal efficiency %{customdata[1]}${error(curve.signalEfficiencyError, 2)}`,
    `background efficiency %{customdata[3]}${error(curve.backgroundEfficiencyError, 4)}`,
    `rejection %{customdata[5]}${error(curve.backgroundEfficiencyError, 6)}<extra></extra>`,
  ].join('<br>');
};

/** Rounded to what a drawing can show, to keep figures small. */
const digits = (value: number, significant: number): number => Number(value.toPrecision(significant));

/** The area of one standard deviation around a curve, as one closed outline. */
const bandTrace = (curve: RocPlotCurve, colour: string, view: SingleView): readonly PlotlyObject[] => {
  const { signalEfficiency: signal, signalEfficiencyError: signalError } = curve;
  const { backgroundEfficiency: background, backgroundEfficiencyError: backgroundError } = curve;
  if (!backgroundError || (view === 'linear' && !signalError)) return [];
  const upper: [number, number][] = [];
  const lower: [number, number][] = [];
  background.forEach((value, i) => {
    const [x, error] = [signal[i] ?? 0, backgroundError[i] ?? 0];
    if (view === 'linear') {
      upper.push([value, Math.min(1, x + (signalError?.[i] ?? 0))]);
      lower.push([value, Math.max(0, x - (signalError?.[i] ?? 0))]);
    } else if (value > 0) {
      // Where the error reaches the value the rejection has no upper bound: drawn up to ten times the rejection.
      upper.push([x, 1 / Math.max(value - error, value / 10)]);
      lower.push([x, 1 / (value + error)]);
    }
  });
  const outline = [...upper, ...lower.toReversed()];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      fill: 'toself',
      fillcolor: withOpacity(colour, 0.22),
      line: { width: 0, color: colour },
      legendgroup: plainText(curve.name),
      showlegend: false,
      hoverinfo: 'skip',
      x: outline.map(([x]) => digits(x, 5)),
      y: outline.map(([, y]) => digits(y, 5)),
    },
  ];
};

const randomTrace = (theme: FigureTheme, view: SingleView): PlotlyObject => {
  const x = view === 'linear' ? [0, 1] : Array.from({ length: 61 }, (_, i) => 10 ** (-3 + i / 20));
  return {
    type: 'scatter',
    mode: 'lines',
    name: 'random',
    line: { color: theme.muted, width: 1.5, dash: 'dash' },
    hoverinfo: 'skip',
    x,
    y: view === 'linear' ? x : x.map((value) => 1 / value),
  };
};

/** The rejection axis ends where few background events are left and the curve is noise; zooming out shows the rest. */
const rejectionAxes = (plot: RocPlot, theme: FigureTheme): PlotlyObject => {
  const believable = plot.curves.flatMap((curve) =>
    curve.backgroundEfficiency.flatMap((value, i) => {
      const error = curve.backgroundEfficiencyError?.[i];
      const isBelievable =
        value > 0 && (curve.signalEfficiency[i] ?? 0) > 0.01 && (error === undefined || error < 0.3 * value);
      return isBelievable ? [1 / value] : [];
    }),
  );
  const top = believable.reduce((largest, value) => Math.max(largest, value), 10);
  return {
    xaxis: axis(theme, 'Signal efficiency ε<sub>S</sub>', { range: [0, 1] }),
    yaxis: axis(theme, 'Background rejection 1/ε<sub>B</sub>', {
      type: 'log',
      range: [0, Math.log10(top) + 0.35],
      dtick: 1,
      minor: { ticks: 'inside', tickcolor: theme.muted },
    }),
    legend: insideLegend(theme, 'top-right'),
  };
};

const linearAxes = (_plot: RocPlot, theme: FigureTheme): PlotlyObject => ({
  xaxis: axis(theme, 'Background efficiency ε<sub>B</sub>', { range: [0, 1] }),
  yaxis: axis(theme, 'Signal efficiency ε<sub>S</sub>', { type: 'linear', range: [0, 1.005] }),
  legend: insideLegend(theme, 'bottom-right'),
});
