import { describe, expect, test } from 'vitest';
import { crossValidate, ensemble, metrics, trainEnsemble } from '../src/index.ts';
import type { Table } from '../src/data/index.ts';
import { randomSource } from '../src/data/index.ts';
import * as datasets from '../src/datasets/index.ts';
import { boostedTrees, dense } from '../src/models/index.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import { nearestEvents } from '../src/train/nearest-events.ts';
import { toyTable } from './toy-table.ts';

/** The toy of which one event in seven is subtracted: the sums, and so the optimum, are as without. */
const withNegative = async (events: number, seed: number): Promise<Table> => {
  const plain = await datasets.load('higgs-tautau-toy', { events, seed });
  const random = randomSource(seed);
  // A fraction f of weights -1 leaves 1 - 2 f of the sum, in every region alike.
  return plain.derive('w', () => (random.uniform() < 0.15 ? -1 : 1)).withRoles({ weight: 'w' });
};

describe('negative weights', () => {
  test.each<readonly [string, Parameters<typeof fitModel>[0], TrainOptions]>([
    ['a network that keeps them', dense({ hidden: [32] }), { epochs: 8, negativeWeights: 'keep' }],
    ['a network that pairs them', dense({ hidden: [32] }), { epochs: 8, negativeWeights: 'pair' }],
    ['trees that pair them', boostedTrees({ trees: 120, maxDepth: 3 }), { negativeWeights: 'pair' }],
    ['trees that ignore them', boostedTrees({ trees: 120, maxDepth: 3 }), { negativeWeights: 'ignore' }],
  ])('%s reaches 98/100 of the optimum', async (_, model, options) => {
    const [seen, unseen] = [
      await withNegative(12_000, 1),
      await datasets.load('higgs-tautau-toy', { events: 10_000, seed: 2 }),
    ];
    const fitted = await fitModel(model, seen, { validation: 0.2, ...options });
    const best = metrics.auc(unseen.labels(), datasets.optimum('higgs-tautau-toy').score(unseen));
    const reached = metrics.auc(unseen.labels(), await fitted.predict(unseen));
    expect(reached / best).toBeGreaterThan(0.98);
    expect(fitted.provenance.parameters).toMatchObject({ negativeWeights: options.negativeWeights });
  });

  test('pairs keep the sum of each class, and ignoring does not', async () => {
    const seen = await withNegative(2000, 3);
    const paired = await fitModel(boostedTrees({ trees: 1 }), seen, { negativeWeights: 'pair' });
    const ignored = await fitModel(boostedTrees({ trees: 1 }), seen, { negativeWeights: 'ignore' });
    const negative = Array.from(seen.weights()).filter((weight) => weight < 0).length;
    expect(ignored.provenance.trainingEvents).toBe(2000 - negative);
    expect(paired.provenance.trainingEvents).toBe(2000 - 2 * negative);
  });

  test('trees ask for a choice, and particles cannot be paired', async () => {
    const seen = await withNegative(500, 3);
    await expect(fitModel(boostedTrees(), seen)).rejects.toThrow(/negativeWeights: 'pair' or 'ignore'/);
    await expect(fitModel(boostedTrees(), seen, { negativeWeights: 'drop' as never })).rejects.toThrow(
      /"negativeWeights" is "drop"; allowed: keep, ignore, pair/,
    );
  });

  test('the nearest event is found as by comparing with all, while events go', () => {
    const random = randomSource(2);
    const width = 3;
    const points = Float32Array.from({ length: 300 * width }, () => Math.round(8 * random.normal()) / 8);
    const tree = nearestEvents(points, width);
    const left = new Set(Array.from({ length: 300 }, (_, i) => i));
    const distance = (point: number, of: Float32Array) =>
      of.reduce((sum, value, i) => sum + ((points[point * width + i] as number) - value) ** 2, 0);
    for (let round = 0; round < 300; round++) {
      const of = Float32Array.from({ length: width }, () => random.normal());
      const found = tree.nearest(of);
      expect(left.has(found)).toBe(true);
      const best = Math.min(...Array.from(left, (point) => distance(point, of)));
      expect(distance(found, of)).toBeCloseTo(best, 6);
      tree.remove(found);
      left.delete(found);
    }
    expect(tree.nearest(new Float32Array(width))).toBe(-1);
  });
});

