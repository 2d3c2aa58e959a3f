import { CygnetError } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import type { Task } from '../models/index.ts';
import type { TrainOptions } from './train-options.ts';
import { requireColumn } from './require-column.ts';

type TargetChoice = Pick<TrainOptions, 'label' | 'signalValue' | 'classes' | 'target' | 'loss'>;

const refuse = (message: string): never => {
  throw new CygnetError('training-failed', message);
};

/** The label column, value by value. */
const labelValues = (
  table: Table,
  label = table.label,
): { readonly label: string; readonly values: ArrayLike<unknown> } => {
  if (label === undefined)
    return refuse(`Table "${table.name}" has no label column. Name it: train(model, table, { label: 'isSignal' }).`);
  requireColumn(table, label, 'label');
  const column = table.column(label);
  return { label, values: column.kind === 'string' ? column.values : table.numbers(label) };
};

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

const foundIn = (values: ArrayLike<unknown>): string => {
  const distinct = [...new Set(Array.from(values, String))];
  return `${distinct.slice(0, 6).join(', ')}${distinct.length > 6 ? ', …' : ''}`;
};

const unknownLabel = (label: string, event: number, table: Table): never =>
  refuse(
    `Label "${label}" of event ${event} in table "${table.name}" is NaN: nobody knows its class. Filter such events out.`,
  );

const signalLabels = (table: Table, { label: asked, signalValue }: TargetChoice): Float32Array => {
  const { label, values } = labelValues(table, asked);
  const isNamed = signalValue !== undefined;
  return Float32Array.from({ length: values.length }, (_, event) => {
    const value = plain(values[event]);
    if (value === (signalValue ?? 1)) return 1;
    if (Number.isNaN(value)) return unknownLabel(label, event, table);
    if (isNamed || value === 0) return 0;
    return refuse(
      `Label "${label}" of event ${event} in table "${table.name}" is ${String(value)}; allowed: 1 (signal) and 0 (background). The column holds: ${foundIn(values)}. Say which value is signal, the others are background then: { signalValue: … }; or train for several classes: { classes: 'all' }.`,
    );
  });
};

const classLabels = (
  table: Table,
  { label: asked }: TargetChoice,
  classes: readonly (string | number)[],
): Float32Array => {
  const { label, values } = labelValues(table, asked);
  const places = new Map<unknown, number>(classes.map((value, index) => [value, index]));
  return Float32Array.from({ length: values.length }, (_, event) => {
    const value = plain(values[event]);
    if (Number.isNaN(value)) return unknownLabel(label, event, table);
    return (
      places.get(value) ??
      refuse(
        `Label "${label}" of event ${event} in table "${table.name}" is ${JSON.stringify(value)}, which is not among the classes ${classes.join(', ')}. Filter such events out, or name the class.`,
      )
    );
  });
};

const targetValues = (table: Table, target: string): Float32Array => {
  requireColumn(table, target, 'target');
  const column = table.column(target);
  if (column.kind !== 'flat')
    return refuse(`Target "${target}" of table "${table.name}" is not one number an event, so it cannot be predicted.`);
  return Float32Array.from({ length: table.length }, (_, event) => {
    const value = Number(column.values[event]);
    if (Number.isFinite(value)) return value;
    return refuse(
      `Target "${target}" of event ${event} in table "${table.name}" is ${value}. Filter such events out: nobody knows what is right for them.`,
    );
  });
};

/** Labels as numbers: 1 and 0 of signal and background, the number of the class, or the value to predict. */
export const readTargets = (table: Table, task: Task, options: TargetChoice): Float32Array => {
  switch (task.kind) {
    case 'signal':
      return signalLabels(table, options);
    case 'classes':
      return classLabels(table, options, task.classes);
    case 'regression':
      return targetValues(table, task.target);
  }
};

const ascending = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** More different values than that are no classes, but a number to predict. */
const mostClasses = 1000;

/** What the options ask for; `classes: 'all'` becomes the values that the label column holds. */
export const chooseTask = (table: Table, { label, classes, target, loss = 'mse' }: TargetChoice): Task => {
  if (target !== undefined) return { kind: 'regression', target, loss };
  if (classes === undefined) return { kind: 'signal' };
  if (classes !== 'all') return { kind: 'classes', classes };
  const { values } = labelValues(table, label);
  const distinct = [...new Set(Array.from(values, plain))].filter((value) => !Number.isNaN(value));
  if (distinct.length < 2 || distinct.length > mostClasses)
    return refuse(
      `The label column of table "${table.name}" holds ${distinct.length} different values (${foundIn(values)}); a classifier tells 2 to ${mostClasses} classes apart.`,
    );
  return { kind: 'classes', classes: (distinct as (string | number)[]).sort(ascending) };
};
