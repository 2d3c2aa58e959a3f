import { expect, test } from 'vitest';
import { auc } from '../src/metrics/index.ts';
import { dense, evaluateBlueprint, type DenseBlueprint } from '../src/models/index.ts';
import { fitModel } from '../src/train/index.ts';
import { tensorEngine } from '../src/train/tensor-engine.ts';
import { expectPromptAbort } from './expect-prompt-abort.ts';
import { toyTable } from './toy-table.ts';

const small = dense({ hidden: [8] });

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] as number))), 0);

test('a network learns, says which engine ran, and leaves its progress behind', async () => {
  const validation = toyTable(1000, { seed: 5 });
  const states: string[] = [];
  const model = await fitModel(small, toyTable(2000), {
    name: 'toy-net',
    epochs: 5,
    learningRate: 0.01,
    validation,
    onProgress: ({ state, steps }) => states.push(`${state} ${steps.length}`),
  });
  expect(model.engine).toMatchObject({ name: 'tf-graph', device: 'CPU' });
  expect(model.engine.library).toMatch(/^TensorFlow \d+\.\d+/);
  expect(states).toEqual(['running 0', 'running 1', 'running 2', 'running 3', 'running 4', 'running 5', 'finished 5']);
  // The two features that differ by 1.2 and 0.8 standard deviations allow 0.846.
  expect(model.summary.metrics.validationAuc).toBeGreaterThan(0.8);
  const scores = await model.predict(validation);
  expect(auc(validation.labels(), scores)).toBeCloseTo(model.summary.metrics.validationAuc as number, 5);
  expect(model.history.steps[0]?.loss).toBeGreaterThan(model.history.steps[4]?.loss as number);
  expect(model.provenance).toMatchObject({
    seed: 1,
    trainingEvents: 2000,
    validationEvents: 1000,
    parameters: { kind: 'dense network', hidden: [8], epochs: 5, batchSize: 256, learningRate: 0.01 },
  });
  expect(model.provenance.dataSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(model.provenance.versions)).toEqual(['cygnet', 'node', 'tensorflow', 'tfjs']);
  expect(model.referenceEvents).toHaveLength(3 * 1000);
});

test.each(['relu', 'tanh', 'elu', 'selu', 'softplus', 'sigmoid', 'linear'] as const)(
  'the blueprint of a %s network gives its scores, also for missing values',
  async (activation) => {
    const table = toyTable(500, { missing: 0.2 });
    const model = await fitModel(dense({ hidden: [6, 5], activation }), table, { epochs: 2 });
    const blueprint = (await model.blueprint()) as DenseBlueprint;
    expect(blueprint.features[0]).toMatchObject({ name: 'x', unit: 'GeV' });
    const events = table.matrix(model.features);
    expect(largestDifference(evaluateBlueprint(blueprint, events), await model.predict(table))).toBeLessThan(1e-6);
  },
);

test('the same seed gives the same network twice, another seed another one', async () => {
  const table = toyTable(600);
  const scores = async (seed: number) =>
    (await fitModel(dense({ hidden: [8], dropout: 0.3 }), table, { seed, epochs: 2, batchSize: 100 })).predict(table);
  const [first, again, other] = [await scores(3), await scores(3), await scores(4)];
  expect(again).toEqual(first);
  expect(largestDifference(first, other)).toBeGreaterThan(0.001);
});

