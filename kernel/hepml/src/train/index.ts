/**
 * Fitting models to tables: minibatch training of networks on tfjs, boosting rounds in XGBoost, event weights
 * everywhere. May import `data`, `export`, `features`, `metrics`, `models`, `native`, `track`; loads engines on first use. What leaves this door names no
 * type of tfjs: those would slow down every completion in a notebook.
 */
export { fitModel } from './train.ts';
export type { TrainOptions } from './train-options.ts';
