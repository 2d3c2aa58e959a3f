import { auc } from '../metrics/index.ts';
import {
  treeImportance,
  treesBlueprint,
  xgboostParameters,
  type BoostedTrees,
  type EngineReport,
  type InputFeature,
  type Task,
} from '../models/index.ts';
import { loadXgboost, type Booster, type DataMatrix, type Xgboost } from '../native/index.ts';
import { CygnetError, isCygnetError } from '@cygnet/columns';
import { earlyStopping } from './early-stopping.ts';
import type { Abilities, FitContext, Fitted, SavedParts } from './fit.ts';
import type { Monitor } from './monitor.ts';
import type { Sample } from './sample.ts';
import { targetMoments } from './target-moments.ts';

const refuseNegativeWeights = (sample: Sample): void => {
  const negative = sample.weights.findIndex((weight) => weight < 0);
  if (negative < 0) return;
  throw new CygnetError(
    'training-failed',
    `The weight of event ${negative} is negative, which XGBoost does not take. Choose what becomes of such events: negativeWeights: 'pair' or 'ignore'; or train a network, which keeps them.`,
  );
};

/** XGBoost ignores a parameter that it does not know: we do not. */
const refuseUnknownParameters = (model: BoostedTrees, booster: Booster): void => {
  const configuration = booster.configuration();
  const unknown = Object.keys(model.xgboost).find((name) => !configuration.includes(`"${name}":`));
  if (unknown === undefined) return;
  throw new RangeError(`models.boostedTrees: option "xgboost" has "${unknown}", which XGBoost does not know.`);
};

const asMatrix = (xgboost: Xgboost, sample: Sample): DataMatrix =>
  xgboost.dataMatrix(sample.matrix, sample.featureCount, {
    labels: sample.labels,
    ...(sample.isWeighted ? { weights: sample.weights } : {}),
  });

/** Grows boosted trees round by round; between rounds the event loop is free and the run can be stopped. */
export const fitBoostedTrees = async (model: BoostedTrees, context: FitContext): Promise<Fitted> => {
  const { training, validation } = context;
  [training, validation].forEach((sample) => sample && refuseNegativeWeights(sample));
  const xgboost = await loadXgboost();
  const engine: EngineReport = { name: 'xgboost', device: 'CPU', library: `XGBoost ${xgboost.version}` };
  const monitor = context.startMonitor({ engine, unit: 'round', totalSteps: model.trees });
  const held: DataMatrix[] = [];
  const hold = (sample: Sample): DataMatrix => {
    const matrix = asMatrix(xgboost, sample);
    held.push(matrix);
    return matrix;
  };
  try {
    const matrices = { training: hold(training), ...(validation ? { validation: hold(validation) } : {}) };
    return await grow(model, context, { xgboost, engine, monitor, matrices });
  } finally {
    held.forEach((matrix) => matrix.dispose());
  }
};

/** What {@link grow} works with. */
interface Ground {
  readonly xgboost: Xgboost;
  readonly engine: EngineReport;
  readonly monitor: Monitor;
  readonly matrices: { readonly training: DataMatrix; readonly validation?: DataMatrix };
}

const grow = async (
  model: BoostedTrees,
  { training, validation, options, features, task, seed, interruption }: FitContext,
  { xgboost, engine, monitor, matrices }: Ground,
): Promise<Fitted> => {
  const parameters = xgboostParameters(model, {
    task,
    seed,
    threads: xgboost.threads,
    target: targetMoments(training),
  });
  const booster = xgboost.newBooster(Object.values(matrices), parameters);
  const stopping = earlyStopping(options.earlyStopping?.patience);
  let rounds = 0;
  try {
    while (rounds < model.trees && !stopping.isOver(rounds)) {
      await interruption.breathe();
      await booster.update(rounds, matrices.training);
      if (rounds === 0) refuseUnknownParameters(model, booster);
      const losses = await booster.evaluate(rounds, matrices);
      rounds++;
      const loss = losses[`training-${parameters.eval_metric}`] ?? NaN;
      const validationLoss = losses[`validation-${parameters.eval_metric}`];
      if (!Number.isFinite(loss)) {
        throw new CygnetError(
          'training-failed',
          `The loss is ${loss} after round ${rounds}. A smaller learningRate may help.`,
        );
      }
      if (validation === undefined || validationLoss === undefined || matrices.validation === undefined) {
        monitor.step({ step: rounds, loss });
        continue;
      }
      stopping.observe(rounds, validationLoss);
      const quality =
        task.kind === 'signal'
          ? {
              validationAuc: auc(
                validation.labels,
                await booster.predict(matrices.validation),
                validation.isWeighted ? validation : {},
              ),
            }
          : {};
      monitor.step({ step: rounds, loss, validationLoss, ...quality });
    }
    const isCut = options.earlyStopping !== undefined && stopping.bestStep < rounds;
    const kept = isCut ? booster.firstRounds(stopping.bestStep) : booster;
    if (isCut) booster.dispose();
    return {
      engine,
      keptStep: isCut ? stopping.bestStep : rounds,
      ...(isCut
        ? { message: `Best validation loss at round ${stopping.bestStep} of ${rounds}; later rounds were dropped.` }
        : {}),
      versions: { xgboost: xgboost.version },
      ...treesModel(xgboost, kept, features, task),
    };
  } catch (error) {
    booster.dispose();
    throw error;
  }
};

/** What trained trees can do. */
const treesModel = (xgboost: Xgboost, booster: Booster, features: readonly InputFeature[], task: Task): Abilities => ({
  predict: async ({ matrix }) => {
    const events = xgboost.dataMatrix(matrix, features.length);
    try {
      return await booster.predict(events);
    } finally {
      events.dispose();
    }
  },
  blueprint: { kind: 'trees', make: () => treesBlueprint(booster.toJson(), features, task) },
  treeImportance: () =>
    treeImportance(
      booster.toJson(),
      features.map(({ name }) => name),
    ),
  save: () => ({ state: {}, file: booster.toFile() }),
  dispose: () => booster.dispose(),
});

/** Trees out of XGBoost's own file. @throws CygnetError `bad-file`, `engine-missing`. */
export const loadBoostedTrees = async (_: unknown, { name, features, task, file }: SavedParts): Promise<Abilities> => {
  const xgboost = await loadXgboost();
  try {
    return treesModel(xgboost, xgboost.loadBooster(file), features, task);
  } catch (cause) {
    if (!isCygnetError(cause, 'training-failed')) throw cause;
    throw new CygnetError('bad-file', `XGBoost cannot read the trees of "${name}": ${cause.message}`, { cause });
  }
};
