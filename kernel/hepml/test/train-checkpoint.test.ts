import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCygnetError } from '@cygnet/columns';
import { afterAll, expect, test } from 'vitest';
import { deepSets, dense } from '../src/models/index.ts';
import { fitModel, type TrainOptions } from '../src/train/index.ts';
import * as datasets from '../src/datasets/index.ts';
import { resumable } from './resumable-training.ts';
import { runProgram } from './run-program.ts';
import { toyTable } from './toy-table.ts';

const place = mkdtempSync(join(tmpdir(), 'cygnet-checkpoint-'));
afterAll(() => rmSync(place, { recursive: true }));
const { model, table, options } = resumable;

const unbroken = await fitModel(model, table, options);
const scores = await unbroken.predict(table);

test('a killed training that is called again gives the same weights as an unbroken one', async () => {
  const folder = join(place, 'killed');
  const died = await runProgram('train-and-die.ts', [folder, '3']);
  expect(died.code).not.toBe(0);
  expect(existsSync(join(folder, 'killed'))).toBe(true);
  const epochs: number[] = [];
  const resumed = await fitModel(model, table, {
    ...options,
    checkpoint: folder,
    onProgress: ({ steps }) => epochs.push(steps.length),
  });
  expect(epochs[0]).toBeGreaterThanOrEqual(3);
  expect(await resumed.predict(table)).toEqual(scores);
  expect(resumed.history.steps).toEqual(unbroken.history.steps);
  expect(resumed.summary.metrics).toEqual(unbroken.summary.metrics);
  const again = await fitModel(model, table, { ...options, checkpoint: folder });
  expect(await again.predict(table)).toEqual(scores);
});

test('an aborted one too, also by single operations, and when the state is left now and then only', async () => {
  for (const engine of ['tensorflow', 'tf-eager']) {
    process.env.CYGNET_ENGINE = engine;
    try {
      const whole = await (await fitModel(model, table, options)).predict(table);
      const folder = join(place, `aborted-${engine}`);
      const stop = new AbortController();
      const broken = fitModel(model, table, {
        ...options,
        checkpoint: { folder, every: 2 },
        signal: stop.signal,
        onProgress: ({ steps }) => steps.length === 5 && stop.abort(),
      });
      await expect(broken).rejects.toThrow(/stopped/);
      const resumed = await fitModel(model, table, { ...options, checkpoint: { folder, every: 2 } });
      expect(await resumed.predict(table)).toEqual(whole);
    } finally {
      delete process.env.CYGNET_ENGINE;
    }
  }
});

test('more epochs may be asked for when the learning rate is constant', async () => {
  const jets = await datasets.load('jets-sets-toy', { events: 300 });
  const pfn = deepSets({ phi: [4], rho: [4] });
  const folder = join(place, 'longer');
  await fitModel(pfn, jets, { epochs: 2, checkpoint: folder });
  const longer = await fitModel(pfn, jets, { epochs: 4, checkpoint: folder });
  const atOnce = await fitModel(pfn, jets, { epochs: 4 });
  expect(await longer.predict(jets)).toEqual(await atOnce.predict(jets));
});

test.each<readonly [string, () => Parameters<typeof fitModel>]>([
  ['another model', () => [dense({ hidden: [17], dropout: 0.3 }), table, options]],
  ['another seed', () => [model, table, { ...options, seed: 6 }]],
  ['other data', () => [model, toyTable(700, { seed: 9 }), options]],
  ['another number of epochs under a schedule', () => [model, table, { ...options, epochs: 9 }]],
])('the checkpoint of %s is refused', async (_, call) => {
  const folder = join(place, 'mine');
  if (!existsSync(folder)) await fitModel(model, table, { ...options, checkpoint: folder });
  const [description, events, others] = call();
  const training = fitModel(description, events, { ...(others as TrainOptions), checkpoint: folder });
  await expect(training).rejects.toThrow(/is the checkpoint of another training/);
});

test('a damaged checkpoint is refused by name', async () => {
  const folder = join(place, 'damaged');
  await fitModel(model, table, { ...options, checkpoint: folder });
  const path = join(folder, 'checkpoint.cygnet');
  const whole = readFileSync(path);
  const changed = Buffer.from(whole);
  changed[changed.length - 3] = (changed[changed.length - 3] as number) ^ 1;
  for (const bytes of [
    whole.subarray(0, 5),
    whole.subarray(0, 40),
    whole.subarray(0, -4),
    changed,
    Buffer.from('{}'),
  ]) {
    writeFileSync(path, bytes);
    const training = fitModel(model, table, { ...options, checkpoint: folder });
    await expect(training).rejects.toSatisfy((error) => isCygnetError(error, 'bad-file'));
    await expect(training).rejects.toThrow(/damaged\/checkpoint\.cygnet" is no checkpoint/);
  }
});
