import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCygnetError } from '@cygnet/columns';
import { afterAll, describe, expect, test } from 'vitest';
import { exporters, loadModel, retrain, saveModel } from '../src/index.ts';
import * as datasets from '../src/datasets/index.ts';
import * as models from '../src/models/descriptions.ts';
import type { ModelDescription } from '../src/models/index.ts';
import { gitCommit } from '../src/track/git-commit.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import { toyTable } from './toy-table.ts';

const place = mkdtempSync(join(tmpdir(), 'cygnet-save-'));
afterAll(() => rmSync(place, { recursive: true }));

const toy = toyTable(400, { missing: 0.1 });
const jets = await datasets.load('jets-sets-toy', { events: 200 });
const calo = await datasets.load('calo-toy', { events: 200 });
const cases: readonly (readonly [string, ModelDescription, typeof toy, TrainOptions])[] = [
  ['a dense network', models.dense({ hidden: [8], dropout: 0.2 }), toy, { epochs: 2, validation: 0.2, seed: 4 }],
  [
    'a regression',
    models.dense({ hidden: [8] }),
    toy,
    { epochs: 1, target: 'y', loss: 'gaussian', features: ['x', 'noise'] },
  ],
  [
    'boosted trees',
    models.boostedTrees({ trees: 9, subsample: 0.7 }),
    toy,
    { validation: 0.3, earlyStopping: { patience: 2 } },
  ],
  ['trees of several classes', models.boostedTrees({ trees: 4 }), toy, { classes: [0, 1] }],
  ['particles', models.particleNet({ blocks: [[4]], hidden: [4], neighbours: 2 }), jets, { epochs: 1 }],
  ['a convolution', models.convolution({ shape: [12], filters: [2], hidden: [4] }), calo, { epochs: 1 }],
];

test.each(cases)(
  '%s comes back from its folder as it was, and can be made again',
  async (what, description, table, options) => {
    const model = await fitModel(description, table, { name: what, ...options });
    const scores = await model.predict(table);
    const folder = join(place, what.replaceAll(' ', '-'));
    await saveModel(model, folder);
    const loaded = await loadModel(folder);
    expect(await loaded.predict(table)).toEqual(scores);
    for (const key of [
      'id',
      'name',
      'kind',
      'features',
      'task',
      'outputs',
      'engine',
      'history',
      'provenance',
      'summary',
      'blueprintKind',
    ] as const)
      expect(loaded[key]).toEqual(model[key]);
    expect(loaded.referenceEvents).toEqual(model.referenceEvents);
    if (model.blueprintKind) expect(await loaded.blueprint()).toEqual(await model.blueprint());
    await saveModel(loaded, folder);
    const again = await retrain(folder, table);
    expect(await again.predict(table)).toEqual(scores);
    expect(again.provenance.parameters).toEqual(model.provenance.parameters);
    if (exporters.targets(loaded).includes('onnx'))
      expect((await exporters.onnx(loaded, { folder: `${folder}-onnx` })).verification.passed).toBe(true);
  },
);

describe('a saved model', () => {
  test('is not made again from other data, nor without its own validation table', async () => {
    const folder = join(place, 'strict');
    await saveModel(
      await fitModel(models.boostedTrees({ trees: 2 }), toy, { validation: toyTable(100, { seed: 9 }) }),
      folder,
    );
    await expect(retrain(folder, toy)).rejects.toThrow(/validated on a table of its own/);
    const validation = toyTable(100, { seed: 9 });
    expect((await retrain(folder, toy, { validation })).summary.metrics.validationAuc).toBeGreaterThan(0.5);
    const other = retrain(folder, toyTable(400), { validation });
    await expect(other).rejects.toThrow(/not what "boosted trees" was trained on/);
    await expect(other).rejects.toSatisfy((error) => isCygnetError(error, 'model-mismatch'));
  });

  test('that is damaged is refused by name, and what is no model is not overwritten', async () => {
    const folder = join(place, 'damaged');
    const model = await fitModel(models.dense({ hidden: [4] }), toy, { epochs: 1 });
    await saveModel(model, folder);
    const weights = readFileSync(join(folder, 'model.bin'));
    const spoilt = Buffer.from(weights);
    spoilt[5] = (spoilt[5] as number) ^ 1;
    writeFileSync(join(folder, 'model.bin'), spoilt);
    await expect(loadModel(folder)).rejects.toThrow(/model\.bin in ".*damaged" is damaged/);
    rmSync(join(folder, 'model.bin'));
    await expect(loadModel(folder)).rejects.toThrow(/lacks model\.bin/);
    for (const text of ['{', '{}', '[]', JSON.stringify({ format: 'cygnet-model', name: 'x' })]) {
      writeFileSync(join(folder, 'model.json'), text);
      await expect(loadModel(folder)).rejects.toSatisfy((error) => isCygnetError(error, 'bad-file'));
    }
    await expect(loadModel(join(place, 'nothing'))).rejects.toThrow(/holds no saved model: model\.json cannot be read/);
    const mine = join(place, 'mine');
    mkdirSync(mine);
    writeFileSync(join(mine, 'thesis.tex'), 'x');
    await expect(saveModel(model, mine)).rejects.toThrow(/holds no saved model, so it is left as it is/);
    expect(readFileSync(join(mine, 'thesis.tex'), 'utf8')).toBe('x');
    await expect(saveModel({ ...model }, join(place, 'copy'))).rejects.toThrow(/no model that train/);
  });
});

test('the commit of a repository is found in its files, as git says', () => {
  const repository = join(place, 'repository');
  mkdirSync(repository);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  expect(gitCommit(repository)).toBeUndefined();
  git('commit', '-q', '--allow-empty', '-m', 'first');
  mkdirSync(join(repository, 'deep', 'er'), { recursive: true });
  expect(gitCommit(join(repository, 'deep', 'er'))).toBe(git('rev-parse', 'HEAD'));
  git('pack-refs', '--all');
  expect(gitCommit(repository)).toBe(git('rev-parse', 'HEAD'));
  git('worktree', 'add', '-q', '-b', 'side', join(place, 'tree'));
  expect(gitCommit(join(place, 'tree'))).toBe(git('rev-parse', 'side'));
  git('checkout', '-q', '--detach');
  expect(gitCommit(repository)).toBe(git('rev-parse', 'HEAD'));
});
