import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { exporters, metrics, saveModel } from '../src/index.ts';
import * as datasets from '../src/datasets/index.ts';
import { boostedTrees, deepSets, dense, randomForest } from '../src/models/descriptions.ts';
import { fitModel } from '../src/train/index.ts';
import { toyTable } from './toy-table.ts';

const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const oracle = fileURLToPath(new URL('tree_importance_oracle.py', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'cygnet-explain-'));
afterAll(() => rmSync(place, { recursive: true }));

const [seen, unseen] = [toyTable(2000, { seed: 1 }), toyTable(2000, { seed: 2 })];

describe('a random forest', () => {
  test('learns xor, shows its importance, and comes out of every format of trees as it is', async () => {
    const [xorSeen, xorUnseen] = await Promise.all(
      [1, 2].map((seed) => datasets.load('xor-toy', { events: 10_000, seed })),
    );
    if (!xorSeen || !xorUnseen) throw new Error('no toy');
    const forest = await fitModel(randomForest({ trees: 60, maxDepth: 7 }), xorSeen, { name: 'forest' });
    expect(forest.history.steps).toHaveLength(1);
    const best = metrics.auc(xorUnseen.labels(), datasets.optimum('xor-toy').score(xorUnseen));
    expect(metrics.auc(xorUnseen.labels(), await forest.predict(xorUnseen)) / best).toBeGreaterThan(0.99);
    const blueprint = await forest.blueprint();
    expect(blueprint.kind === 'trees' && blueprint.trees.length).toBe(60);
    expect(exporters.targets(forest)).toEqual(['onnx', 'cpp', 'xgboost']);
    expect((await exporters.onnx(forest, { folder: join(place, 'forest') })).verification.passed).toBe(true);
    const again = await fitModel(randomForest({ trees: 60, maxDepth: 7 }), xorSeen, { name: 'forest' });
    expect(await again.predict(xorUnseen)).toEqual(await forest.predict(xorUnseen));
  });

  test('takes several classes and numbers', async () => {
    const small = randomForest({ trees: 20, maxDepth: 5 });
    expect((await fitModel(small, seen, { classes: [0, 1] })).outputs).toEqual(['0', '1']);
    const number = await fitModel(small, seen, { target: 'y', features: ['x', 'noise', 'isSignal'] });
    const quality = metrics.regressionQuality(unseen.numbers('y'), await number.predict(unseen));
    expect(quality.rmse).toBeLessThan(1.08);
    expect(() => randomForest({ subsample: 1 })).toThrow(/"subsample" is 1; allowed: a number, above 0, below 1/);
    await expect(fitModel(small, seen, { epochs: 3 })).rejects.toThrow(/"epochs" is for networks/);
  });
});

test("gain and cover are those of XGBoost's own package", async () => {
  const model = await fitModel(boostedTrees({ trees: 30, maxDepth: 4, minSplitGain: 1 }), seen);
  const folder = join(place, 'saved');
  await saveModel(model, folder);
  const file = join(place, 'model.ubj');
  copyFileSync(join(folder, 'model.bin'), file);
  type Scores = { readonly [feature: string]: number };
  const theirs = JSON.parse(execFileSync(python, [oracle, file], { encoding: 'utf8' })) as {
    readonly [kind in 'gain' | 'cover' | 'weight' | 'total_gain']: Scores;
  };
  const ours = model.treeImportance?.() ?? [];
  expect(ours.length).toBe(3);
  expect(ours.map(({ totalGain }) => totalGain)).toEqual(ours.map(({ totalGain }) => totalGain).sort((a, b) => b - a));
  ours.forEach(({ feature, gain, cover, splits, totalGain }) => {
    const name = `f${model.features.indexOf(feature)}`;
    expect(splits).toBe(theirs.weight[name]);
    expect(gain / (theirs.gain[name] as number)).toBeCloseTo(1, 5);
    expect(cover / (theirs.cover[name] as number)).toBeCloseTo(1, 5);
    expect(totalGain / (theirs.total_gain[name] as number)).toBeCloseTo(1, 5);
  });
});

describe('permutation importance', () => {
  test('orders features by what they tell, and finds nothing in noise', async () => {
    const model = await fitModel(dense({ hidden: [8] }), seen, { epochs: 5, learningRate: 0.01 });
    expect(model.treeImportance).toBeUndefined();
    const [first, second, third] = await metrics.permutationImportance(model, unseen);
    expect([first?.feature, second?.feature, third?.feature]).toEqual(['x', 'y', 'noise']);
    expect(first?.importance).toBeGreaterThan(0.1);
    expect(Math.abs(third?.importance ?? 1)).toBeLessThan(0.01);
    expect(await metrics.permutationImportance(model, unseen)).toEqual(
      await metrics.permutationImportance(model, unseen),
    );
    await expect(metrics.permutationImportance(model, unseen, { repeats: 0 })).rejects.toThrow(RangeError);
    await expect(metrics.permutationImportance(model, unseen, { signal: AbortSignal.abort() })).rejects.toThrow(
      /stopped/,
    );
  });

  test('works for several classes, numbers and particles', async () => {
    const classes = await fitModel(boostedTrees({ trees: 20 }), seen, { classes: [0, 1] });
    expect((await metrics.permutationImportance(classes, unseen, { repeats: 1 }))[0]?.feature).toBe('x');
    const number = await fitModel(boostedTrees({ trees: 20 }), seen, { target: 'y', features: ['x', 'isSignal'] });
    expect((await metrics.permutationImportance(number, unseen, { repeats: 1 }))[0]?.feature).toBe('isSignal');
    const jets = await datasets.load('jets-sets-toy', { events: 1000 });
    const pfn = await fitModel(deepSets({ phi: [8], rho: [8] }), jets, { epochs: 2, learningRate: 0.01 });
    const all = await metrics.permutationImportance(pfn, jets, { repeats: 1 });
    expect(all.map(({ feature }) => feature).sort()).toEqual(['deta', 'dphi', 'pt']);
  });
});
