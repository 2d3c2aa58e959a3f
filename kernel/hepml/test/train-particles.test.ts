import { isCygnetError } from '@cygnet/columns';
import { describe, expect, test } from 'vitest';
import { exporters } from '../src/index.ts';
import { randomSource, Table } from '../src/data/index.ts';
import * as datasets from '../src/datasets/index.ts';
import { auc } from '../src/metrics/index.ts';
import * as models from '../src/models/descriptions.ts';
import type { ModelDescription } from '../src/models/index.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import { lists, spotImages } from './particle-toys.ts';

const schedule: TrainOptions = { batchSize: 256, schedule: { kind: 'one-cycle' } };
const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);

const jets = await datasets.load('jets-sets-toy', { events: 30_000, seed: 1 });
const otherJets = await datasets.load('jets-sets-toy', { events: 10_000, seed: 2 });
const prongs = await datasets.load('two-prong-toy', { events: 16_000, seed: 1 });
const otherProngs = await datasets.load('two-prong-toy', { events: 10_000, seed: 2 });

/** Fraction of the exact optimum's area, on the same events. */
const fractionReached = async (model: ModelDescription, toy: readonly [Table, Table], options: TrainOptions) => {
  const [seen, unseen] = toy;
  const fitted = await fitModel(model, seen, { ...schedule, ...options });
  expect(fitted.engine).toMatchObject({ name: 'tf-graph' });
  expect(fitted.engine.note).toBeUndefined();
  const best = auc(unseen.labels(), datasets.optimum(unseen.name).score(unseen));
  return { fitted, fraction: auc(unseen.labels(), await fitted.predict(unseen)) / best };
};

test('Deep Sets reach 99/100 of the optimum on jets as sets; energy flow, which sees less, stays below', async () => {
  const small = { phi: [32, 32], rho: [32] };
  const flow = { epochs: 6, learningRate: 1e-3 };
  const pfn = await fractionReached(models.deepSets(small), [jets, otherJets], flow);
  const efn = await fractionReached(models.energyFlow(small), [jets, otherJets], { ...flow, epochs: 3 });
  expect(pfn.fraction).toBeGreaterThan(0.99);
  expect(efn.fraction).toBeGreaterThan(0.85);
  expect(efn.fraction).toBeLessThan(pfn.fraction);

  const event = { pt: [20, 10, 5], deta: [0.1, -0.05, 0.2], dphi: [0, 0.1, -0.1] };
  const soft = { pt: [...event.pt, 1e-6], deta: [...event.deta, 0.5], dphi: [...event.dphi, -0.5] };
  const split = { pt: [12, 8, 10, 5], deta: [0.1, 0.1, -0.05, 0.2], dphi: [0, 0, 0.1, -0.1] };
  const table = Table.from({
    pt: lists([event.pt, soft.pt, split.pt]),
    deta: lists([event.deta, soft.deta, split.deta]),
    dphi: lists([event.dphi, soft.dphi, split.dphi]),
  });
  const [plain, withSoft, withSplit] = await efn.fitted.predict(table);
  expect(withSoft).toBeCloseTo(plain as number, 5);
  expect(withSplit).toBeCloseTo(plain as number, 5);
  const [own, ownSoft, ownSplit] = (await pfn.fitted.predict(table)) as unknown as [number, number, number];
  expect(Math.abs(ownSoft - own)).toBeGreaterThan(1e-3);
  expect(Math.abs(ownSplit - own)).toBeGreaterThan(1e-3);
});

test('EdgeConv and attention see pairs: on two prongs they pass the best second moment by far', async () => {
  const secondMoment = 0.739 / 0.78945;
  const options = { epochs: 6, batchSize: 128, learningRate: 3e-3 };
  const net = models.particleNet({ blocks: [[32], [32]], neighbours: 5, dropout: 0 });
  const graph = await fractionReached(net, [prongs, otherProngs], options);
  expect(graph.fraction).toBeGreaterThan(0.965);
  expect(graph.fraction).toBeGreaterThan(secondMoment + 0.02);
  const pairs = { coordinates: ['deta', 'dphi'] };
  const part = models.particleTransformer({ width: 16, heads: 2, blocks: 1, hidden: [16], pairs });
  const attention = await fractionReached(part, [prongs, otherProngs], options);
  expect(attention.fraction).toBeGreaterThan(0.965);
});

