import { CygnetError } from '@cygnet/columns';
import { readMemory, readText, readUint64, type Pointer } from '../pinned-library.ts';
import { xgboostApi } from './c-api.ts';
import type { DataMatrix } from './data-matrix.ts';

/**
 * A growing or finished ensemble of trees in XGBoost. What XGBoost returns lies in memory of the thread that asked, until
 * that thread asks again: so only updates, which return nothing, leave the main thread.
 */
export interface Booster {
  /** Adds one round of trees, off the main thread. */
  update(round: number, matrix: DataMatrix): Promise<void>;
  /** Metric values by `<matrix name>-<metric>`, for example `validation-logloss`. */
  evaluate(
    round: number,
    matrices: { readonly [name: string]: DataMatrix },
  ): Promise<{ readonly [metric: string]: number }>;
  /** Output of each event: probabilities under a logistic objective. */
  predict(matrix: DataMatrix): Promise<Float32Array>;
  /** The first rounds only, as a booster of its own. */
  firstRounds(rounds: number): Booster;
  /** Becomes the model of a file of XGBoost, JSON or UBJSON. */
  load(file: Uint8Array): void;
  /** XGBoost's JSON model. */
  toJson(): unknown;
  /** XGBoost's own file of the model, in UBJSON. */
  toFile(): Uint8Array;
  /** XGBoost's own record of every parameter, as JSON text. */
  configuration(): string;
  /** Frees the native memory; without it that happens when the booster is garbage. */
  dispose(): void;
}

const predictionConfig = JSON.stringify({
  type: 0,
  training: false,
  iteration_begin: 0,
  iteration_end: 0,
  strict_shape: false,
});

const abandoned = new FinalizationRegistry<Pointer>((handle) => {
  xgboostApi().freeBooster(handle);
});

const required = (pointer: Pointer | null): Pointer => {
  if (pointer === null) throw new CygnetError('training-failed', 'XGBoost returned nothing.');
  return pointer;
};

const parseMetrics = (line: string): { readonly [metric: string]: number } =>
  Object.fromEntries(
    line
      .split('\t')
      .slice(1)
      .map((entry) => {
        const colon = entry.lastIndexOf(':');
        return [entry.slice(0, colon), Number(entry.slice(colon + 1))];
      }),
  );

const boosterOf = (handle: Pointer): Booster => {
  const api = xgboostApi();
  let isAlive = true;
  const alive = (): Pointer => {
    if (!isAlive) throw new CygnetError('unsupported', 'These boosted trees have been disposed of.');
    return handle;
  };
  const booster: Booster = {
    update: (round, matrix) =>
      api.offThread('grow a tree', api.updateOneIteration, alive(), round, matrix.handle).then(() => void booster),
    evaluate: async (round, matrices) => {
      const handles = Object.values(matrices).map((matrix) => matrix.handle);
      const out: [string | null] = [null];
      api.check('evaluate', api.evaluate(alive(), round, handles, Object.keys(matrices), handles.length, out));
      return Promise.resolve(parseMetrics(out[0] ?? ''));
    },
    predict: (matrix) => {
      const shape: [Pointer | null] = [null];
      const rank: [number | bigint] = [0];
      const result: [Pointer | null] = [null];
      api.check('predict', api.predict(alive(), matrix.handle, predictionConfig, shape, rank, result));
      const size = readUint64(required(shape[0]), Number(rank[0])).reduce((product, length) => product * length, 1);
      return Promise.resolve(readMemory(new Float32Array(size), required(result[0])));
    },
    firstRounds: (rounds) => {
      const out: [Pointer | null] = [null];
      api.check('take the best rounds', api.slice(alive(), 0, rounds, 1, out));
      return boosterOf(required(out[0]));
    },
    load: (file) => api.check('read the model file', api.loadModel(alive(), file, file.length)),
    toFile: () => {
      const length: [number | bigint] = [0];
      const out: [Pointer | null] = [null];
      api.check('save the model', api.saveModel(alive(), '{"format":"ubj"}', length, out));
      return readMemory(new Uint8Array(Number(length[0])), required(out[0]));
    },
    toJson: () => {
      const length: [number | bigint] = [0];
      const out: [Pointer | null] = [null];
      api.check('save the model', api.saveModel(alive(), '{"format":"json"}', length, out));
      return JSON.parse(readText(required(out[0]), Number(length[0]))) as unknown;
    },
    configuration: () => {
      const length: [number | bigint] = [0];
      const out: [string | null] = [null];
      api.check('report its parameters', api.saveConfig(alive(), length, out));
      return out[0] ?? '';
    },
    dispose: () => {
      if (isAlive) {
        abandoned.unregister(booster);
        api.freeBooster(handle);
      }
      isAlive = false;
    },
  };
  abandoned.register(booster, handle, booster);
  return booster;
};

/** A booster that will learn from, or predict, the given matrices: XGBoost remembers its predictions of them. */
export const newBooster = (
  matrices: readonly DataMatrix[],
  parameters: { readonly [name: string]: string },
): Booster => {
  const api = xgboostApi();
  const out: [Pointer | null] = [null];
  api.check(
    'start',
    api.newBooster(
      matrices.map((matrix) => matrix.handle),
      matrices.length,
      out,
    ),
  );
  const handle = required(out[0]);
  const booster = boosterOf(handle);
  for (const [name, value] of Object.entries(parameters)) {
    api.check(`set ${name} to ${value}`, api.setParameter(handle, name, value));
  }
  return booster;
};

/**
 * A booster out of a model file of XGBoost, JSON or UBJSON.
 *
 * @throws CygnetError `training-failed` with what XGBoost says of the file.
 */
export const loadBooster = (file: Uint8Array): Booster => {
  const booster = newBooster([], {});
  try {
    booster.load(file);
    return booster;
  } catch (error) {
    booster.dispose();
    throw error;
  }
};
