/**
 * Cygnet: machine learning for high-energy physics in TypeScript. Data as typed tables (`datasets`, `root`, `Table`),
 * models (`models`, `train`, `features`), figures of merit with their uncertainties (`metrics`), plots that show
 * themselves (`plots`) and verified model files (`exporters`). Runs in plain Node and knows no notebook: a kernel that
 * hosts it is found, if there is one, at `globalThis[Symbol.for('cygnet.notebook-host')]`. Importing it loads no engine;
 * TensorFlow, XGBoost and ONNX Runtime are loaded by the first call that needs them.
 */
export { CygnetError, isCygnetError, type CygnetErrorKind } from '@cygnet/columns';
export { Table, TableStream, type TableOptions, type TableStreamSource } from './data/index.ts';
export * as datasets from './datasets/index.ts';
export * as vectors from './vectors/index.ts';
export * as root from './root/index.ts';
export * as files from './files/index.ts';
export * as features from './features/index.ts';
export * as models from './models/descriptions.ts';
export * as metrics from './metrics/index.ts';
export * as plots from './plots/index.ts';
export * as exporters from './export/index.ts';
export { crossValidate, retrain, train, trainEnsemble } from './session.ts';
export { ensemble, loadModel, saveModel } from './train/index.ts';
export type {
  CrossValidation,
  CrossValidationOptions,
  Ensemble,
  EnsembleOptions,
  TrainOptions,
} from './train/index.ts';
