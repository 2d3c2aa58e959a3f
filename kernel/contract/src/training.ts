import { isArrayOf, isNumber, isNumberOrNull, isOptional, isRecord, isString } from './shapes.ts';

/** MIME type of a training's progress, updated in place while it runs and kept as the last picture. */
export const trainingMime = 'application/vnd.cygnet.training.v1+json';

export type TrainingState = 'running' | 'finished' | 'stopped' | 'failed';

/** One epoch of a network or one boosting round. */
export interface TrainingStep {
  /** Counted from 1. */
  readonly step: number;
  /** Weighted mean training loss; null when not finite. */
  readonly loss: number | null;
  /** The same on the validation sample. */
  readonly validationLoss?: number | null;
  /** Area under the ROC curve on the validation sample. */
  readonly validationAuc?: number | null;
}

/** What the training monitor shows. */
export interface TrainingProgress {
  /** Stable over one training, new for the next. */
  readonly id: string;
  readonly model: string;
  readonly state: TrainingState;
  /** Engine and device that run, for example `tf-graph on CPU (TensorFlow 2.21.0)`. */
  readonly engine: string;
  /** `epoch` or `round`. */
  readonly unit: 'epoch' | 'round';
  readonly steps: readonly TrainingStep[];
  readonly totalSteps: number;
  readonly elapsedSeconds: number;
  /** Training events a second. */
  readonly eventsPerSecond?: number;
  /** Why it stopped or failed. */
  readonly message?: string;
}

const isStep = (value: unknown): value is TrainingStep =>
  isRecord(value) &&
  isNumber(value.step) &&
  isNumberOrNull(value.loss) &&
  isOptional(value.validationLoss, isNumberOrNull) &&
  isOptional(value.validationAuc, isNumberOrNull);

/** Whether a value is a valid {@link TrainingProgress}. */
export const isTrainingProgress = (value: unknown): value is TrainingProgress =>
  isRecord(value) &&
  isString(value.id) &&
  isString(value.model) &&
  isString(value.engine) &&
  ['running', 'finished', 'stopped', 'failed'].includes(value.state as string) &&
  (value.unit === 'epoch' || value.unit === 'round') &&
  isArrayOf(value.steps, isStep) &&
  isNumber(value.totalSteps) &&
  isNumber(value.elapsedSeconds) &&
  isOptional(value.eventsPerSecond, isNumber) &&
  isOptional(value.message, isString);

/** A small valid progress, for tests on both sides. */
export const exampleTrainingProgress: TrainingProgress = {
  id: 'training-1',
  model: 'dense-1',
  state: 'running',
  engine: 'tf-eager on CPU',
  unit: 'epoch',
  steps: [
    { step: 1, loss: 0.69, validationLoss: 0.68, validationAuc: 0.61 },
    { step: 2, loss: 0.66, validationLoss: 0.65, validationAuc: 0.67 },
  ],
  totalSteps: 10,
  elapsedSeconds: 1.5,
  eventsPerSecond: 20_000,
};
