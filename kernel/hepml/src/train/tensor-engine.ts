import { join, dirname } from 'node:path';
import { createRequire } from 'node:module';
import { isCygnetError } from '@cygnet/columns';
import { checkChoice, type EngineReport } from '../models/index.ts';
import { loadTensorFlow, type GraphEngine } from '../native/index.ts';
import type { Tf } from './networks/network.ts';

/** tfjs with an engine behind it. */
export interface TensorEngine {
  readonly tf: Tf;
  readonly report: EngineReport;
  readonly versions: { readonly [library: string]: string };
  /** Where a training step can run as one graph. */
  readonly graphs?: GraphEngine;
}

const withTensorFlow = async (choice: string): Promise<TensorEngine> => {
  const { tf, version, graphs } = await loadTensorFlow();
  await tf.setBackend('tensorflow');
  const where = { device: 'CPU', library: `TensorFlow ${version}` };
  const versions = { tensorflow: version, tfjs: tf.version.tfjs };
  if (choice !== 'tf-eager') return { tf, report: { name: 'tf-graph', ...where }, versions, graphs };
  const note = 'Steps were not captured into a graph because CYGNET_ENGINE=tf-eager asks for single operations';
  return { tf, report: { name: 'tf-eager', ...where, note }, versions };
};

const withWasm = async (note: string): Promise<TensorEngine> => {
  const tf = await import('@tensorflow/tfjs');
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly engine of tfjs did not start.');
  return {
    tf,
    report: { name: 'wasm', device: 'CPU', library: `tfjs-backend-wasm ${wasm.version_wasm}`, note },
    versions: { 'tfjs-backend-wasm': wasm.version_wasm, tfjs: tf.version.tfjs },
  };
};

const open = async (asked: string | undefined): Promise<TensorEngine> => {
  const choice = checkChoice('environment', 'CYGNET_ENGINE', asked || 'auto', [
    'auto',
    'tensorflow',
    'tf-eager',
    'wasm',
  ]);
  if (choice === 'wasm')
    return withWasm('TensorFlow was not used because CYGNET_ENGINE=wasm asks for the light engine');
  try {
    return await withTensorFlow(choice);
  } catch (error) {
    if (choice !== 'auto' || !isCygnetError(error, 'engine-missing')) throw error;
    return withWasm(`TensorFlow was not used: ${error.message}`);
  }
};

const engines = new Map<string | undefined, Promise<TensorEngine>>();

/**
 * The engine for networks: TensorFlow where the environment has it, else WebAssembly, and the report says why.
 * `CYGNET_ENGINE=wasm` or `=tensorflow` decides; `=tf-eager` is TensorFlow without graphs.
 */
export const tensorEngine = async (asked: string | undefined = process.env.CYGNET_ENGINE): Promise<TensorEngine> => {
  const engine = engines.get(asked) ?? open(asked);
  engines.set(asked, engine);
  engine.catch(() => engines.delete(asked));
  const { tf, report } = await engine;
  // A user may have chosen another backend for computations of their own.
  await tf.setBackend(report.name === 'wasm' ? 'wasm' : 'tensorflow');
  return engine;
};