test('event weights count, and their unit does not matter', async () => {
  const run = async (signalWeight: number, scale: number) => {
    const table = toyTable(2000, { weight: (label) => scale * (label === 1 ? signalWeight : 1) });
    const model = await fitModel(small, table, { epochs: 8, learningRate: 0.01 });
    const scores = await model.predict(table);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const [plain, scaled, heavy] = [await run(1, 1), await run(1, 0.001), await run(4, 1)];
  expect(scaled).toBeCloseTo(plain, 5);
  expect(heavy).toBeGreaterThan(plain + 0.15);
});

test('events of weight zero teach nothing', async () => {
  const linear = dense({ hidden: [], standardise: false });
  const table = toyTable(1000, { weight: (_, event) => (event < 500 ? 1 : 0) });
  const half = table.slice(0, 500);
  const all = await fitModel(linear, table, { epochs: 10, batchSize: 1000, learningRate: 0.1 });
  const some = await fitModel(linear, half, { epochs: 10, batchSize: 500, learningRate: 0.1 });
  expect(largestDifference(await all.predict(half), await some.predict(half))).toBeLessThan(1e-5);
});

test('negative weights cancel the events that they stand against', async () => {
  const linear = dense({ hidden: [] });
  const events = (count: number, seed: number) =>
    toyTable(count, { seed })
      .derive('isSignal', (row) => row.isSignal as number)
      .derive('weight', () => 1);
  const clean = events(1000, 1);
  const flipped = events(200, 3).derive('isSignal', (row) => 1 - (row.isSignal as number));
  const cancelled = clean.concat(flipped).concat(flipped.derive('weight', () => -1));
  const options = { epochs: 60, batchSize: 2000, learningRate: 0.05, features: ['x', 'y'], weight: 'weight' };
  const [plain, signed] = [await fitModel(linear, clean, options), await fitModel(linear, cancelled, options)];
  const [a, b] = [auc(clean.labels(), await plain.predict(clean)), auc(clean.labels(), await signed.predict(clean))];
  expect(Math.abs(a - b)).toBeLessThan(0.005);
});

test('a last batch that is smaller counts too', async () => {
  const table = toyTable(130);
  const model = await fitModel(small, table, { epochs: 1, batchSize: 128 });
  const without = await fitModel(small, table, { epochs: 1, batchSize: 130 });
  expect(await model.predict(table)).not.toEqual(await without.predict(table));
});

test('early stopping keeps the weights of the best epoch', async () => {
  const validation = toyTable(300, { seed: 8 });
  const model = await fitModel(dense({ hidden: [64, 64] }), toyTable(200), {
    validation,
    epochs: 300,
    batchSize: 50,
    learningRate: 0.01,
    earlyStopping: { patience: 4 },
  });
  const losses = model.history.steps.map((step) => step.validationLoss as number);
  expect(model.history.steps.length).toBe(losses.indexOf(Math.min(...losses)) + 1 + 4);
  expect(model.summary.metrics.validationLoss).toBe(Math.min(...losses));
  const scores = await model.predict(validation);
  const labels = validation.labels();
  const loss = scores.reduce((sum, p, i) => sum - Math.log(labels[i] === 1 ? p : 1 - p), 0) / labels.length;
  expect(loss).toBeCloseTo(Math.min(...losses), 4);
});

test('the event loop stays free and an abort stops the run within a second', () =>
  expectPromptAbort((options) => fitModel(small, toyTable(20_000), { epochs: 10_000, ...options })));

test('a training leaves no tensors behind, whether it ends well or not', async () => {
  const { tf } = await tensorEngine();
  const table = toyTable(300);
  await fitModel(small, table, { epochs: 1 });
  const before = tf.memory().numTensors;
  const model = await fitModel(dense({ hidden: [8], dropout: 0.2 }), table, { epochs: 2, validation: 0.3 });
  await model.predict(table);
  await expect(fitModel(small, table, { signal: AbortSignal.abort() })).rejects.toThrow(/stopped/);
  expect(tf.memory().numTensors).toBe(before);
});

test('a loss that is no number ends the training with what to try', async () => {
  const table = toyTable(500).derive('huge', (row) => (row.x as number) * 3e37);
  const states: string[] = [];
  const training = fitModel(dense({ hidden: [8], standardise: false }), table, {
    epochs: 5,
    learningRate: 1e8,
    onProgress: ({ state, message }) => states.push(`${state} ${message ?? ''}`),
  });
  await expect(training).rejects.toThrow(/loss became .* in epoch \d. Try a smaller learningRate .* standardise: true/);
  expect(states.at(-1)).toMatch(/^failed The loss/);
});

test('predictions of many events are the same as of few', async () => {
  const table = toyTable(40_000);
  const model = await fitModel(small, table.slice(0, 500), { epochs: 1 });
  const all = await model.predict(table);
  const tail = await model.predict(table.slice(39_990));
  expect(largestDifference(all.slice(39_990), tail)).toBeLessThan(1e-6);
  expect(await model.predict(table.slice(0, 0))).toHaveLength(0);
});