test('convolutions reach 99/100 of the optimum along a calorimeter and 97/100 on images with a spot', async () => {
  const calo = await Promise.all([1, 2].map((seed) => datasets.load('calo-toy', { events: 15_000, seed })));
  const options = { epochs: 5, batchSize: 128, learningRate: 3e-3 };
  const along = await fractionReached(models.convolution({ shape: [12] }), calo as [Table, Table], options);
  expect(along.fraction).toBeGreaterThan(0.99);
  const [seen, unseen] = [spotImages(12_000, 1), spotImages(8000, 2)];
  const cnn = models.convolution({ shape: [8, 8], filters: [8], kernel: 2, pool: 8, hidden: [16] });
  const fitted = await fitModel(cnn, seen.table, { ...schedule, ...options, features: ['image'], epochs: 8 });
  const labels = unseen.table.labels();
  expect(auc(labels, await fitted.predict(unseen.table)) / auc(labels, unseen.score)).toBeGreaterThan(0.97);
});

test('without TensorFlow sets train on the light engine, and convolutions say that they cannot', async () => {
  process.env.CYGNET_ENGINE = 'wasm';
  try {
    const few = otherJets.slice(0, 200);
    const fitted = await fitModel(models.deepSets({ phi: [4], rho: [4] }), few, { epochs: 1 });
    expect(fitted.engine.name).toBe('wasm');
    expect((await fitted.predict(few)).every((score) => score > 0 && score < 1)).toBe(true);
    const cnn = fitModel(models.convolution({ shape: [12] }), await datasets.load('calo-toy', { events: 50 }));
    await expect(cnn).rejects.toThrow(/engine wasm cannot train .* no Conv2DBackpropFilter.*npm run setup/);
  } finally {
    delete process.env.CYGNET_ENGINE;
  }
});

