import { CygnetError } from '@cygnet/columns';
import { addressOf, type Pointer } from '../pinned-library.ts';
import { xgboostApi } from './c-api.ts';

/** Events that XGBoost holds. It copies what it is given. */
export interface DataMatrix {
  readonly handle: Pointer;
  readonly rows: number;
  dispose(): void;
}

/** NumPy's array interface, by which XGBoost finds an array in memory. */
const arrayInterface = (array: Float32Array, shape: readonly number[]): string =>
  JSON.stringify({ data: [addressOf(array), true], shape, typestr: '<f4', version: 3 });

/** JSON has no NaN, but XGBoost's reader takes the literal. */
const matrixConfig = (threads: number): string => `{"missing":NaN,"nthread":${threads}}`;

/**
 * @param values Row-major, `rows` x `features`; NaN is a missing value.
 */
export const dataMatrix = (
  values: Float32Array,
  features: number,
  info: { readonly labels?: Float32Array; readonly weights?: Float32Array } = {},
): DataMatrix => {
  const api = xgboostApi();
  const rows = values.length / features;
  const out: [Pointer | null] = [null];
  api.check('read the events', api.newMatrix(arrayInterface(values, [rows, features]), matrixConfig(api.threads), out));
  const handle = out[0];
  if (handle === null) throw new CygnetError('training-failed', 'XGBoost gave no matrix for the events.');
  const set = (field: string, array: Float32Array | undefined): void => {
    if (array) api.check(`read the ${field}s`, api.setMatrixInfo(handle, field, arrayInterface(array, [rows])));
  };
  let isAlive = true;
  const matrix: DataMatrix = {
    handle,
    rows,
    dispose: () => {
      if (isAlive) api.freeMatrix(handle);
      isAlive = false;
    },
  };
  try {
    set('label', info.labels);
    set('weight', info.weights);
    return matrix;
  } catch (error) {
    matrix.dispose();
    throw error;
  }
};
