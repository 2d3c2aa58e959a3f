/** XGBoost through its C API: events in, boosters that grow round by round out. */
import { loadBooster, newBooster } from './booster.ts';
import { xgboostApi } from './c-api.ts';
import { dataMatrix } from './data-matrix.ts';

/** XGBoost as the rest of the library sees it. */
export interface Xgboost {
  readonly version: string;
  /** Threads that it uses: the processors that this process may use. */
  readonly threads: number;
  readonly dataMatrix: typeof dataMatrix;
  readonly newBooster: typeof newBooster;
  readonly loadBooster: typeof loadBooster;
}

/** @throws CygnetError `engine-missing` when the environment has no XGBoost. */
export const openXgboost = (): Xgboost => {
  const { version, threads } = xgboostApi();
  return { version, threads, dataMatrix, newBooster, loadBooster };
};
