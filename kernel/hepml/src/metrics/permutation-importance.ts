import { CygnetError, type Column } from '@cygnet/columns';
import { randomSource, shuffleInPlace, Table } from '../data/index.ts';
import { auc } from './auc.ts';
import { classQuality } from './class-quality.ts';
import { classScores } from './class-scores.ts';
import { regressionQuality } from './regression-quality.ts';

/** What is asked of a model. `TrainedModel` has it. */
interface ExplainedModel {
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  readonly task:
    | { readonly kind: 'signal' }
    | { readonly kind: 'classes'; readonly classes: readonly (string | number)[] }
    | { readonly kind: 'regression'; readonly target: string };
  predict(table: Table): Promise<Float32Array>;
}

/** How much worse a model gets without a feature. */
export interface FeatureImportance {
  readonly feature: string;
  /** Loss of quality when the feature's values are shuffled among the events; mean of the repeats. */
  readonly importance: number;
  /** Standard deviation of the repeats. */
  readonly spread: number;
}

const permutation = (length: number, seed: number): Int32Array => {
  const order = Int32Array.from({ length }, (_, i) => i);
  shuffleInPlace(order, randomSource(seed));
  return order;
};

/** A column whose values change places: of lists, the values of all of them, so that the lists keep their lengths. */
const shuffled = (name: string, column: Column, seed: number): Column => {
  if (column.kind === 'jagged') return { ...column, content: shuffled(name, column.content, seed) };
  if (column.kind !== 'flat') throw new CygnetError('unsupported', `Column "${name}" holds no numbers to shuffle.`);
  const values = column.values.slice();
  permutation(values.length, seed).forEach((from, to) => (values[to] = column.values[from] as never));
  return { ...column, values };
};

/** Larger is better: AUC, minus the log loss, or minus the root mean squared error. */
const qualityOf = async (model: ExplainedModel, table: Table): Promise<number> => {
  const { task } = model;
  const weights = table.weights();
  switch (task.kind) {
    case 'signal':
      return auc(table.labels(), await model.predict(table), { weights });
    case 'classes':
      return -classQuality(await classScores({ ...model, task }, table)).logLoss;
    case 'regression': {
      const all = await model.predict(table);
      const width = model.outputs.length;
      // Of several outputs the first (the mean), of quantiles the middle one.
      const chosen = model.outputs[0] === task.target ? 0 : width >> 1;
      const predicted = all.filter((_, i) => i % width === chosen);
      return -regressionQuality(table.numbers(task.target), predicted, { weights }).rmse;
    }
  }
};

/**
 * Permutation importance (L. Breiman, Mach. Learn. 45 (2001) 5; A. Fisher et al., arXiv 1801.01489): how much the AUC (or the log
 * loss of several classes, or the error of a regression) gets worse when one feature's values are shuffled among the events of
 * a table that the model has not seen. Features that say the same share their importance.
 *
 * @param options.repeats Shuffles a feature. Default 3.
 * @param options.seed Default 1.
 * @returns Most important first.
 * @example
 * for (const { feature, importance } of await metrics.permutationImportance(model, test)) console.log(feature, importance);
 */
export const permutationImportance = async (
  model: ExplainedModel,
  table: Table,
  options: { readonly repeats?: number; readonly seed?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly FeatureImportance[]> => {
  const { repeats = 3, seed = 1, signal } = options;
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new RangeError(`repeats is a whole number of at least 1, not ${repeats}.`);
  const whole = await qualityOf(model, table);
  const columns = new Map(table.columnNames.map((name) => [name, table.column(name)]));
  const roles = {
    name: table.name,
    ...(table.label === undefined ? {} : { label: table.label }),
    ...(table.weight === undefined ? {} : { weight: table.weight }),
  };
  const all: FeatureImportance[] = [];
  for (const [place, feature] of model.features.entries()) {
    const drops: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      if (signal?.aborted) throw new CygnetError('cancelled', 'Permutation importance was stopped before its end.');
      const own = shuffled(feature, table.column(feature), seed * 65_536 + place * repeats + repeat);
      drops.push(whole - (await qualityOf(model, Table.from(new Map(columns).set(feature, own), roles))));
    }
    const importance = drops.reduce((sum, drop) => sum + drop, 0) / repeats;
    const spread = Math.sqrt(drops.reduce((sum, drop) => sum + (drop - importance) ** 2, 0) / repeats);
    all.push({ feature, importance, spread });
  }
  return all.sort((a, b) => b.importance - a.importance);
};
