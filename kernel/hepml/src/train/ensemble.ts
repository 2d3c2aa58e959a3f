import { Table } from '../data/index.ts';
import type { TrainedModel } from '../models/index.ts';

/** Models that answer together. */
export interface Ensemble {
  readonly members: readonly TrainedModel[];
  readonly outputs: readonly string[];
  /** Mean of the members' predictions, row-major, events x outputs. */
  predict(data: Table | Float32Array): Promise<Float32Array>;
  /** The means as a table with a column an output. */
  predictTable(data: Table | Float32Array): Promise<Table>;
  /** Standard deviation of the members' predictions: how much they disagree. */
  spread(data: Table | Float32Array): Promise<Float32Array>;
  dispose(): void;
}

/** Mean and standard deviation of several arrays, number by number. */
const moments = (
  arrays: readonly Float32Array[],
): { readonly mean: Float32Array; readonly deviation: Float32Array } => {
  const [first] = arrays as [Float32Array];
  const mean = new Float32Array(first.length);
  const deviation = new Float32Array(first.length);
  for (let i = 0; i < first.length; i++) {
    const values = arrays.map((array) => array[i] as number);
    const own = values.reduce((sum, value) => sum + value, 0) / values.length;
    mean[i] = own;
    deviation[i] = Math.sqrt(values.reduce((sum, value) => sum + (value - own) ** 2, 0) / values.length);
  }
  return { mean, deviation };
};

/**
 * Puts models together that predict the same.
 *
 * @throws RangeError when there is none, or their outputs differ.
 * @example
 * const both = ensemble([trees, network]);
 * const scores = await both.predict(test);
 */
export const ensemble = (members: readonly TrainedModel[]): Ensemble => {
  const [first] = members;
  if (first === undefined) throw new RangeError('ensemble: there is no model in it.');
  const { outputs } = first;
  const other = members.find((member) => member.outputs.join('\n') !== outputs.join('\n'));
  if (other !== undefined)
    throw new RangeError(
      `ensemble: model "${first.name}" predicts ${outputs.join(', ')}, but "${other.name}" ${other.outputs.join(', ')}.`,
    );
  const all = async (data: Table | Float32Array) => {
    const predictions: Float32Array[] = [];
    for (const member of members) predictions.push(await member.predict(data));
    return moments(predictions);
  };
  const predict = async (data: Table | Float32Array): Promise<Float32Array> => (await all(data)).mean;
  return {
    members,
    outputs,
    predict,
    predictTable: async (data) => predictionTable(await predict(data), outputs, 'ensemble'),
    spread: async (data) => (await all(data)).deviation,
    dispose: () => members.forEach((member) => member.dispose()),
  };
};

/** Predictions, row-major, as a table with a column an output. */
export const predictionTable = (values: Float32Array, outputs: readonly string[], name: string): Table =>
  Table.from(new Map(outputs.map((output, own) => [output, values.filter((_, i) => i % outputs.length === own)])), {
    name,
  });
