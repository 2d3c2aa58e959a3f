import type { TrainingProgress, TrainingState, TrainingStep } from '../training.ts';
import { axis, belowLegend, figureConfig, frame, margin } from './frame.ts';
import { countText, shortNumber, shortText } from './figure-text.ts';
import type { PlotlyFigure, PlotlyObject } from './plotly-figure.ts';
import { paletteColour, type FigureTheme } from './theme.ts';

/**
 * A training as a plotly figure: training and validation loss over epochs or rounds, the validation AUC on an axis of
 * its own at the right, model and state in the title, engine below it.
 * @example
 * const { data, layout } = trainingFigure(progress, lightTheme);
 */
export const trainingFigure = (progress: TrainingProgress, theme: FigureTheme): PlotlyFigure => {
  const { steps, unit } = progress;
  const hasAuc = steps.some(({ validationAuc }) => isNumber(validationAuc));
  const hasValidation = steps.some(({ validationLoss }) => isNumber(validationLoss));
  const line = (
    name: string,
    colour: string,
    value: (step: TrainingStep) => number | null | undefined,
  ): PlotlyObject => ({
    type: 'scatter',
    mode: steps.length > 60 ? 'lines' : 'lines+markers',
    name,
    line: { color: colour, width: 2 },
    marker: { color: colour, size: 4 },
    x: steps.map(({ step }) => step),
    y: steps.map((step) => value(step) ?? null),
    hovertemplate: `${unit} %{x}<br>${name} %{y:.5f}<extra></extra>`,
  });
  return {
    data: [
      line('training loss', paletteColour(theme, 0), ({ loss }) => loss),
      ...(hasValidation
        ? [line('validation loss', paletteColour(theme, 1), ({ validationLoss }) => validationLoss)]
        : []),
      ...(hasAuc
        ? [{ ...line('validation AUC', paletteColour(theme, 2), ({ validationAuc }) => validationAuc), yaxis: 'y2' }]
        : []),
    ],
    layout: frame(
      theme,
      { title: `${progress.model}: ${stateText(progress)}`, caption: captionOf(progress) },
      {
        xaxis: axis(theme, unit === 'epoch' ? 'Epoch' : 'Boosting round', {
          range: stepRange(progress),
          tickformat: 'd',
          ...(progress.totalSteps <= 10 ? { dtick: 1 } : {}),
          mirror: hasAuc ? true : 'ticks',
        }),
        yaxis: axis(theme, 'Loss', { mirror: hasAuc ? false : 'ticks' }),
        ...(hasAuc
          ? {
              yaxis2: axis(theme, 'Validation AUC', {
                overlaying: 'y',
                side: 'right',
                showgrid: false,
                mirror: false,
                tickmode: 'auto',
              }),
            }
          : {}),
        showlegend: true,
        legend: belowLegend,
        margin: { ...margin, r: hasAuc ? 60 : margin.r, t: 68, b: 90 },
        height: 380,
      },
    ),
    config: figureConfig,
  };
};

const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;

const stepRange = ({ steps, state, totalSteps }: TrainingProgress): readonly [number, number] => {
  const last = steps.at(-1)?.step ?? 1;
  return [0.5, Math.max(state === 'running' ? Math.min(totalSteps, Math.max(10, 2 * last)) : last, 2) + 0.5];
};

const stateText = ({ state, steps, totalSteps, unit }: TrainingProgress): string => {
  const done = steps.at(-1)?.step ?? 0;
  const words: { readonly [key in TrainingState]: string } = {
    running: `${unit} ${done} of ${totalSteps}`,
    finished: `finished after ${done} ${unit}s`,
    stopped: `stopped at ${unit} ${done} of ${totalSteps}`,
    failed: `failed at ${unit} ${done} of ${totalSteps}`,
  };
  return words[state];
};

/** Engine on one line, time and the reason of an end on the next: both fit 400 pixels. */
const captionOf = ({ engine, elapsedSeconds, eventsPerSecond, message }: TrainingProgress): string => {
  const time = [
    `${shortNumber(elapsedSeconds)} s`,
    eventsPerSecond === undefined ? '' : `${countText(eventsPerSecond)} events/s`,
    message ? shortText(message, 28) : '',
  ];
  return `${shortText(engine, 48)}<br>${time.filter(Boolean).join(' · ')}`;
};
