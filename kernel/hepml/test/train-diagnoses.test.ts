import { displaySymbol } from '@cygnet/contract';
import { isCygnetError, type CygnetErrorKind } from '@cygnet/columns';
import { expect, test } from 'vitest';
import { Table } from '../src/data/index.ts';
import { boostedTrees, dense, type ModelDescription } from '../src/models/index.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import { toyTable } from './toy-table.ts';

const trees = boostedTrees({ trees: 2 });
const network = dense({ hidden: [4] });
const toy = toyTable(100);
const withColumn = (name: string, value: (event: number) => number) => toy.derive(name, (_, event) => value(event));

const wrong: readonly [string, ModelDescription, Table, TrainOptions, CygnetErrorKind, RegExp][] = [
  ['an empty table', trees, toy.slice(0, 0), {}, 'training-failed', /training table "toy" has no events/],
  [
    'a single class',
    trees,
    toy.filter((row) => row.isSignal === 1),
    {},
    'training-failed',
    /none of them is background/,
  ],
  [
    'a zero total weight',
    trees,
    withColumn('w', (event) => event % 2),
    { weight: 'w' },
    'training-failed',
    /50 background events .* sum to zero/,
  ],
  [
    'a weight that is no number',
    trees,
    withColumn('w', (event) => (event === 7 ? NaN : 1)),
    { weight: 'w' },
    'training-failed',
    /weight of event 7 .* is NaN/,
  ],
  [
    'an infinite value',
    trees,
    withColumn('bad', (event) => (event === 3 ? Infinity : event)),
    {},
    'training-failed',
    /Feature "bad" of event 3 .* is infinite/,
  ],
  ['an unknown feature', trees, toy, { features: ['x', 'z'] }, 'column-not-found', /No column "z" in table "toy"/],
  [
    'a label that is neither 0 nor 1',
    trees,
    withColumn('class', (event) => event % 3),
    { label: 'class' },
    'training-failed',
    /Label "class" of event 2 .* is 2; .*signalValue: 2/,
  ],
  ['a table without label', trees, Table.from({ x: [1, 2] }), {}, 'training-failed', /no label column/],
  [
    'a constant feature in a network',
    network,
    withColumn('flat', () => 3),
    {},
    'training-failed',
    /Feature "flat" is constant \(3\)/,
  ],
  [
    'a validation table without a feature',
    trees,
    toy,
    { validation: toy.select(['x', 'isSignal']) },
    'column-not-found',
    /No column "y"/,
  ],
];

test.each(wrong)('%s is diagnosed', async (_, model, table, options, kind, message) => {
  const training = fitModel(model, table, options);
  await expect(training).rejects.toThrow(message);
  await expect(training).rejects.toSatisfy((error) => isCygnetError(error, kind));
});

test('a feature that is text or a list is diagnosed', async () => {
  const table = Table.from({ name: ['a', 'b'], x: [1, 2], isSignal: [0, 1] }, { label: 'isSignal' });
  await expect(fitModel(trees, table, { features: ['x', 'name'] })).rejects.toThrow(/Feature "name" .* is text/);
});

test.each([
  [trees, { epochs: 3 }, TypeError, /"epochs" is for networks/],
  [network, { epochs: 0 }, RangeError, /"epochs" is 0; allowed: a whole number, at least 1/],
  [network, { epoch: 3 }, TypeError, /no option "epoch"/],
  [network, { validation: 1.5 }, RangeError, /"validation" is 1.5/],
  [network, { earlyStopping: { patience: 3 } }, TypeError, /needs a validation sample/],
  [trees, { features: ['x', 'x'] }, RangeError, /names "x" twice/],
])('a wrong training option is refused by name (%#)', async (model, options, kind, message) => {
  const training = fitModel(model, toy, options as TrainOptions);
  await expect(training).rejects.toThrow(kind);
  await expect(training).rejects.toThrow(message);
});

test('other labels train once the signal is named', async () => {
  const labels = Array.from({ length: 100 }, (_, event) => (event % 2 === 1 ? 'tau' : 'muon'));
  const table = Table.from({ x: toy.numbers('x'), particle: labels });
  const model = await fitModel(trees, table, { label: 'particle', signalValue: 'tau', features: ['x'] });
  expect(model.features).toEqual(['x']);
});

test('a table or matrix that does not fit the model is refused at prediction', async () => {
  const model = await fitModel(trees, toy, { name: 'bdt' });
  await expect(model.predict(toy.select(['x', 'noise']))).rejects.toThrow(
    /lacks "y", which model "bdt" was trained on/,
  );
  await expect(model.predict(new Float32Array(4))).rejects.toThrow(/takes 3 features an event; a matrix of 4/);
  const reordered = toy.select(['noise', 'y', 'x']);
  expect(await model.predict(reordered)).toEqual(await model.predict(toy));
});

test('a model shows itself as a table and as text, with names escaped', async () => {
  const model = await fitModel(trees, toy, { name: '<b>bold</b>', validation: 0.2 });
  const bundle = await model[displaySymbol]();
  expect(bundle['text/html']).toMatch(/&(lt|#60);b&(gt|#62);bold/);
  expect(bundle['text/html']).not.toContain('<b>');
  expect(bundle['text/html']).toMatch(/xgboost on CPU \(XGBoost \d/);
  expect(bundle['text/plain']).toMatch(/trained on: 80 events, 20 validation events/);
});
