import { notebookHost, type Displayable } from '@cygnet/contract';
import type { Table } from './data/index.ts';
import { exportModel } from './export/index.ts';
import type { ModelDescription, TrainedModel } from './models/index.ts';
import {
  crossValidateWith,
  fitModel,
  savedTraining,
  trainEnsembleWith,
  type CrossValidation,
  type CrossValidationOptions,
  type Ensemble,
  type EnsembleOptions,
  type TrainOptions,
} from './train/index.ts';

/**
 * Fits a model to a table (signal against background; with `classes` several classes, with `target` a number), and tells
 * the notebook, if there is one: its training monitor
 * follows, its interrupt button stops the training, and its export button offers the result.
 *
 * Event weights count everywhere, scaled to mean 1. Missing values (NaN) are allowed: trees learn a side for them, a
 * network takes the training mean. The same seed on the same engine gives the same model.
 *
 * @param model What to fit: `models.boostedTrees(...)`, `models.dense(...)`, `models.deepSets(...)`.
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @throws CygnetError `training-failed` saying what cannot be trained on (one class, zero total weight, a constant
 *   feature, a loss that is not finite), `column-not-found`, `engine-missing`, or `cancelled` when it was stopped.
 * @example
 * const { train: training, test } = table.split({ test: 0.3, seed: 1 });
 * const bdt = await train(models.boostedTrees({ trees: 200 }), training, { name: 'higgs-trees', validation: 0.2 });
 * const scores = await bdt.predict(test);
 */
export const train = async (
  model: ModelDescription,
  table: Table,
  options: TrainOptions = {},
): Promise<TrainedModel & Displayable> => {
  const host = notebookHost();
  if (!host) return fitModel(model, table, options);
  const signals = [options.signal, host.interruptSignal()].filter((signal) => signal !== undefined);
  const trained = await fitModel(model, table, {
    ...options,
    signal: AbortSignal.any(signals),
    onProgress: (progress) => {
      host.training(progress);
      options.onProgress?.(progress);
    },
  });
  host.modelTrained({ summary: trained.summary, exportTo: (target) => exportModel(trained, target) });
  return trained;
};

/**
 * Cross-validation: one model for each part of a table, trained on all events but its own. Every event gets a prediction
 * from the model that has not seen it, so the whole table can be analysed without a bias; new events get the mean.
 *
 * @throws RangeError when a part would be empty; else as {@link train}.
 * @example
 * const folds = await crossValidate(models.boostedTrees(), table, { folds: 5, by: 'hash' });
 * metrics.auc(table.labels(), folds.predictions, { weights: table.weights() });
 */
export const crossValidate = (
  model: ModelDescription,
  table: Table,
  options: CrossValidationOptions = {},
): Promise<CrossValidation> => crossValidateWith(train, model, table, options);

/**
 * Several models of the same kind that differ by their seeds (and, with `bootstrap`, by their events): their mean is
 * better than each, and their spread says how much to believe it.
 *
 * @throws as {@link train}.
 * @example
 * const five = await trainEnsemble(models.dense(), table, { members: 5, bootstrap: true });
 * const [scores, errors] = [await five.predict(test), await five.spread(test)];
 */
export const trainEnsemble = (
  model: ModelDescription,
  table: Table,
  options: EnsembleOptions = {},
): Promise<Ensemble> => trainEnsembleWith(train, model, table, options);

/**
 * Trains a saved model again, with the options and the seed of its folder, on the data it was trained on (by their
 * checksum). On the same engine and machine the result is the same model.
 *
 * @param options.validation The table that it was validated on, if it was one of its own.
 * @throws CygnetError `bad-file` for a folder without a model, `model-mismatch` when the data are others; else as {@link train}.
 * @example
 * const again = await retrain('models/higgs', table);
 */
export const retrain = async (
  folder: string,
  table: Table,
  options: Pick<TrainOptions, 'validation' | 'onProgress' | 'signal'> = {},
): Promise<TrainedModel & Displayable> => {
  const saved = await savedTraining(folder, table, options);
  return train(saved.description, table, saved.options);
};
