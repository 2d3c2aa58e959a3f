/**
 * Fitting models to tables: minibatch training of networks on tfjs, boosting rounds in XGBoost, event weights
 * everywhere. May import `data`, `export`, `features`, `metrics`, `models`, `native`, `track`; loads engines on first use.
 */
export { fitModel } from './train.ts';
export type { TrainOptions } from './options.ts';
export { tensorEngine, type TensorEngine } from './tensor-engine.ts';
