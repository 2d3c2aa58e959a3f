import type { TrainingProgress, TrainingState, TrainingStep } from '../training.ts';
import { axis, figureConfig, frame } from './frame.ts';
import { plainText, shortNumber } from './figure-text.ts';
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
      { title: `${plainText(progress.model)}: ${stateText(progress)}`, subtitle: subtitleOf(progress) },
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
              yaxis2: axis(theme, 'Validation AUC', { overlaying: 'y', side: 'right', showgrid: false, mirror: false }),
            }
          : {}),
        showlegend: true,
        legend: { orientation: 'h', x: 0, xanchor: 'left', y: -0.17, yanchor: 'top', font: { size: 11 } },
        margin: { l: 60, r: hasAuc ? 60 : 16, t: 62, b: 90 },
        height: 360,
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

const subtitleOf = ({ engine, elapsedSeconds, eventsPerSecond, message }: TrainingProgress): string =>
  [
    plainText(engine),
    `${shortNumber(elapsedSeconds)} s`,
    eventsPerSecond === undefined ? '' : `${Math.round(eventsPerSecond).toLocaleString('en-US')} events/s`,
    message ? plainText(message) : '',
  ]
    .filter(Boolean)
    .join(' · ');
