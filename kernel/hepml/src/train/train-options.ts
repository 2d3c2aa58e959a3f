import type { TrainingProgress } from '@cygnet/contract';
import type { Table } from '../data/index.ts';
import type { RegressionLoss } from '../models/index.ts';
import type { LearningRateSchedule } from './schedule.ts';

/**
 * What becomes of events with negative weights: `keep` them (the loss is right on average; networks only), `ignore` them (their
 * classes' shapes change), or `pair` each with the nearest positive events of its class, which lose as much weight.
 */
export type NegativeWeights = 'keep' | 'ignore' | 'pair';

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
   * Train for several classes instead of signal against background: values of the label column, in the order in which
   * their probabilities are to come out, or `all` for every value that it holds, ascending.
   */
  readonly classes?: readonly (string | number)[] | 'all';
  /** Predict the number in this column instead of a class. */
  readonly target?: string;
  /**
   * Loss of a regression: `mse` (default) predicts the mean, `mae` the median, `huber` something between, `{ quantiles:
   * [0.16, 0.5, 0.84] }` each quantile, `gaussian` (networks) the mean and the standard deviation. Reported losses are those of the
   * target scaled to deviation 1 (networks), or XGBoost's metric.
   */
  readonly loss?: RegressionLoss;
  /**
   * Weight column; false ignores weights. Weights count in the loss, in validation and in early stopping, scaled to mean
   * 1 over the sample, so that their unit does not change the learning rate. Default: the table's, else all 1.
   */
  readonly weight?: string | false;
  /**
   * What becomes of events with negative weights, in training and validation. Default: networks keep them, trees, which cannot, ask
   * for a choice.
   */
  readonly negativeWeights?: NegativeWeights;
  /** Scale the weights so that every class has the same sum, in training and validation. Default false. */
  readonly balance?: boolean;
  /**
   * Networks: leave the state of the training in this folder after every epoch (or every so many). The same call goes on from there: after a
   * kill or an abort, the model is the same as of an unbroken run. With a constant learning rate, more epochs may be asked for.
   */
  readonly checkpoint?: string | { readonly folder: string; readonly every?: number };
  /** Networks: passes over the training sample. Default 20. */
  readonly epochs?: number;
  /** Networks: events a step; the last, smaller batch of an epoch counts too. Default 256. */
  readonly batchSize?: number;
  /** Networks: step size of Adam. Default 0.003. (Trees have theirs in `models.boostedTrees`.) */
  readonly learningRate?: number;
  /**
   * Networks: how the step size goes with the training, for example `{ kind: 'cosine', warmUp: 0.05 }` or `{ kind: 'one-cycle' }`.
   * Default: constant.
   */
  readonly schedule?: LearningRateSchedule;
  /** Networks: largest length of a step's gradient, as one vector; longer ones are shortened to it. Default: none. */
  readonly clipNorm?: number;
  /** Called after each epoch or round, and at the end. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Stops the training when aborted; `train` then rejects with a CygnetError `cancelled`. */
  readonly signal?: AbortSignal;
}