test('balanced classes count the same, whatever their weights', async () => {
  const table = toyTable(2000, { weight: (label) => (label === 1 ? 0.02 : 5) });
  const mean = async (options: TrainOptions) => {
    const scores = await (
      await fitModel(dense({ hidden: [] }), table, { epochs: 30, learningRate: 0.02, ...options })
    ).predict(table);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  expect(await mean({})).toBeLessThan(0.1);
  expect(await mean({ balance: true })).toBeCloseTo(0.5, 1);
  await expect(fitModel(dense(), table, { target: 'x', balance: true })).rejects.toThrow(/"balance" is for classes/);
});

describe('cross-validation', () => {
  const table = toyTable(1500).derive('eventNumber', (_, i) => 1000 + i);
  test('gives each event the score of the model that has not seen it', async () => {
    const folds = await crossValidate(boostedTrees({ trees: 20, maxDepth: 3 }), table, {
      folds: 3,
      by: 'modulo',
      name: 'bdt',
    });
    expect(folds.members.map(({ name }) => name)).toEqual(['bdt, fold 1 of 3', 'bdt, fold 2 of 3', 'bdt, fold 3 of 3']);
    expect([...folds.foldOf.slice(0, 6)]).toEqual([1000, 1001, 1002, 1003, 1004, 1005].map((event) => event % 3));
    for (const [index, member] of folds.members.entries()) {
      expect(member.features).not.toContain('eventNumber');
      const scores = await member.predict(table);
      const own = folds.foldOf.reduce(
        (same, fold, i) => same && (fold !== index || scores[i] === folds.predictions[i]),
        true,
      );
      expect(own).toBe(true);
    }
    const unseen = metrics.auc(table.labels(), folds.predictions);
    const seen = metrics.auc(table.labels(), await folds.predict(table));
    expect(unseen).toBeGreaterThan(0.8);
    expect(unseen).toBeLessThan(seen);
    expect(folds.outOfFold().columnNames).toEqual(['signal']);
    folds.dispose();
    await expect(folds.predict(table)).rejects.toThrow(/disposed/);
  });

  test('takes every task, and stops as a whole', async () => {
    const folds = await crossValidate(dense({ hidden: [8] }), table, {
      folds: 2,
      target: 'y',
      features: ['x', 'noise'],
      epochs: 1,
    });
    expect(folds.predictions).toHaveLength(table.length);
    const stopped = crossValidate(dense({ hidden: [8] }), table, { folds: 2, epochs: 1, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/fold 1 of 2" was stopped/);
    await expect(crossValidate(dense(), table, { folds: 1 })).rejects.toThrow(RangeError);
  });
});

describe('an ensemble', () => {
  test('is the mean of its members, and at least as good as their average', async () => {
    const [seen, unseen] = [toyTable(600, { seed: 1 }), toyTable(3000, { seed: 2 })];
    const five = await trainEnsemble(dense({ hidden: [16] }), seen, {
      members: 4,
      bootstrap: true,
      epochs: 10,
      learningRate: 0.01,
    });
    const each = await Promise.all(five.members.map((member) => member.predict(unseen)));
    const mean = await five.predict(unseen);
    expect(mean[7]).toBeCloseTo(each.reduce((sum, scores) => sum + (scores[7] as number), 0) / 4, 6);
    expect((await five.spread(unseen)).every((spread) => spread > 0)).toBe(true);
    const aucs = each.map((scores) => metrics.auc(unseen.labels(), scores));
    const average = aucs.reduce((sum, value) => sum + value, 0) / 4;
    expect(metrics.auc(unseen.labels(), mean)).toBeGreaterThan(average);
    expect(new Set(five.members.map((member) => member.provenance.seed)).size).toBe(4);
  });

  test('takes models of different kinds, but not of different tasks', async () => {
    const table = toyTable(300);
    const [trees, network] = [
      await fitModel(boostedTrees({ trees: 3 }), table),
      await fitModel(dense({ hidden: [] }), table, { epochs: 1 }),
    ];
    expect(await ensemble([trees, network]).predict(table)).toHaveLength(300);
    const number = await fitModel(boostedTrees({ trees: 3 }), table, { target: 'y', features: ['x'] });
    expect(() => ensemble([trees, number])).toThrow(/"boosted trees" predicts signal, but "boosted trees" y/);
    expect(() => ensemble([])).toThrow(RangeError);
  });
});
