import { randomSource, type FoldOptions, type Table } from '../data/index.ts';
import { checkNumber, type ModelDescription, type TrainedModel } from '../models/index.ts';
import { ensemble, predictionTable, type Ensemble } from './ensemble.ts';
import type { TrainOptions } from './train-options.ts';

/** How models are trained: the package's `train`. */
export type Train = (model: ModelDescription, table: Table, options: TrainOptions) => Promise<TrainedModel>;

/** Options of `crossValidate`, besides those of `train`. */
export interface CrossValidationOptions extends TrainOptions {
  /** Number of parts. Default 5. */
  readonly folds?: number;
  /**
   * What decides an event's part: `random` (default, the same share of each class in each), `hash` or `modulo` of its event
   * identity, so that an event stays in its part wherever else it turns up.
   */
  readonly by?: FoldOptions['by'];
}

/** Models of a cross-validation; as an ensemble they predict new events. */
export interface CrossValidation extends Ensemble {
  /** Part of each event: the model that has not seen it. */
  readonly foldOf: Int32Array;
  /** Prediction of each event of the table by the model that has not seen it, row-major, events x outputs. */
  readonly predictions: Float32Array;
  /** The same as a table with a column an output. */
  outOfFold(): Table;
}

/** Trains one model a part, on all events but its own, and lets each predict its own. */
export const crossValidateWith = async (
  train: Train,
  model: ModelDescription,
  table: Table,
  options: CrossValidationOptions,
): Promise<CrossValidation> => {
  const { folds: count = 5, by = 'random', ...rest } = options;
  const { name = model.kind, seed = 1, checkpoint } = rest;
  const folds = table.kFolds(count, { by, seed, ...(by === 'random' && rest.target ? { stratify: false } : {}) });
  const foldOf = new Int32Array(table.length);
  const members: TrainedModel[] = [];
  let predictions = new Float32Array(0);
  try {
    for (const { index, train: seen, test, testIndices } of folds) {
      const fitted = await train(model, seen, {
        ...rest,
        name: `${name}, fold ${index + 1} of ${count}`,
        ...(checkpoint === undefined ? {} : { checkpoint: foldCheckpoint(checkpoint, index) }),
      });
      members.push(fitted);
      const own = await fitted.predict(test);
      const width = fitted.outputs.length;
      if (index === 0) predictions = new Float32Array(table.length * width);
      testIndices.forEach((event, place) => {
        foldOf[event] = index;
        predictions.set(own.subarray(place * width, (place + 1) * width), event * width);
      });
    }
  } catch (error) {
    members.forEach((member) => member.dispose());
    throw error;
  }
  const together = ensemble(members);
  return {
    ...together,
    foldOf,
    predictions,
    outOfFold: () => predictionTable(predictions, together.outputs, `${name}, out of fold`),
  };
};

const foldCheckpoint = (checkpoint: NonNullable<TrainOptions['checkpoint']>, index: number) =>
  typeof checkpoint === 'string'
    ? `${checkpoint}/fold-${index + 1}`
    : { ...checkpoint, folder: `${checkpoint.folder}/fold-${index + 1}` };

/** Options of `trainEnsemble`, besides those of `train`. */
export interface EnsembleOptions extends TrainOptions {
  /** Default 5. */
  readonly members?: number;
  /**
   * Train each member on as many events drawn with replacement, which makes the spread a measure of what the sample's size
   * allows to know (bagging: L. Breiman, Mach. Learn. 24 (1996) 123). Default false: they differ by their seeds alone.
   */
  readonly bootstrap?: boolean;
}

/** Trains several models that differ by their seeds, and by their events if asked. */
export const trainEnsembleWith = async (
  train: Train,
  model: ModelDescription,
  table: Table,
  options: EnsembleOptions,
): Promise<Ensemble> => {
  const { members: count = 5, bootstrap = false, ...rest } = options;
  checkNumber('trainEnsemble', 'members', count, { min: 1, max: 1000, integer: true });
  if (typeof bootstrap !== 'boolean') throw new TypeError('trainEnsemble: option "bootstrap" must be true or false.');
  const { name = model.kind, seed = 1, checkpoint } = rest;
  const members: TrainedModel[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const random = randomSource(seed + index);
      const sample = bootstrap
        ? table.take(Int32Array.from({ length: table.length }, () => random.below(table.length)).sort())
        : table;
      members.push(
        await train(model, sample, {
          ...rest,
          seed: seed + index,
          name: `${name}, member ${index + 1} of ${count}`,
          ...(checkpoint === undefined ? {} : { checkpoint: foldCheckpoint(checkpoint, index) }),
        }),
      );
    }
  } catch (error) {
    members.forEach((member) => member.dispose());
    throw error;
  }
  return ensemble(members);
};
