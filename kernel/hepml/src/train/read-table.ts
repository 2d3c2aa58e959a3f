import { CygnetError, columnTypeName } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import { diagnoseSample } from './diagnose-sample.ts';
import type { TrainOptions } from './options.ts';
import { makeSample, type Sample } from './sample.ts';

type ColumnChoice = Pick<TrainOptions, 'features' | 'label' | 'weight' | 'signalValue'>;

const requireColumn = (table: Table, name: string, role: string): void => {
  if (table.columnNames.includes(name)) return;
  throw new CygnetError(
    'column-not-found',
    `No column "${name}" in table "${table.name}" for the ${role}. It has: ${table.columnNames.join(', ')}.`,
  );
};

/**
 * Names of the features to train on.
 *
 * @throws CygnetError `column-not-found` for an unknown one, `training-failed` for one that is not a number an event.
 */
export const chooseFeatures = (table: Table, options: ColumnChoice): readonly string[] => {
  const roles = [options.label, options.weight === false ? undefined : options.weight];
  const names = options.features ?? table.featureNames().filter((name) => !roles.includes(name));
  for (const name of names) {
    requireColumn(table, name, 'features');
    const column = table.column(name);
    if (column.kind !== 'flat') {
      throw new CygnetError(
        'training-failed',
        `Feature "${name}" of table "${table.name}" is ${column.kind === 'string' ? 'text' : `a ${columnTypeName(column)} an event`}, not one number an event. Derive a number from it, or leave it out of "features".`,
      );
    }
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new RangeError(`train: option "features" names "${repeated}" twice.`);
  return names;
};

const readLabels = (table: Table, { label = table.label, signalValue }: ColumnChoice): Float32Array => {
  if (label === undefined) {
    throw new CygnetError(
      'training-failed',
      `Table "${table.name}" has no label column. Name it: train(model, table, { label: 'isSignal' }).`,
    );
  }
  requireColumn(table, label, 'label');
  const column = table.column(label);
  const values: ArrayLike<unknown> = column.kind === 'string' ? column.values : table.numbers(label);
  const isNamed = signalValue !== undefined;
  const found = (): string => {
    const distinct = [...new Set(Array.from(values, String))];
    return `${distinct.slice(0, 6).join(', ')}${distinct.length > 6 ? ', …' : ''}`;
  };
  return Float32Array.from({ length: values.length }, (_, event) => {
    const value = typeof values[event] === 'bigint' ? Number(values[event]) : values[event];
    if (value === (signalValue ?? 1)) return 1;
    if (Number.isNaN(value)) {
      throw new CygnetError(
        'training-failed',
        `Label "${label}" of event ${event} in table "${table.name}" is NaN: nobody knows its class. Filter such events out.`,
      );
    }
    if (isNamed || value === 0) return 0;
    throw new CygnetError(
      'training-failed',
      `Label "${label}" of event ${event} in table "${table.name}" is ${String(value)}; allowed: 1 (signal) and 0 (background). The column holds: ${found()}. Say which value is signal, the others are background then: { signalValue: … }.`,
    );
  });
};

const readWeights = (table: Table, weight: ColumnChoice['weight']): Float64Array => {
  if (weight === false) return new Float64Array(table.length).fill(1);
  if (weight === undefined) return table.weights();
  requireColumn(table, weight, 'weights');
  return Float64Array.from(table.numbers(weight) as ArrayLike<number | bigint>, Number);
};

/**
 * A table as a sample to train on, checked.
 *
 * @param role For messages: `training` or `validation`.
 */
export const readTable = (
  table: Table,
  featureNames: readonly string[],
  role: string,
  options: ColumnChoice,
): Sample => {
  for (const name of featureNames) requireColumn(table, name, 'features');
  const matrix = table.matrix(featureNames);
  const labels = readLabels(table, options);
  const weights = readWeights(table, options.weight);
  diagnoseSample({ what: `${role} table "${table.name}"`, featureNames, matrix, labels, weights });
  return makeSample(matrix, featureNames.length, labels, weights);
};
