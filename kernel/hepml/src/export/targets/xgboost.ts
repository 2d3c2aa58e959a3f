import { CygnetError, isCygnetError } from '@cygnet/columns';
import { loadXgboost } from '../../native/index.ts';
import type { FileToRun, TargetFormat, TargetScores } from '../target-format.ts';
import { refuseUnlessTrees } from '../tree-checks.ts';
import { xgboostJson } from '../xgboost-json.ts';

/** XGBoost's JSON model, for its Python, C++ and Java readers, old ones too; read back by libxgboost. */
export const xgboostTarget: TargetFormat = {
  name: 'xgboost',
  title: 'XGBoost',
  ending: '.xgboost.json',
  tolerances: { trees: 1e-6 },
  tasks: ['signal'],
  runsCode: false,
  usage: (name) => `Load ${name}.xgboost.json with Booster.load_model and predict; NaN is the missing value.`,
  write: ({ blueprint }) => {
    refuseUnlessTrees(blueprint);
    return Buffer.from(xgboostJson(blueprint));
  },
  run: (file) => runXgboost(file),
};

const runXgboost = async ({ content, events, features }: FileToRun): Promise<TargetScores> => {
  const xgboost = await loadXgboost();
  const tool = `XGBoost ${xgboost.version}`;
  try {
    const booster = xgboost.loadBooster(content);
    try {
      const matrix = xgboost.dataMatrix(events, features.length);
      try {
        return { scores: await booster.predict(matrix), tool };
      } finally {
        matrix.dispose();
      }
    } finally {
      booster.dispose();
    }
  } catch (cause) {
    if (!isCygnetError(cause, 'training-failed')) throw cause;
    throw new CygnetError('verification-failed', `${tool} refuses the exported file: ${cause.message}`, { cause });
  }
};
