import { trainingFigure, trainingMime, type TrainingProgress } from '@cygnet/contract';
import { ShownPlot } from './shown-plot.ts';

/**
 * The course of a training: losses and validation AUC over epochs or boosting rounds.
 * @param history `model.history`.
 * @example
 * plots.training(model.history);
 */
export const training = (history: TrainingProgress): ShownPlot<TrainingProgress> =>
  new ShownPlot({ mime: trainingMime, payload: history, draw: trainingFigure, text: trainingText(history) });

const trainingText = ({ model, state, unit, steps, totalSteps, engine, elapsedSeconds }: TrainingProgress): string => {
  const last = steps.at(-1);
  const number = (name: string, value: number | null | undefined): string =>
    value === null || value === undefined ? '' : `, ${name} ${value.toPrecision(4)}`;
  return (
    `Training of ${model}: ${state}, ${unit} ${last?.step ?? 0} of ${totalSteps}` +
    number('loss', last?.loss) +
    number('validation loss', last?.validationLoss) +
    number('validation AUC', last?.validationAuc) +
    ` (${engine}, ${elapsedSeconds.toFixed(1)} s)`
  );
};