describe('every model of particles', () => {
  const sample = otherJets.slice(0, 1500);
  const kinds: readonly ModelDescription[] = [
    models.deepSets({ phi: [8], rho: [8] }),
    models.energyFlow({ phi: [8], rho: [8] }),
    models.particleNet({ coordinates: ['deta', 'dphi'], blocks: [[8]], neighbours: 3, hidden: [8] }),
    models.particleTransformer({
      ...{ width: 8, heads: 2, blocks: 1, hidden: [8] },
      pairs: { coordinates: ['deta', 'dphi'], momentum: 'pt' },
    }),
  ];
  test.each(kinds.map((model) => [model.kind, model] as const))(
    '%s: neither order, nor padding, nor company of other events change a score',
    async (_, model) => {
      const fitted = await fitModel(model, sample, { epochs: 1, learningRate: 0.01, features: ['pt', 'deta', 'dphi'] });
      const random = randomSource(4);
      const take = (events: Table, order: readonly (readonly number[])[]) =>
        Table.from(
          Object.fromEntries(
            ['pt', 'deta', 'dphi'].map((name) => {
              const column = events.column(name);
              if (column.kind !== 'jagged' || column.content.kind !== 'flat') throw new Error('not a list');
              const { offsets, content } = column;
              return [
                name,
                lists(order.map((own, i) => own.map((at) => Number(content.values[(offsets[i] as number) + at])))),
              ];
            }),
          ),
        );
      const few = sample.slice(0, 40);
      const counts = Array.from({ length: 40 }, (__, i) => {
        const column = few.column('pt');
        return column.kind === 'jagged' ? (column.offsets[i + 1] as number) - (column.offsets[i] as number) : 0;
      });
      const shuffled = counts.map((count) =>
        Array.from({ length: count }, (__, i) => i).sort(() => (random.uniform() < 0.5 ? -1 : 1)),
      );
      const scores = await fitted.predict(few);
      expect(largestDifference(scores, await fitted.predict(take(few, shuffled)))).toBeLessThan(2e-5);
      const alone = await fitted.predict(few.slice(7, 8));
      expect(alone[0]).toBeCloseTo(scores[7] as number, 5);
      const withEmpty = await fitted.predict(
        take(
          few,
          counts.map((count, i) => (i === 3 ? [] : Array.from({ length: count }, (__, k) => k))),
        ),
      );
      expect(withEmpty.every(Number.isFinite)).toBe(true);
      expect(withEmpty[4]).toBeCloseTo(scores[4] as number, 5);
    },
  );

  test.each(kinds.map((model) => [model.kind, model] as const))(
    '%s: learns several classes and numbers too, in one graph, and gives the same model twice',
    async (_, model) => {
      const options: TrainOptions = { epochs: 1, features: ['pt', 'deta', 'dphi'], seed: 3, validation: 0.2 };
      const table = sample.slice(0, 400).derive('half', (row) => (row.isSignal as number) * 10 + 5);
      const classes = await fitModel(model, table, { ...options, classes: [0, 1] });
      expect(classes.engine.name).toBe('tf-graph');
      const two = await classes.predict(table);
      expect(two).toHaveLength(2 * table.length);
      expect((two[0] as number) + (two[1] as number)).toBeCloseTo(1, 5);
      const number = await fitModel(model, table, { ...options, target: 'half', loss: 'gaussian' });
      expect(await number.predict(table)).toHaveLength(2 * table.length);
      const again = await fitModel(model, table, { ...options, classes: [0, 1] });
      expect(await again.predict(table)).toEqual(two);
    },
  );

  test('is refused by every export, which says why', async () => {
    const fitted = await fitModel(kinds[0] as ModelDescription, sample, { epochs: 1, name: 'pfn' });
    expect(exporters.targets(fitted)).toEqual([]);
    expect(fitted.blueprintKind).toBeUndefined();
    await expect(exporters.onnx(fitted, { folder: '/nowhere' })).rejects.toThrow(
      /Cannot export "pfn" to "onnx": a particle flow network is no feed-forward network .* No format can express it/,
    );
    await expect(exporters.exportModel(fitted, { target: '', folder: 'nowhere' })).rejects.toThrow(
      /No format can express "pfn", a particle flow network, yet/,
    );
    await expect(fitted.blueprint()).rejects.toThrow(/no common representation/);
    await expect(fitted.predict(new Float32Array(30))).rejects.toThrow(/predicts for a Table/);
    await expect(fitted.predict(sample.select(['pt', 'deta']))).rejects.toThrow(/lacks "dphi"/);
  });

  test('takes the first particles of events with more than maxParticles', async () => {
    const fitted = await fitModel(models.deepSets({ phi: [8], rho: [8], maxParticles: 2 }), sample, { epochs: 1 });
    const event = (count: number) => ({
      pt: lists([[20, 10, 5].slice(0, count)]),
      deta: lists([[0.1, 0.2, 0.3].slice(0, count)]),
      dphi: lists([[0.1, 0.2, 0.3].slice(0, count)]),
    });
    const [two, three] = await Promise.all([2, 3].map((count) => fitted.predict(Table.from(event(count)))));
    expect(three).toEqual(two);
  });

  test('takes a missing value of a particle for the mean', async () => {
    const table = Table.from(
      { pt: lists([[1, 2], [3], [NaN, 2], [5]]), isSignal: [0, 1, 0, 1] },
      { label: 'isSignal' },
    );
    const fitted = await fitModel(models.deepSets({ phi: [4], rho: [] }), table, { epochs: 1 });
    const asked = Table.from({
      pt: lists([
        [NaN, 2],
        [(1 + 2 + 3 + 2 + 5) / 5, 2],
      ]),
    });
    const [missing, mean] = await fitted.predict(asked);
    expect(missing).toBeCloseTo(mean as number, 5);
  });
});

