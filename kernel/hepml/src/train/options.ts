import { isTable } from '../data/index.ts';
import { checkKnownOptions, checkNumber, type ModelDescription } from '../models/index.ts';
import { checkCheckpoint, checkLoss, checkSchedule, checkTask, checkWeighting } from './option-values.ts';
import type { LearningRateSchedule } from './schedule.ts';
import type { TrainOptions } from './train-options.ts';

/** Options that only networks have, with their defaults filled in. */
export interface NetworkSchedule {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: LearningRateSchedule;
  readonly clipNorm?: number;
}

const networkOptions = ['epochs', 'batchSize', 'learningRate', 'schedule', 'clipNorm', 'checkpoint'] as const;
const commonOptions = [
  'name',
  'validation',
  'earlyStopping',
  'seed',
  'features',
  'label',
  'signalValue',
  'classes',
  'target',
  'loss',
  'weight',
  'negativeWeights',
  'balance',
  'onProgress',
  'signal',
] as const;

/** Whether a model is made of trees: it has rounds, not epochs. */
export const isTrees = (model: ModelDescription): boolean =>
  model.kind === 'boosted trees' || model.kind === 'random forest';

/** The network's part of the options, with defaults. */
export const networkSchedule = (options: TrainOptions): NetworkSchedule => ({
  epochs: options.epochs ?? 20,
  batchSize: options.batchSize ?? 256,
  learningRate: options.learningRate ?? 3e-3,
  schedule: options.schedule ?? { kind: 'constant' },
  ...(options.clipNorm === undefined ? {} : { clipNorm: options.clipNorm }),
});

/** @throws TypeError or RangeError naming the option that is unknown, does not belong to the model, or is outside what is allowed. */
export const checkTrainOptions = (model: ModelDescription, options: TrainOptions): void => {
  const owner = 'train';
  const isNetwork = !isTrees(model);
  if (!isNetwork) {
    const misplaced = networkOptions.find((option) => options[option] !== undefined);
    if (misplaced !== undefined) {
      throw new TypeError(
        `train: option "${misplaced}" is for networks. Trees take theirs in their description: models.boostedTrees({ trees, learningRate }).`,
      );
    }
  }
  checkKnownOptions(owner, options, isNetwork ? [...commonOptions, ...networkOptions] : commonOptions);
  const { epochs, batchSize, learningRate } = networkSchedule(options);
  checkNumber(owner, 'epochs', epochs, { min: 1, integer: true });
  checkNumber(owner, 'batchSize', batchSize, { min: 1, integer: true });
  checkNumber(owner, 'learningRate', learningRate, { above: 0 });
  checkSchedule(options.schedule);
  if (options.clipNorm !== undefined) checkNumber(owner, 'clipNorm', options.clipNorm, { above: 0 });
  checkTask(options);
  checkLoss(options.loss);
  checkWeighting(options);
  checkCheckpoint(options.checkpoint);
  checkNumber(owner, 'seed', options.seed ?? 1, { min: 0, max: 2 ** 31 - 1, integer: true });
  if (typeof options.validation === 'number')
    checkNumber(owner, 'validation', options.validation, { above: 0, below: 1 });
  else if (options.validation !== undefined && !isTable(options.validation))
    throw new TypeError('train: option "validation" is a Table or the fraction to put aside, for example 0.2.');
  if (options.earlyStopping !== undefined) {
    checkNumber(owner, 'earlyStopping.patience', options.earlyStopping.patience, { min: 1, integer: true });
    if (options.validation === undefined) {
      throw new TypeError(
        'train: option "earlyStopping" needs a validation sample. Give one, for example validation: 0.2.',
      );
    }
  }
};
