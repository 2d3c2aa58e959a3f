import {
  type FigureTheme,
  isRocPlot,
  isScorePlot,
  isSignificancePlot,
  isTrainingProgress,
  type PlotlyFigure,
  plotlyMime,
  rocFigure,
  rocPlotMime,
  scoreFigure,
  scorePlotMime,
  significanceFigure,
  significancePlotMime,
  trainingFigure,
  trainingMime,
} from '@cygnet/contract';

/** A MIME type and what is drawn of its payload. */
export interface PlotKind {
  readonly mime: string;
  /** For messages, for example `ROC plot`. */
  readonly name: string;
  /** Ours come before everything else, foreign ones before text only. */
  readonly rank: number;
  /** The figure; undefined when the payload is not valid. */
  readonly figureOf: (payload: unknown, theme: FigureTheme) => PlotlyFigure | undefined;
  /** Whether the picture will not change any more, so that an image of it can be kept in the notebook. */
  readonly isFinal: (payload: unknown) => boolean;
}

const always = () => true;
/** Other people's outputs stay as they are. */
const never = () => false;

const isFigure = (
  value: unknown,
): value is { data: PlotlyFigure['data']; layout?: PlotlyFigure['layout']; config?: PlotlyFigure['config'] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { data?: unknown }).data);

const foreignFigure = (payload: unknown, theme: FigureTheme): PlotlyFigure | undefined => {
  if (!isFigure(payload)) return undefined;
  const colors = { paper_bgcolor: theme.background, plot_bgcolor: theme.background, font: { color: theme.text } };
  return {
    data: payload.data,
    layout: { ...colors, ...payload.layout },
    // Never with the button that uploads the data of a chart to a cloud service, on by default in plotly 4.
    config: { ...payload.config, displaylogo: false, showSendToCloud: false },
  };
};

/** Every kind of plot that this extension draws. */
export const plotKinds: readonly PlotKind[] = [
  {
    mime: rocPlotMime,
    name: 'ROC plot',
    rank: 0,
    figureOf: (payload, theme) => (isRocPlot(payload) ? rocFigure(payload, theme) : undefined),
    isFinal: always,
  },
  {
    mime: scorePlotMime,
    name: 'score plot',
    rank: 0,
    figureOf: (payload, theme) => (isScorePlot(payload) ? scoreFigure(payload, theme) : undefined),
    isFinal: always,
  },
  {
    mime: significancePlotMime,
    name: 'significance plot',
    rank: 0,
    figureOf: (payload, theme) => (isSignificancePlot(payload) ? significanceFigure(payload, theme) : undefined),
    isFinal: always,
  },
  {
    mime: trainingMime,
    name: 'training monitor',
    rank: 0,
    figureOf: (payload, theme) => (isTrainingProgress(payload) ? trainingFigure(payload, theme) : undefined),
    isFinal: (payload) => isTrainingProgress(payload) && payload.state !== 'running',
  },
  { mime: plotlyMime, name: 'plotly figure', rank: 95, figureOf: foreignFigure, isFinal: never },
];
