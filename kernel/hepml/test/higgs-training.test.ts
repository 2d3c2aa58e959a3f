import { expect, test } from 'vitest';
import { load } from '../src/datasets/index.ts';
import { auc } from '../src/metrics/index.ts';
import { boostedTrees, dense } from '../src/models/index.ts';
import { fitModel } from '../src/train/index.ts';

const { train, test: held } = (await load('higgs-uci-20k')).split({ test: 0.3, seed: 1 });

test('boosted trees reach an AUC of 0.775 on held-out Higgs events', async () => {
  const model = await fitModel(boostedTrees(), train, { name: 'higgs-trees', validation: 0.2, seed: 1 });
  expect(model.features).toHaveLength(28);
  expect(auc(held.labels(), await model.predict(held))).toBeGreaterThan(0.775);
});

test('a dense network reaches an AUC of 0.72 on held-out Higgs events', async () => {
  const model = await fitModel(dense(), train, { name: 'higgs-network', epochs: 12, validation: 0.2, seed: 1 });
  expect(model.engine.name).toBe('tf-graph');
  expect(auc(held.labels(), await model.predict(held))).toBeGreaterThan(0.72);
});
