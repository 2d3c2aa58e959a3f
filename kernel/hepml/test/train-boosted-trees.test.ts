import { expect, test } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import { auc } from '../src/metrics/index.ts';
import { boostedTrees, evaluateBlueprint, type TreesBlueprint } from '../src/models/index.ts';
import { fitModel } from '../src/train/index.ts';
import { expectPromptAbort } from './expect-prompt-abort.ts';
import { toyTable } from './toy-table.ts';

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] as number))), 0);

test('the blueprint gives the scores of XGBoost, also for missing values and values on a threshold', async () => {
  const table = toyTable(3000, { missing: 0.1, weight: (label) => (label === 1 ? 2 : 0.5) });
  const model = await fitModel(boostedTrees({ trees: 60, maxDepth: 5, minSplitGain: 0.3 }), table);
  const blueprint = (await model.blueprint()) as TreesBlueprint;
  const random = randomSource(7);
  const thresholds = blueprint.trees.flatMap((tree) =>
    Array.from(tree.threshold, (threshold, node) => ({ threshold, feature: tree.feature[node] as number })).filter(
      (_, node) => tree.left[node] !== -1,
    ),
  );
  const events = Float32Array.from({ length: 3 * 4000 }, () => (random.uniform() < 0.1 ? NaN : 2 * random.normal()));
  thresholds.slice(0, 3000).forEach(({ threshold, feature }, event) => (events[event * 3 + feature] = threshold));
  expect(thresholds.length).toBeGreaterThan(200);
  const scores = await model.predict(events);
  expect(largestDifference(evaluateBlueprint(blueprint, events), scores)).toBeLessThan(1e-7);
});

test('the same seed gives the same model twice, another seed another one', async () => {
  const table = toyTable(2000);
  const describe = boostedTrees({ trees: 20, subsample: 0.5 });
  const scores = async (seed: number) => (await fitModel(describe, table, { seed })).predict(table);
  const [first, again, other] = [await scores(3), await scores(3), await scores(4)];
  expect(again).toEqual(first);
  expect(largestDifference(first, other)).toBeGreaterThan(0.001);
});

test('event weights count in the training and in the validation', async () => {
  const weighted = toyTable(4000, { weight: (label) => (label === 1 ? 3 : 1) });
  const run = (weight?: false) =>
    fitModel(boostedTrees({ trees: 30 }), weighted, { validation: 0.25, ...(weight === false ? { weight } : {}) });
  const mean = (scores: Float32Array) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const [heavy, plain] = [await run(), await run(false)];
  expect(mean(await heavy.predict(weighted))).toBeGreaterThan(0.15 + mean(await plain.predict(weighted)));
  expect(heavy.history.steps.at(-1)?.validationLoss).not.toBe(plain.history.steps.at(-1)?.validationLoss);
  expect(heavy.features).toEqual(['x', 'y', 'noise']);
});

test('the validation figures are those of the finished model', async () => {
  const [table, validation] = [toyTable(2000), toyTable(1000, { seed: 9 })];
  const model = await fitModel(boostedTrees({ trees: 15 }), table, { validation });
  const scores = await model.predict(validation);
  expect(model.summary.metrics.validationAuc).toBeCloseTo(auc(validation.labels(), scores), 9);
  expect(model.history).toMatchObject({ state: 'finished', unit: 'round', totalSteps: 15 });
  expect(model.history.steps).toHaveLength(15);
});

test('early stopping keeps the round of the best validation loss', async () => {
  const model = await fitModel(boostedTrees({ trees: 400, maxDepth: 8, learningRate: 0.5 }), toyTable(1500), {
    validation: 0.3,
    earlyStopping: { patience: 5 },
  });
  const losses = model.history.steps.map((step) => step.validationLoss as number);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(model.history.steps).toHaveLength(best + 5);
  expect(model.summary.metrics.validationLoss).toBe(Math.min(...losses));
  expect(((await model.blueprint()) as TreesBlueprint).trees).toHaveLength(best);
  expect(model.history.message).toContain(`round ${best} of`);
});

test('the event loop stays free and an abort stops the run within a second', () =>
  expectPromptAbort((options) => fitModel(boostedTrees({ trees: 100_000, maxDepth: 6 }), toyTable(20_000), options)));

test("XGBoost's own parameters are reachable, and one that it does not know is refused", async () => {
  const table = toyTable(1000);
  const train = (xgboost: Record<string, string | number>) => fitModel(boostedTrees({ trees: 3, xgboost }), table);
  const model = await train({ grow_policy: 'lossguide', max_leaves: 3, max_depth: 0 });
  const { trees } = (await model.blueprint()) as TreesBlueprint;
  expect(trees.every((tree) => tree.left.length <= 5)).toBe(true);
  await expect(train({ max_leafs: 3 })).rejects.toThrow(/"max_leafs", which XGBoost does not know/);
  await expect(train({ grow_policy: 'wild' })).rejects.toThrow(/grow_policy|wild/);
});

test('negative weights are refused with what can be done', async () => {
  const table = toyTable(100, { weight: (_, event) => (event % 10 === 3 ? -0.1 : 1) });
  await expect(fitModel(boostedTrees(), table)).rejects.toThrow(/negative, which XGBoost does not take/);
});

test('a model that has been disposed of says so', async () => {
  const model = await fitModel(boostedTrees({ trees: 2 }), toyTable(100));
  model.dispose();
  model.dispose();
  await expect(model.predict(toyTable(10))).rejects.toThrow(/has been disposed of/);
});
