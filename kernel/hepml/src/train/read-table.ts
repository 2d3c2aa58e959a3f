import { CygnetError, columnTypeName } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import type { Task } from '../models/index.ts';
import { diagnoseSample } from './diagnose-sample.ts';
import type { InputLayout } from './input-layout.ts';
import type { TrainOptions } from './train-options.ts';
import { listColumns, readInputs } from './read-inputs.ts';
import { readTargets } from './read-targets.ts';
import { requireColumn } from './require-column.ts';
import { makeSample, type Sample } from './sample.ts';

type ColumnChoice = Pick<TrainOptions, 'features' | 'label' | 'weight' | 'signalValue' | 'classes' | 'target' | 'loss'>;

/** Columns that a layout sees when none are named. */
const defaultFeatures = (table: Table, layout: InputLayout): readonly string[] => {
  if (layout.kind === 'features') return table.featureNames();
  const lists = listColumns(table);
  return layout.kind === 'particles' || lists.length === 1 ? lists : table.featureNames();
};

/**
 * Names of the features to train on.
 *
 * @throws CygnetError `column-not-found` for an unknown one, `training-failed` for one that is not a number an event.
 */
export const chooseFeatures = (table: Table, options: ColumnChoice, layout: InputLayout): readonly string[] => {
  const roles = [options.label, options.target, options.weight === false ? undefined : options.weight];
  const names = options.features ?? defaultFeatures(table, layout).filter((name) => !roles.includes(name));
  for (const name of names) {
    requireColumn(table, name, 'features');
    const column = table.column(name);
    if (layout.kind === 'features' && column.kind !== 'flat') {
      throw new CygnetError(
        'training-failed',
        `Feature "${name}" of table "${table.name}" is ${column.kind === 'string' ? 'text' : `a ${columnTypeName(column)} an event`}, not one number an event. Derive a number from it, or leave it out of "features".`,
      );
    }
  }
  if (names.length === 0 && layout.kind === 'particles') {
    throw new CygnetError(
      'training-failed',
      `Table "${table.name}" has no column with a list of numbers an event, as a model of particles needs. It has: ${table.columnNames.join(', ')}.`,
    );
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new RangeError(`train: option "features" names "${repeated}" twice.`);
  return names;
};

const readWeights = (table: Table, weight: ColumnChoice['weight']): Float64Array => {
  if (weight === false) return new Float64Array(table.length).fill(1);
  if (weight === undefined) return table.weights();
  requireColumn(table, weight, 'weights');
  return Float64Array.from(table.numbers(weight) as ArrayLike<number | bigint>, Number);
};

/** How a table is read for a training. */
export interface TableReading {
  readonly features: readonly string[];
  readonly layout: InputLayout;
  readonly task: Task;
  /** For messages: `training` or `validation`. */
  readonly role: string;
}

/** A table as a sample to train on, checked. */
export const readTable = (
  table: Table,
  { features, layout, task, role }: TableReading,
  options: ColumnChoice,
): Sample => {
  for (const name of features) requireColumn(table, name, 'features');
  const inputs =
    features.length === 0
      ? { events: table.length, featureCount: 0, matrix: new Float32Array(0), rowsPerEvent: 1 }
      : readInputs(table, features, layout);
  const labels = readTargets(table, task, options);
  const weights = readWeights(table, options.weight);
  diagnoseSample({ what: `${role} table "${table.name}"`, featureNames: features, task, inputs, labels, weights });
  return makeSample(inputs, labels, weights);
};
