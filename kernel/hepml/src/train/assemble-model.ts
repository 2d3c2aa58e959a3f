import { CygnetError, isCygnetError } from '@cygnet/columns';
import { displaySymbol, type Displayable, type ModelSummary, type TrainingProgress } from '@cygnet/contract';
import { isTable, type Table } from '../data/index.ts';
import { targets } from '../export/index.ts';
import {
  outputNames,
  type InputFeature,
  type ModelDescription,
  type Provenance,
  type Task,
  type TrainedModel,
} from '../models/index.ts';
import { predictionTable } from './ensemble.ts';
import type { Fitted } from './fit.ts';
import type { InputLayout } from './input-layout.ts';
import { modelHtml, modelText } from './model-html.ts';
import { readInputs } from './read-inputs.ts';
import type { EventInputs } from './sample.ts';
import type { TrainOptions } from './train-options.ts';

/** What a trained model is put together from. */
export interface ModelParts {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly description: ModelDescription;
  /** Those of the training. */
  readonly options: TrainOptions;
  readonly features: readonly string[];
  readonly inputs: readonly InputFeature[];
  readonly task: Task;
  readonly layout: InputLayout;
  readonly fitted: Fitted;
  readonly history: TrainingProgress;
  readonly provenance: Provenance;
  readonly referenceEvents: Float32Array;
}

const figures = ({ history, fitted }: ModelParts): ModelSummary['metrics'] => {
  const step = history.steps[fitted.keptStep - 1];
  const { loss, validationLoss, validationAuc } = step ?? {};
  const all = { trainingLoss: loss, validationLoss, validationAuc };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
};

/** @throws CygnetError `model-mismatch` when a column is missing or of another kind than the model was trained on. */
const inputsOf = ({ name, features, layout }: ModelParts, data: Table | Float32Array): EventInputs => {
  if (data instanceof Float32Array && layout.kind === 'features') {
    const featureCount = features.length;
    const events = data.length / featureCount;
    if (Number.isInteger(events)) return { events, featureCount, matrix: data, rowsPerEvent: 1 };
    throw new CygnetError(
      'model-mismatch',
      `Model "${name}" takes ${featureCount} features an event; a matrix of ${data.length} numbers does not divide into such events.`,
    );
  }
  if (!isTable(data)) {
    const matrix =
      layout.kind === 'features' ? ', or a Float32Array of them, event by event (table.matrix(model.features))' : '';
    throw new TypeError(`Model "${name}" predicts for a Table with its features${matrix}.`);
  }
  const missing = features.filter((feature) => !data.columnNames.includes(feature));
  if (missing.length > 0) {
    throw new CygnetError(
      'model-mismatch',
      `Table "${data.name}" lacks ${missing.map((feature) => `"${feature}"`).join(', ')}, which model "${name}" was trained on. It has: ${data.columnNames.join(', ')}.`,
    );
  }
  const notNumbers = features.find((feature) => data.column(feature).kind !== 'flat');
  if (notNumbers !== undefined && layout.kind === 'features') {
    throw new CygnetError(
      'model-mismatch',
      `Column "${notNumbers}" of table "${data.name}" is not one number an event, as model "${name}" expects.`,
    );
  }
  try {
    return readInputs(data, features, layout);
  } catch (cause) {
    if (!isCygnetError(cause, 'training-failed')) throw cause;
    throw new CygnetError('model-mismatch', `Model "${name}" cannot predict: ${cause.message}`, { cause });
  }
};

const assembled = new WeakMap<object, ModelParts>();

/** What a trained model was put together from. @throws CygnetError `unsupported` for an object that was made elsewhere. */
export const partsOf = (model: TrainedModel): ModelParts => {
  const parts = assembled.get(model);
  if (parts !== undefined) return parts;
  throw new CygnetError(
    'unsupported',
    'This is no model that train, retrain or loadModel of this library has returned, or a copy of one.',
  );
};

/** A fitted model, whatever fitted it. */
export const assembleModel = (parts: ModelParts): TrainedModel & Displayable => {
  const { id, name, kind, features, task, fitted, history, provenance } = parts;
  const outputs = outputNames(task);
  const blueprintKind = fitted.blueprint?.kind;
  const importance = fitted.treeImportance;
  let isAlive = true;
  const requireAlive = (): void => {
    if (!isAlive)
      throw new CygnetError('unsupported', `Model "${name}" has been disposed of. Train it again to use it.`);
  };
  const summary: ModelSummary = {
    id,
    name,
    kind,
    engine: fitted.engine.name,
    features,
    trainedAt: provenance.trainedAt,
    metrics: figures(parts),
    targets: targets({ task, ...(blueprintKind === undefined ? {} : { blueprintKind }) }),
  };
  const model: TrainedModel & Displayable = {
    id,
    name,
    kind,
    features,
    task,
    outputs,
    ...(blueprintKind === undefined ? {} : { blueprintKind }),
    engine: fitted.engine,
    history,
    provenance,
    referenceEvents: parts.referenceEvents,
    summary,
    predict: async (data) => {
      requireAlive();
      const inputs = inputsOf(parts, data);
      return inputs.events === 0 ? new Float32Array(0) : fitted.predict(inputs);
    },
    predictTable: async (data) => predictionTable(await model.predict(data), outputs, name),
    ...(importance === undefined
      ? {}
      : {
          treeImportance: () => {
            requireAlive();
            return importance();
          },
        }),
    blueprint: async () => {
      requireAlive();
      if (fitted.blueprint === undefined)
        throw new CygnetError(
          'unsupported',
          `Model "${name}", a ${kind}, has no common representation: that holds dense networks and trees.`,
        );
      return Promise.resolve(fitted.blueprint.make());
    },
    dispose: () => {
      if (isAlive) fitted.dispose();
      isAlive = false;
    },
    [displaySymbol]: () => ({ 'text/html': modelHtml(model), 'text/plain': modelText(model) }),
  };
  assembled.set(model, parts);
  return model;
};
