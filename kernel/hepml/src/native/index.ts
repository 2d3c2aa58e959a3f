/**
 * Native engines out of the Python environment's wheels, called through koffi: TensorFlow behind tfjs, XGBoost, the
 * codecs of ROOT files. The one place that loads koffi. Nothing native is loaded before one of these functions is called. May import
 * `@cygnet/columns`.
 */
export { findWheelLibrary, pythonEnvironments, requireWheelLibrary, type WheelLibrary } from './python-environment.ts';
export { tensorFlowLibrary, xgboostLibrary } from './wheel-libraries.ts';
export type { AttachedTensorFlow } from './tensorflow/attach.ts';
export type { GraphEngine } from './tensorflow/graph/graph-engine.ts';
export type { GraphFunction } from './tensorflow/graph/graph-function.ts';
export type { GraphTensor } from './tensorflow/graph/graph-tensor.ts';
export type { Booster } from './xgboost/booster.ts';
export type { DataMatrix } from './xgboost/data-matrix.ts';
export type { FoundCodec, NativeCodec, NativeCodecs } from './codecs/index.ts';
export type { Xgboost } from './xgboost/index.ts';

/**
 * tfjs with TensorFlow behind it, loaded once a process.
 *
 * @throws CygnetError `engine-missing` when the environment has no TensorFlow.
 */
export const loadTensorFlow = async () => (await import('./tensorflow/attach.ts')).attachTensorFlow();

/**
 * XGBoost's C API, loaded once a process.
 *
 * @throws CygnetError `engine-missing` when the environment has no XGBoost.
 */
export const loadXgboost = async () => (await import('./xgboost/index.ts')).openXgboost();

/** The native codecs that the environment has, loaded once a thread; never throws for a missing one. */
export const loadCodecs = async () => (await import('./codecs/index.ts')).openCodecs();

/** What asks the system for large pages under memory that is about to be filled; undefined where it cannot be asked. */
export const loadPrepareMemory = async () => (await import('./codecs/index.ts')).prepareMemory();
