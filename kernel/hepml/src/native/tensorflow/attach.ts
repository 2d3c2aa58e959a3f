import { createRequire, Module } from 'node:module';
import { availableParallelism } from 'node:os';
import util from 'node:util';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { tensorFlowBinding } from './binding.ts';
import { loadTensorFlowApi } from './c-api.ts';
import { graphEngine, type GraphEngine } from './graph/graph-engine.ts';

/** tfjs with TensorFlow behind it. */
export interface AttachedTensorFlow {
  readonly tf: typeof TensorFlowJs;
  /** Of the native library, for example `2.21.0`. */
  readonly version: string;
  /** Functions of tensors as graphs that run as a whole. */
  readonly graphs: GraphEngine;
}

const require = createRequire(import.meta.url);

/** Makes `require` of a file answer with the given exports. */
const preload = (path: string, exports: unknown): void => {
  const module = new Module(path);
  module.exports = exports;
  module.loaded = true;
  require.cache[path] = module;
};

/** tfjs-node 4.22 calls two checks that Node took out of `util` in version 23. */
const restoreUtilChecks = (): void => {
  const target = util as unknown as Record<string, unknown>;
  target.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  target.isArray = Array.isArray;
};

const attach = (): AttachedTensorFlow => {
  process.env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism());
  const api = loadTensorFlowApi();
  const binding = tensorFlowBinding(api);
  restoreUtilChecks();
  const addonPath = import.meta.filename;
  preload(addonPath, binding);
  preload(createRequire(require.resolve('@tensorflow/tfjs-node')).resolve('@mapbox/node-pre-gyp'), {
    find: () => addonPath,
  });
  const tf = require('@tensorflow/tfjs-node') as typeof TensorFlowJs;
  return { tf, version: binding.TF_Version, graphs: graphEngine(api, tf) };
};

let attached: AttachedTensorFlow | undefined;

/**
 * Loads tfjs-node, once a process, with our binding in place of its compiled addon. tfjs-node asks node-pre-gyp where the addon is:
 * we answer with this file's own path, under which the binding waits in the module cache.
 *
 * @throws CygnetError `engine-missing` when the environment has no TensorFlow.
 */
export const attachTensorFlow = (): AttachedTensorFlow => (attached ??= attach());
