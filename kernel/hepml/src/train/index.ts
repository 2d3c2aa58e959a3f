/**
 * Fitting models to tables: minibatch training of networks on tfjs, boosting rounds in XGBoost, event weights
 * everywhere. May import `data`, `export`, `features`, `metrics`, `models`, `native`, `track`; loads engines on first use. What leaves this door names no
 * type of tfjs: those would slow down every completion in a notebook.
 */
export { crossValidateWith, trainEnsembleWith } from './cross-validate.ts';
export type { CrossValidation, CrossValidationOptions, EnsembleOptions } from './cross-validate.ts';
export { ensemble, type Ensemble } from './ensemble.ts';
export { loadModel, saveModel, savedTraining } from './save-model.ts';
export { fitModel } from './train.ts';
export type { NegativeWeights, TrainOptions } from './train-options.ts';
