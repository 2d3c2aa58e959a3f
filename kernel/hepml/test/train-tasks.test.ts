import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCygnetError } from '@cygnet/columns';
import { afterAll, describe, expect, test } from 'vitest';
import { exporters, metrics } from '../src/index.ts';
import { Table } from '../src/data/index.ts';
import { boostedTrees, dense, evaluateBlueprint, type ModelDescription } from '../src/models/index.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import { energies, exactClasses, meanAt, particleNames, spreadAt, threeClasses } from './task-toys.ts';

const folder = mkdtempSync(join(tmpdir(), 'cygnet-tasks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [seen, unseen] = [threeClasses(12_000, 1), threeClasses(12_000, 2)];
const [energySeen, energyUnseen] = [energies(16_000, 3), energies(8000, 4)];
const x = Array.from(energyUnseen.numbers('x'), Number);
const energy = Array.from(energyUnseen.numbers('energy'), Number);

const network = dense({ hidden: [32, 32], dropout: 0 });
const trees = boostedTrees({ trees: 150, maxDepth: 3, minChildWeight: 20 });
const schedule: TrainOptions = { epochs: 12, batchSize: 128, learningRate: 5e-3, schedule: { kind: 'cosine' } };
const optionsFor = (model: ModelDescription): TrainOptions => (model.kind === 'dense network' ? schedule : {});

const root = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const column = (scores: Float32Array, output: number, outputs: number): Float32Array =>
  scores.filter((_, i) => i % outputs === output);

describe.each([
  ['a network', network],
  ['boosted trees', trees],
] as const)('%s for several classes', (what, model) => {
  test('reaches the loss and the accuracy of the exact probabilities, and comes out of ONNX as it is', async () => {
    const fitted = await fitModel(model, seen, { classes: particleNames, ...optionsFor(model), name: what });
    expect(fitted.outputs).toEqual(particleNames);
    const reached = metrics.classQuality(await metrics.classScores(fitted, unseen));
    const truth = await metrics.classScores(
      { ...fitted, predict: () => Promise.resolve(exactClasses(unseen)) },
      unseen,
    );
    const best = metrics.classQuality(truth);
    expect(reached.accuracy / best.accuracy).toBeGreaterThan(0.99);
    expect(reached.logLoss / best.logLoss).toBeLessThan(1.02);
    expect(reached.logLoss).toBeGreaterThan(best.logLoss * 0.999);
    particleNames.forEach((name) =>
      expect(reached.auc[name] as number).toBeGreaterThan(0.99 * (best.auc[name] as number)),
    );
    const table = await fitted.predictTable(unseen.slice(0, 5));
    expect(table.columnNames).toEqual(particleNames);
    const sums = Array.from({ length: 5 }, (_, i) =>
      particleNames.reduce((sum, name) => sum + Number(table.numbers(name)[i]), 0),
    );
    sums.forEach((sum) => expect(sum).toBeCloseTo(1, 5));
    const events = unseen.slice(0, 50).matrix(fitted.features);
    const plain = evaluateBlueprint(await fitted.blueprint(), events);
    (await fitted.predict(events)).forEach((score, i) => expect(plain[i]).toBeCloseTo(score, 5));
    expect(exporters.targets(fitted)).toEqual(['onnx']);
    const place = join(folder, model.kind);
    const { verification } = await exporters.onnx(fitted, { folder: place, name: 'classes' });
    expect(verification.maxAbsoluteDifference).toBeLessThan(2e-6);
    expect((await exporters.verify(place)).ok).toBe(true);
    await expect(exporters.cpp(fitted, { folder: join(folder, 'no') })).rejects.toThrow(
      /C\+\+ has no classifiers of several/,
    );
  });
});

describe.each([
  ['a network', network],
  ['boosted trees', boostedTrees({ trees: 120, maxDepth: 4, minChildWeight: 30 })],
] as const)('%s for a regression', (_, model) => {
  const train = (loss: TrainOptions['loss']) =>
    fitModel(model, energySeen, { target: 'energy', ...optionsFor(model), ...(loss ? { loss } : {}) });

  test('with squared loss predicts the mean: its error is the spread that nobody can predict', async () => {
    const fitted = await train(undefined);
    const predicted = await fitted.predict(energyUnseen);
    const best = root(x.map((at, i) => (energy[i] as number) - meanAt(at)));
    expect(root(energy.map((value, i) => value - (predicted[i] as number))) / best).toBeLessThan(1.01);
    expect(root(x.map((at, i) => meanAt(at) - (predicted[i] as number)))).toBeLessThan(1.2);
    const place = join(folder, `mean-${model.kind}`);
    await exporters.onnx(fitted, { folder: place });
    expect((await exporters.verify(place)).ok).toBe(true);
  });

  test.each(['mae', 'huber'] as const)('with loss %s predicts the middle of a symmetric distribution', async (loss) => {
    const predicted = await (await train(loss)).predict(energyUnseen);
    const mad = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
    const best = mad(x.map((at, i) => (energy[i] as number) - meanAt(at)));
    expect(mad(energy.map((value, i) => value - (predicted[i] as number))) / best).toBeLessThan(1.02);
  });

  test('with quantiles covers what it says, and reaches the exact pinball loss', async () => {
    const quantiles = [0.16, 0.5, 0.84];
    const offsets = [-0.994457883, 0, 0.994457883];
    const fitted = await train({ quantiles });
    expect(fitted.outputs).toEqual(['energy_q0.16', 'energy_q0.5', 'energy_q0.84']);
    const predicted = await fitted.predict(energyUnseen);
    const pinball = (q: number, of: (i: number) => number) =>
      energy.reduce((sum, value, i) => sum + Math.max(q * (value - of(i)), (q - 1) * (value - of(i))), 0);
    quantiles.forEach((q, output) => {
      const own = column(predicted, output, 3);
      const below = energy.filter((value, i) => value < (own[i] as number)).length / energy.length;
      expect(Math.abs(below - q)).toBeLessThan(0.025);
      const exact = (i: number) => meanAt(x[i] as number) + (offsets[output] as number) * spreadAt(x[i] as number);
      expect(pinball(q, (i) => own[i] as number) / pinball(q, exact)).toBeLessThan(1.025);
    });
    const { verification } = await exporters.onnx(fitted, { folder: join(folder, `quantiles-${model.kind}`) });
    expect(verification.passed).toBe(true);
  });
});

test('a network with Gaussian loss predicts mean and standard deviation: its pulls are standard normal', async () => {
  const fitted = await fitModel(network, energySeen, { target: 'energy', loss: 'gaussian', ...schedule, epochs: 20 });
  expect(fitted.outputs).toEqual(['energy', 'energy_sigma']);
  const predicted = await fitted.predict(energyUnseen);
  const [mean, sigma] = [column(predicted, 0, 2), column(predicted, 1, 2)];
  const likelihood = (of: (i: number) => readonly [mean: number, sigma: number]) =>
    energy.reduce((sum, value, i) => {
      const [m, s] = of(i);
      return sum + ((value - m) / s) ** 2 / 2 + Math.log(s) + Math.log(2 * Math.PI) / 2;
    }, 0) / energy.length;
  const best = likelihood((i) => [meanAt(x[i] as number), spreadAt(x[i] as number)]);
  expect(likelihood((i) => [mean[i] as number, sigma[i] as number]) - best).toBeLessThan(0.02);
  const pulls = energy.map((value, i) => (value - (mean[i] as number)) / (sigma[i] as number));
  expect(root(pulls)).toBeGreaterThan(0.95);
  expect(root(pulls)).toBeLessThan(1.05);
  const quality = metrics.regressionQuality(energy, mean, { sigmas: sigma });
  expect(quality.pullWidth).toBeCloseTo(root(pulls.map((pull) => pull - (quality.pullMean as number))), 5);
  const place = join(folder, 'gaussian');
  const { verification } = await exporters.onnx(fitted, { folder: place });
  expect(verification.passed).toBe(true);
  const events = energyUnseen.slice(0, 20).matrix(['x']);
  const plain = evaluateBlueprint(await fitted.blueprint(), events);
  (await fitted.predict(events)).forEach((value, i) =>
    expect(Math.abs((plain[i] as number) / value - 1)).toBeLessThan(1e-5),
  );
});

test('event weights move a regression and the shares of classes', async () => {
  const table = Table.from({
    x: new Float32Array(2000).map((_, i) => i % 7),
    value: new Float32Array(2000).map((_, i) => (i % 2 === 0 ? 10 : 20)),
    kind: Array.from({ length: 2000 }, (_, i) => ['a', 'b', 'c'][i % 3] as string),
    w: new Float32Array(2000).map((_, i) => (i % 2 === 0 ? 3 : 1)),
    v: new Float32Array(2000).map((_, i) => (i % 3 === 0 ? 8 : 1)),
  });
  for (const model of [dense({ hidden: [], dropout: 0 }), boostedTrees({ trees: 60, maxDepth: 1 })]) {
    const options = model.kind === 'dense network' ? { epochs: 30, learningRate: 0.02 } : {};
    const few = { features: ['x'], ...options };
    const value = await (await fitModel(model, table, { ...few, target: 'value', weight: 'w' })).predict(table);
    expect(value.reduce((sum, one) => sum + one, 0) / 2000).toBeCloseTo(12.5, 0);
    const shares = await (
      await fitModel(model, table, { ...few, label: 'kind', classes: 'all', weight: 'v' })
    ).predictTable(table);
    const mean = (name: string) => Array.from(shares.numbers(name), Number).reduce((sum, one) => sum + one, 0) / 2000;
    expect(mean('a')).toBeCloseTo(0.8, 1);
    expect(mean('b')).toBeCloseTo(0.1, 1);
  }
});

test.each<readonly [string, Table, TrainOptions, RegExp]>([
  ['a class without events', seen, { classes: ['electron', 'muon', 'tau', 'kaon'] }, /none of them is class "kaon"/],
  [
    'a label that is none of the classes',
    seen,
    { classes: ['electron', 'muon'] },
    /"tau", which is not among the classes/,
  ],
  [
    'a constant label',
    seen.filter((row) => (row.particle as unknown) === 'tau'),
    { classes: 'all' },
    /holds 1 different/,
  ],
  ['a number as label', energySeen, { label: 'energy', classes: 'all' }, /different values .*2 to 1000 classes/],
  [
    'a target that is missing',
    energySeen.derive('e', (row, i) => (i === 5 ? NaN : (row.energy as number))),
    { target: 'e' },
    /Target "e" of event 5 .* is NaN/,
  ],
  ['a constant target', energySeen.derive('e', () => 7), { target: 'e' }, /Target "e" is 7 in every event/],
  [
    'weights of nothing',
    energySeen.derive('w', () => 0),
    { target: 'energy', weight: 'w' },
    /sum to 0; the sum must be positive/,
  ],
  [
    'a target that is text',
    seen,
    { target: 'particle', features: ['x'] },
    /Target "particle" .* not one number an event/,
  ],
])('%s is diagnosed', async (_, table, options, message) => {
  const training = fitModel(network, table, options);
  await expect(training).rejects.toThrow(message);
  await expect(training).rejects.toSatisfy((error) => isCygnetError(error, 'training-failed'));
});

test.each<readonly [ModelDescription, object, RegExp]>([
  [network, { target: 'energy', classes: 'all' }, /"classes" and "target" exclude each other/],
  [network, { loss: 'mae' }, /"loss" is for a regression/],
  [network, { target: 'energy', loss: 'l2' }, /"loss" is "l2"; allowed: mse, mae, huber, gaussian/],
  [network, { target: 'energy', loss: { quantiles: [0.5, 1] } }, /quantiles\[1\]" is 1; allowed: .* below 1/],
  [network, { classes: ['a', 'a'] }, /at least two different values/],
  [network, { schedule: { kind: 'cosine', warmup: 0.1 } }, /no option "warmup"; allowed: kind, warmUp, final/],
  [trees, { target: 'energy', loss: 'gaussian' }, /no loss with a mean and a standard deviation.*quantiles/],
  [trees, { clipNorm: 1 }, /"clipNorm" is for networks/],
])('options that make no sense together are refused (%#)', async (model, options, message) => {
  await expect(fitModel(model, energySeen, options)).rejects.toThrow(message);
});