const square = { image: lists([Array(16).fill(1) as number[], Array(15).fill(1) as number[]]), isSignal: [0, 1] };
test.each<readonly [string, ModelDescription, Table, TrainOptions, RegExp]>([
  [
    'a table without lists',
    models.deepSets(),
    Table.from({ x: [1, 2], y: [0, 1] }, { label: 'y' }),
    {},
    /no column with a list of numbers/,
  ],
  [
    'a flat column as particles',
    models.deepSets(),
    jets.slice(0, 50).derive('n', () => 1),
    { features: ['pt', 'n'] },
    /"n" .* not a list of numbers/,
  ],
  [
    'lists of different lengths',
    models.deepSets(),
    Table.from({ a: lists([[1], [2]]), b: lists([[1, 2], [3]]), y: [0, 1] }, { label: 'y' }),
    {},
    /"a" and "b" .* different numbers of values/,
  ],
  [
    'an infinite value in a particle',
    models.deepSets(),
    Table.from(
      {
        a: lists([
          [1, 2],
          [3, Infinity],
        ]),
        y: [0, 1],
      },
      { label: 'y' },
    ),
    {},
    /"a" of event 1 .* is infinite/,
  ],
  [
    'a constant feature of particles',
    models.deepSets(),
    Table.from({ a: lists([[1, 1], [1]]), y: [0, 1] }, { label: 'y' }),
    {},
    /Feature "a" is constant/,
  ],
  [
    'energy flow without its momentum',
    models.energyFlow(),
    jets.slice(0, 50),
    { features: ['deta', 'dphi'] },
    /needs column "pt" among the features/,
  ],
  [
    'coordinates that are no features',
    models.particleNet({ coordinates: ['eta'] }),
    jets.slice(0, 50),
    {},
    /needs column "eta"/,
  ],
  [
    'an image of another size',
    models.convolution({ shape: [4, 4] }),
    Table.from(square, { label: 'isSignal' }),
    {},
    /Event 1 .* has 15 numbers in "image"; an image of 4 x 4 x 1 has 16/,
  ],
  [
    'too few columns for an image',
    models.convolution({ shape: [4, 4] }),
    Table.from({ a: [1, 2], b: [2, 1], y: [0, 1] }, { label: 'y' }),
    {},
    /has 16 numbers, but 2 columns/,
  ],
  [
    'poolings that leave nothing',
    models.convolution({ shape: [2, 2], filters: [2, 2] }),
    Table.from(
      {
        i: lists([
          [1, 2, 3, 4],
          [4, 3, 2, 1],
        ]),
        y: [0, 1],
      },
      { label: 'y' },
    ),
    {},
    /leave nothing of an image of 2 x 2/,
  ],
])('%s is diagnosed', async (_, model, table, options, message) => {
  const training = fitModel(model, table, { epochs: 1, ...options });
  await expect(training).rejects.toThrow(message);
  await expect(training).rejects.toSatisfy((error) => isCygnetError(error, 'training-failed'));
});

test.each([
  [() => models.deepSets({ phi: [] }), TypeError, /"phi" must list the units of each layer, 1 at least/],
  [() => models.deepSets({ latent: 3 } as never), TypeError, /no option "latent"/],
  [() => models.energyFlow({ momentum: 3 as never }), TypeError, /"momentum" names a column/],
  [() => models.convolution({ shape: 3 as never }), TypeError, /"shape" is \[length\]/],
  [() => models.convolution({ shape: [4, 0] }), RangeError, /"shape\[1\]" is 0/],
  [() => models.particleNet({ blocks: [[]] }), TypeError, /"blocks\[0\]" must list/],
  [
    () => models.particleTransformer({ width: 30, heads: 4 }),
    RangeError,
    /"width" is 30; allowed: a multiple of "heads"/,
  ],
  [() => models.particleTransformer({ pairs: { coordinates: [] } }), TypeError, /"pairs.coordinates" lists columns/],
])('a wrong option is refused by name (%#)', (describeModel, kind, message) => {
  expect(describeModel).toThrow(kind);
  expect(describeModel).toThrow(message);
});
