import type { TrainingProgress, TrainingState, TrainingStep } from '@cygnet/contract';
import type { EngineReport } from '../models/index.ts';

/** An engine in one line, for example `tf-graph on CPU (TensorFlow 2.21.0)`. */
export const engineInWords = ({ name, device, library }: EngineReport): string => `${name} on ${device} (${library})`;

/** What does not change while a training runs. */
export interface MonitoredRun {
  readonly id: string;
  readonly model: string;
  readonly engine: EngineReport;
  readonly unit: 'epoch' | 'round';
  readonly totalSteps: number;
  readonly trainingEvents: number;
  /** Steps that an interrupted run has made before. */
  readonly earlier?: readonly TrainingStep[];
}

/** Collects the steps of a training and reports each. */
export interface Monitor {
  readonly progress: TrainingProgress;
  step(step: TrainingStep): void;
  end(state: Exclude<TrainingState, 'running'>, message?: string): void;
}

const finiteOrNull = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

export const startMonitor = (run: MonitoredRun, report: (progress: TrainingProgress) => void): Monitor => {
  const start = performance.now();
  let progress: TrainingProgress = {
    id: run.id,
    model: run.model,
    state: 'running',
    engine: engineInWords(run.engine),
    unit: run.unit,
    steps: run.earlier ?? [],
    totalSteps: run.totalSteps,
    elapsedSeconds: 0,
  };
  const update = (change: Partial<TrainingProgress>): void => {
    const elapsedSeconds = (performance.now() - start) / 1000;
    progress = { ...progress, ...change, elapsedSeconds };
    const events = run.trainingEvents * (progress.steps.length - (run.earlier?.length ?? 0));
    if (events > 0 && elapsedSeconds > 0) progress = { ...progress, eventsPerSecond: events / elapsedSeconds };
    report(progress);
  };
  report(progress);
  return {
    get progress() {
      return progress;
    },
    step: ({ step, loss, validationLoss, validationAuc }) =>
      update({
        steps: [
          ...progress.steps,
          {
            step,
            loss: finiteOrNull(loss),
            ...(validationLoss === undefined ? {} : { validationLoss: finiteOrNull(validationLoss) }),
            ...(validationAuc === undefined ? {} : { validationAuc: finiteOrNull(validationAuc) }),
          },
        ],
      }),
    end: (state, message) => update(message === undefined ? { state } : { state, message }),
  };
};
