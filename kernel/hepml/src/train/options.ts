import type { TrainingProgress } from '@cygnet/contract';
import { isTable, type Table } from '../data/index.ts';
import { checkKnownOptions, checkNumber, type ModelDescription } from '../models/index.ts';

/** Options of `train`; each has a default. */
export interface TrainOptions {
  /** Name in plots, exports and the session's list of models. Default: the model's kind. */
  readonly name?: string;
  /**
   * A table to validate on, or the fraction of the training table to put aside for it (stratified by label). Validation
   * loss and AUC are reported after each step. Default: none.
   */
  readonly validation?: Table | number;
  /** Stop after so many steps without a better validation loss and keep the best step's weights. Default: off. */
  readonly earlyStopping?: { readonly patience: number };
  /** Seed of everything random. The same seed on the same engine gives the same model. Default 1. */
  readonly seed?: number;
  /** Columns to learn from. Default: the table's feature columns. */
  readonly features?: readonly string[];
  /** Label column. Default: the table's. */
  readonly label?: string;
  /** Value of the label that marks signal; every other value is background. Without it labels must be 1 and 0. */
  readonly signalValue?: number | string;
  /**
   * Weight column; false ignores weights. Weights count in the loss, in validation and in early stopping, scaled to mean
   * 1 over the sample, so that their unit does not change the learning rate. Networks keep negative weights; boosted
   * trees refuse them, as XGBoost does. Default: the table's, else all 1.
   */
  readonly weight?: string | false;
  /** Networks: passes over the training sample. Default 20. */
  readonly epochs?: number;
  /** Networks: events a step; the last, smaller batch of an epoch counts too. Default 256. */
  readonly batchSize?: number;
  /** Networks: step size of Adam. Default 0.003. (Trees have theirs in `models.boostedTrees`.) */
  readonly learningRate?: number;
  /** Called after each epoch or round, and at the end. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Stops the training when aborted; `train` then rejects with a CygnetError `cancelled`. */
  readonly signal?: AbortSignal;
}

/** Options that only networks have, with their defaults filled in. */
export interface NetworkSchedule {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

const networkOptions = ['epochs', 'batchSize', 'learningRate'] as const;
const commonOptions = [
  'name',
  'validation',
  'earlyStopping',
  'seed',
  'features',
  'label',
  'signalValue',
  'weight',
  'onProgress',
  'signal',
] as const;

/** The network's part of the options, with defaults. */
export const networkSchedule = (options: TrainOptions): NetworkSchedule => ({
  epochs: options.epochs ?? 20,
  batchSize: options.batchSize ?? 256,
  learningRate: options.learningRate ?? 3e-3,
});

/** @throws TypeError or RangeError naming the option that is unknown, does not belong to the model, or is outside what is allowed. */
export const checkTrainOptions = (model: ModelDescription, options: TrainOptions): void => {
  const owner = 'train';
  const isNetwork = model.kind !== 'boosted trees';
  if (!isNetwork) {
    const misplaced = networkOptions.find((option) => options[option] !== undefined);
    if (misplaced !== undefined) {
      throw new TypeError(
        `train: option "${misplaced}" is for networks. Boosted trees take theirs in models.boostedTrees({ trees, learningRate }).`,
      );
    }
  }
  checkKnownOptions(owner, options, isNetwork ? [...commonOptions, ...networkOptions] : commonOptions);
  const { epochs, batchSize, learningRate } = networkSchedule(options);
  checkNumber(owner, 'epochs', epochs, { min: 1, integer: true });
  checkNumber(owner, 'batchSize', batchSize, { min: 1, integer: true });
  checkNumber(owner, 'learningRate', learningRate, { above: 0 });
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
