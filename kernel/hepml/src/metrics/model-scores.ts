import { CygnetError } from '@cygnet/columns';
import { rocCurve, type RocCurve } from './roc-curve.ts';

/** What is asked of a table: the truth and the weights, one an event. `Table` has both. */
export interface LabelledEvents {
  labels(): Uint8Array;
  weights(): Float64Array;
}

/** What is asked of a model. `TrainedModel` has it. */
export interface Scorer<Events> {
  predict(events: Events): Promise<Float32Array>;
  /** Names of what it predicts; one, the signal probability, when absent. */
  readonly outputs?: readonly string[];
}

/**
 * Scores of a model on a table, with the table's labels and weights: what the other functions here take.
 * @throws CygnetError `model-mismatch` when the table lacks a feature of the model, or the model has several outputs.
 * @example
 * const test = await metrics.scores(model, testTable);
 * metrics.auc(test.labels, test.scores, test);
 */
export const scores = async <Events extends LabelledEvents>(
  model: Scorer<NoInfer<Events>>,
  events: Events,
): Promise<{ readonly scores: Float32Array; readonly labels: Uint8Array; readonly weights: Float64Array }> => {
  const { outputs = ['signal'] } = model;
  if (outputs.length !== 1)
    throw new CygnetError(
      'model-mismatch',
      `The model predicts ${outputs.join(', ')}, not one signal probability. See metrics.classScores.`,
    );
  return { scores: await model.predict(events), labels: events.labels(), weights: events.weights() };
};

/**
 * ROC curve of a model on a table, with the table's labels and weights.
 * @throws CygnetError `model-mismatch` when the table lacks a feature of the model; RangeError as `rocCurve`.
 * @example
 * const roc = await metrics.roc(model, testTable);
 * console.log(`AUC ${roc.auc.toFixed(3)} +- ${roc.aucError.toFixed(3)}`);
 */
export const roc = async <Events extends LabelledEvents>(
  model: Scorer<NoInfer<Events>>,
  events: Events,
): Promise<RocCurve> => {
  const sample = await scores(model, events);
  return rocCurve(sample.labels, sample.scores, { weights: sample.weights });
};
