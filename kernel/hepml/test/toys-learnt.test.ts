import { expect, test } from 'vitest';
import * as datasets from '../src/datasets/index.ts';
import { auc } from '../src/metrics/index.ts';
import { boostedTrees } from '../src/models/index.ts';
import { fitModel } from '../src/train/index.ts';

test.each([
  ['xor-toy', { trees: 60, maxDepth: 4 }],
  ['calo-toy', { trees: 150, maxDepth: 3 }],
] as const)('%s: boosted trees reach 99/100 of the optimum', async (name, options) => {
  const seen = await datasets.load(name, { events: 30_000, seed: 1 });
  const unseen = await datasets.load(name, { events: 20_000, seed: 2 });
  const model = await fitModel(boostedTrees({ ...options, learningRate: 0.1 }), seen);
  const best = auc(unseen.labels(), datasets.optimum(name).score(unseen));
  const reached = auc(unseen.labels(), await model.predict(unseen));
  // On the same events, so that their fluctuation cancels.
  expect(reached / best).toBeGreaterThanOrEqual(0.99);
  expect(reached / best).toBeLessThan(1.002);
});
