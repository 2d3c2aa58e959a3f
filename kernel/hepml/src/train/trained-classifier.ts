import { CygnetError } from '@cygnet/columns';
import { displaySymbol, type Displayable, type ModelSummary, type TrainingProgress } from '@cygnet/contract';
import { isTable, type Table } from '../data/index.ts';
import { targets } from '../export/index.ts';
import type { Provenance, TrainedModel } from '../models/index.ts';
import type { Fitted } from './fit.ts';
import { modelHtml, modelText } from './model-html.ts';

/** What the classifier is put together from. */
export interface ClassifierParts {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly features: readonly string[];
  readonly fitted: Fitted;
  readonly history: TrainingProgress;
  readonly provenance: Provenance;
  readonly referenceEvents: Float32Array;
}

const figures = ({ history, fitted }: ClassifierParts): ModelSummary['metrics'] => {
  const step = history.steps[fitted.keptStep - 1];
  const { loss, validationLoss, validationAuc } = step ?? {};
  const all = { trainingLoss: loss, validationLoss, validationAuc };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
};

const matrixOf = (name: string, features: readonly string[], data: Table | Float32Array): Float32Array => {
  if (data instanceof Float32Array) {
    if (data.length % features.length === 0) return data;
    throw new CygnetError(
      'model-mismatch',
      `Model "${name}" takes ${features.length} features an event; a matrix of ${data.length} numbers does not divide into such events.`,
    );
  }
  if (!isTable(data)) {
    throw new TypeError(
      `Model "${name}" predicts for a Table with its features, or a Float32Array of them, event by event (table.matrix(model.features)).`,
    );
  }
  const missing = features.filter((feature) => !data.columnNames.includes(feature));
  if (missing.length > 0) {
    throw new CygnetError(
      'model-mismatch',
      `Table "${data.name}" lacks ${missing.map((feature) => `"${feature}"`).join(', ')}, which model "${name}" was trained on. It has: ${data.columnNames.join(', ')}.`,
    );
  }
  const notNumbers = features.find((feature) => data.column(feature).kind !== 'flat');
  if (notNumbers !== undefined) {
    throw new CygnetError(
      'model-mismatch',
      `Column "${notNumbers}" of table "${data.name}" is not one number an event, as model "${name}" expects.`,
    );
  }
  return data.matrix(features);
};

/** A fitted classifier, whatever fitted it. */
export const trainedClassifier = (parts: ClassifierParts): TrainedModel & Displayable => {
  const { id, name, kind, features, fitted, history, provenance } = parts;
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
    targets: targets(parts),
  };
  const model: TrainedModel & Displayable = {
    id,
    name,
    kind,
    features,
    engine: fitted.engine,
    history,
    provenance,
    referenceEvents: parts.referenceEvents,
    summary,
    predict: async (data) => {
      requireAlive();
      const matrix = matrixOf(name, features, data);
      return matrix.length === 0 ? new Float32Array(0) : fitted.predict(matrix);
    },
    blueprint: async () => {
      requireAlive();
      return Promise.resolve(fitted.blueprint());
    },
    dispose: () => {
      if (isAlive) fitted.dispose();
      isAlive = false;
    },
    [displaySymbol]: () => ({ 'text/html': modelHtml(model), 'text/plain': modelText(model) }),
  };
  return model;
};
