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
    /Label "class" of event 2 .* is 2; .*holds: 0, 1, 2\. .*signalValue/,
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

test.each<readonly [string, () => Promise<unknown>, RegExp]>([
  ['a model that was not called', () => fitModel(dense as never, toy), /models\.dense\(.*Call the function/],
  ['model and table in the wrong order', () => fitModel(toy as never, network as never), /first argument describes/],
  ['plain columns instead of a table', () => fitModel(trees, { x: [1] } as never), /second argument is a Table/],
  ['true as validation', () => fitModel(trees, toy, { validation: true as never }), /Table or the fraction/],
])('%s is refused in words', async (_, act, message) => {
  await expect(act()).rejects.toThrow(message);
  await expect(act()).rejects.toThrow(TypeError);
});

test('predicting for something that is no table says what is expected', async () => {
  const model = await fitModel(trees, toy);
  await expect(model.predict([1, 2, 3] as never)).rejects.toThrow(/Table with its features, or a Float32Array/);
});

test('a validation fraction that leaves a class out is refused with the counts', async () => {
  await expect(fitModel(network, toy, { validation: 0.001 })).rejects.toThrow(
    /validation: 0\.001 puts 0 of 50 background events aside/,
  );
  await expect(fitModel(trees, toy, { validation: 0.999 })).rejects.toThrow(/puts 50 of 50 background events aside/);
});

test('weights that sum to nothing in the part put aside are refused before the training', async () => {
  const lonely = withColumn('w', (event) => (event === 1 || event % 2 === 0 ? 1 : 0));
  const errors = await Promise.all(
    [1, 2, 3].map((seed) => fitModel(trees, lonely, { weight: 'w', validation: 0.5, seed }).catch(String)),
  );
  for (const error of errors) expect(error).toMatch(/signal events in the (training|validation) part .* sum to zero/);
});

test('signalValue: 1 makes every other label background, and no label is guessed for NaN', async () => {
  const signs = withColumn('sign', (event) => (event % 2 === 1 ? 1 : -1));
  await expect(fitModel(trees, signs, { label: 'sign' })).rejects.toThrow(/The column holds: -1, 1/);
  const model = await fitModel(trees, signs, { label: 'sign', signalValue: 1, features: ['x'] });
  expect(model.provenance.trainingEvents).toBe(100);
  const unknown = withColumn('maybe', (event) => (event === 7 ? NaN : event % 3));
  await expect(fitModel(trees, unknown, { label: 'maybe', signalValue: 2 })).rejects.toThrow(/of event 7 .* is NaN/);
});

test('a learning rate that ruins the weights in the very last step is noticed', async () => {
  const ruin = { epochs: 1, batchSize: 1000, learningRate: 1e38 };
  await expect(fitModel(network, toy, ruin)).rejects.toThrow(/output left the numbers in epoch 1.*learningRate/);
  await expect(fitModel(network, toy, { ...ruin, validation: 0.3 })).rejects.toThrow(/output left the numbers/);
});

test('tiny weights count like large ones', async () => {
  const scaled = (unit: number) => withColumn('w', (event) => (1 + (event % 5)) * unit);
  const options = { weight: 'w', features: ['x', 'y'] };
  const [large, tiny] = await Promise.all([1, 1e-60].map((unit) => fitModel(trees, scaled(unit), options)));
  const matrix = toy.matrix(['x', 'y']);
  expect(await tiny?.predict(matrix)).toEqual(await large?.predict(matrix));
});
