import { availableParallelism } from 'node:os';
import { CygnetError } from '@cygnet/columns';
import { loadPinnedLibrary, type Pointer } from '../pinned-library.ts';
import { requireWheelLibrary } from '../python-environment.ts';
import { xgboostLibrary } from '../wheel-libraries.ts';

/** A function of XGBoost: 0 is success. `async` runs it on a thread of libuv's pool. */
interface Call<Arguments extends readonly unknown[]> {
  (...args: Arguments): number;
  readonly async: (...args: [...Arguments, (error: unknown, code: number) => void]) => void;
}

type Out<T> = [T];
/** koffi hands 64-bit numbers out as bigint where a number would lose digits. */
type Size = number | bigint;

/** The functions of XGBoost's C API (xgboost/c_api.h) that we use. */
export interface XgboostApi {
  readonly version: string;
  readonly threads: number;
  readonly newMatrix: Call<[data: string, config: string, out: Out<Pointer | null>]>;
  readonly setMatrixInfo: Call<[matrix: Pointer, field: string, array: string]>;
  readonly freeMatrix: Call<[matrix: Pointer]>;
  readonly newBooster: Call<[matrices: Pointer[], count: number, out: Out<Pointer | null>]>;
  readonly freeBooster: Call<[booster: Pointer]>;
  readonly setParameter: Call<[booster: Pointer, name: string, value: string]>;
  readonly updateOneIteration: Call<[booster: Pointer, iteration: number, matrix: Pointer]>;
  readonly evaluate: Call<
    [booster: Pointer, iteration: number, matrices: Pointer[], names: string[], count: number, out: Out<string | null>]
  >;
  readonly predict: Call<
    [
      booster: Pointer,
      matrix: Pointer,
      config: string,
      shape: Out<Pointer | null>,
      rank: Out<Size>,
      result: Out<Pointer | null>,
    ]
  >;
  readonly slice: Call<[booster: Pointer, begin: number, end: number, step: number, out: Out<Pointer | null>]>;
  readonly saveModel: Call<[booster: Pointer, config: string, length: Out<Size>, out: Out<Pointer | null>]>;
  readonly loadModel: Call<[booster: Pointer, file: Uint8Array, length: number]>;
  readonly saveConfig: Call<[booster: Pointer, length: Out<Size>, out: Out<string | null>]>;
  /** Throws XGBoost's message when a code is not 0. */
  check(what: string, code: number): void;
  /** Runs a call off the main thread, so that the event loop stays free. */
  offThread<Arguments extends readonly unknown[]>(
    what: string,
    call: Call<Arguments>,
    ...args: Arguments
  ): Promise<void>;
}

const open = (): XgboostApi => {
  // Idle OpenMP threads spin by default: on a busy machine that costs more than it saves.
  process.env.OMP_WAIT_POLICY ??= 'passive';
  const library = loadPinnedLibrary(requireWheelLibrary(xgboostLibrary));
  const lastError = library.func('const char *XGBGetLastError()') as () => string;
  const versionOf = library.func('void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)') as (
    ...parts: Out<number>[]
  ) => void;
  const version: Out<number>[] = [[0], [0], [0]];
  versionOf(...version);
  const check = (what: string, code: number): void => {
    if (code === 0) return;
    // The first line says it; the rest is a C++ stack trace.
    const reason = (lastError().split('\n')[0] ?? '').replace(/^\[[\d:]+\] \S+: /, '');
    throw new CygnetError('training-failed', `XGBoost could not ${what}: ${reason}`);
  };
  return {
    version: version.map(([part]) => part).join('.'),
    threads: availableParallelism(),
    newMatrix: library.func('int XGDMatrixCreateFromDense(const char *data, const char *config, _Out_ void **out)'),
    setMatrixInfo: library.func(
      'int XGDMatrixSetInfoFromInterface(void *matrix, const char *field, const char *array)',
    ),
    freeMatrix: library.func('int XGDMatrixFree(void *matrix)'),
    newBooster: library.func('int XGBoosterCreate(void **matrices, uint64_t count, _Out_ void **out)'),
    freeBooster: library.func('int XGBoosterFree(void *booster)'),
    setParameter: library.func('int XGBoosterSetParam(void *booster, const char *name, const char *value)'),
    updateOneIteration: library.func('int XGBoosterUpdateOneIter(void *booster, int iteration, void *matrix)'),
    evaluate: library.func(
      'int XGBoosterEvalOneIter(void *booster, int iteration, void **matrices, const char **names, uint64_t count, _Out_ const char **out)',
    ),
    predict: library.func(
      'int XGBoosterPredictFromDMatrix(void *booster, void *matrix, const char *config, _Out_ void **shape, _Out_ uint64_t *rank, _Out_ void **result)',
    ),
    slice: library.func('int XGBoosterSlice(void *booster, int begin, int end, int step, _Out_ void **out)'),
    saveModel: library.func(
      'int XGBoosterSaveModelToBuffer(void *booster, const char *config, _Out_ uint64_t *length, _Out_ void **out)',
    ),
    loadModel: library.func('int XGBoosterLoadModelFromBuffer(void *booster, const void *file, uint64_t length)'),
    saveConfig: library.func(
      'int XGBoosterSaveJsonConfig(void *booster, _Out_ uint64_t *length, _Out_ const char **out)',
    ),
    check,
    offThread: (what, call, ...args) =>
      new Promise((resolve, reject) => {
        call.async(...args, (error, code) => {
          if (error) reject(error instanceof Error ? error : new Error(`XGBoost could not ${what}`, { cause: error }));
          else if (code === 0) resolve();
          else {
            // XGBoost keeps its message in the thread that failed: the same call here brings it to this thread.
            try {
              check(what, call(...args));
              resolve();
            } catch (failure) {
              reject(failure instanceof Error ? failure : new Error(String(failure)));
            }
          }
        });
      }),
  };
};

let shared: XgboostApi | undefined;

/**
 * XGBoost's C API, loaded once a process.
 *
 * @throws CygnetError `engine-missing` when the environment has no XGBoost.
 */
export const xgboostApi = (): XgboostApi => (shared ??= open());
