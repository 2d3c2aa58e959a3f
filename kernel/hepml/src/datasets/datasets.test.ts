import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { displaySymbol } from '@cygnet/contract';
import { describe, expect, test } from 'vitest';
import { tableSha256, type Table } from '../data/index.ts';
import { rocCurve } from '../metrics/index.ts';
import * as datasets from './index.ts';

describe('every dataset', () => {
  test.each(datasets.list().map((card) => card.name))('%s is what its card says', async (name) => {
    const card = datasets.card(name);
    const table = await datasets.load(name);
    expect(table.length).toBe(card.events);
    expect(table.columnNames).toEqual(card.fields.map((field) => field.name));
    expect(table.label).toBe(card.label);
    for (const text of [card.title, card.description, card.split, card.metric, card.origin, card.licence, card.citation]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(card.fields.every((field) => field.description.length > 5)).toBe(true);
    expect(table.descriptions[card.label]).toContain('signal');
    expect(String(card)).toContain(card.title);
  });

  test('that comes as a file has the size and hash of its card', async () => {
    const card = datasets.card('higgs-uci-20k');
    const bytes = await readFile(new URL('../../data/higgs-uci-20k.root', import.meta.url));
    expect(bytes.length).toBe(card.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.sha256);
  });
});

describe('higgs-uci-20k', () => {
  test('has signal first, then background, 28 features in float32, and no copy of the label', async () => {
    const table = await datasets.load('higgs-uci-20k');
    expect(table.featureNames().length).toBe(28);
    expect(table.featureNames()).not.toContain('Type');
    expect(table.featureNames().every((name) => table.numbers(name) instanceof Float32Array)).toBe(true);
    const labels = table.labels();
    expect([labels[9_999], labels[10_000]]).toEqual([1, 0]);
    expect(table.units['m_bb']).toBe('dimensionless, scaled');
    expect(table.weight).toBeUndefined();
  });

  test('gives random samples that the seed fixes, with as much signal as background', async () => {
    const sample = await datasets.load('higgs-uci-20k', { events: 1000, seed: 1 });
    expect(sample.length).toBe(1000);
    expect(sample.labels().reduce((sum, one) => sum + one, 0)).toBe(500);
    expect(tableSha256(await datasets.load('higgs-uci-20k', { events: 1000, seed: 1 }))).toBe(tableSha256(sample));
    await expect(datasets.load('higgs-uci-20k', { events: 0 })).rejects.toThrow(RangeError);
  });
});

describe('every generated dataset', () => {
  const names = datasets
    .list()
    .map((card) => card.name)
    .filter((name) => name.endsWith('-toy'));

  test.each(names)('%s: its exact likelihood ratio reaches the stated optimum, within the statistical error', async (name) => {
    const { auc, aucError = 0, score } = datasets.optimum(name);
    const table = await datasets.load(name, { events: 60_000, seed: 5 });
    const curve = rocCurve(table.labels(), score(table));
    expect(Math.abs(curve.auc - auc)).toBeLessThan(3.5 * Math.hypot(curve.aucError, aucError));
    expect(curve.aucError).toBeLessThan(0.003);
  });

  test.each(names)('%s: the score is a likelihood ratio, so its exponential has the mean 1 in background', async (name) => {
    const table = await datasets.load(name, { events: 40_000, seed: 6 });
    const labels = table.labels();
    const ratios = datasets.optimum(name).score(table).filter((_, event) => labels[event] === 0).map(Math.exp);
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const spread = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)) / ratios.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * spread);
  });

  test.each(names)('%s has half of its events in each class and is fixed by its seed', async (name) => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => datasets.load(name, { events: 100, seed })));
    expect(first?.labels().reduce((sum, label) => sum + label, 0)).toBe(50);
    expect(tableSha256(again as Table)).toBe(tableSha256(first as Table));
    expect(tableSha256(other as Table)).not.toBe(tableSha256(first as Table));
    await expect(datasets.load(name, { events: 1 })).rejects.toThrow(RangeError);
  });
});

test('the score of decor-toy does not depend on the mass in background, but x does', async () => {
  const table = (await datasets.load('decor-toy', { events: 40_000, seed: 3 })).filter((row) => row.isSignal === 0);
  const correlationWithMass = (values: ArrayLike<number | bigint>): number => {
    const standard = (of: ArrayLike<number | bigint>): number[] => {
      const all = Array.from(of, Number);
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
      const spread = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
      return all.map((one) => (one - mean) / spread);
    };
    const mass = standard(table.numbers('mass'));
    return standard(values).reduce((sum, one, event) => sum + one * (mass[event] ?? 0), 0) / table.length;
  };
  expect(Math.abs(correlationWithMass(datasets.optimum('decor-toy').score(table)))).toBeLessThan(4 / Math.sqrt(20_000));
  expect(correlationWithMass(table.numbers('x'))).toBeCloseTo(0.7, 1);
});

describe('higgs-tautau-toy', () => {
  test('is fixed by its seed, and its optimum by nothing else', async () => {
    const first = await datasets.load('higgs-tautau-toy', { events: 100, seed: 1 });
    expect(tableSha256(await datasets.load('higgs-tautau-toy', { events: 100, seed: 1 }))).toBe(tableSha256(first));
    expect(tableSha256(await datasets.load('higgs-tautau-toy', { events: 100, seed: 2 }))).not.toBe(tableSha256(first));
    expect(() => datasets.optimum('higgs-uci-20k')).toThrow('not known');
    expect(() => datasets.optimum('higgs')).toThrow('No dataset');
  });
});

test('any number of events up to all can be asked for', async () => {
  for (const events of [2, 3, 29, 777, 19_998, 19_999, 20_000]) {
    expect((await datasets.load('higgs-uci-20k', { events })).length).toBe(events);
  }
});

test('an unknown dataset is refused, naming close ones', async () => {
  await expect(datasets.load('higgs')).rejects.toMatchObject({ kind: 'dataset-not-found', message: expect.stringContaining('"higgs-uci-20k"') as string });
  expect(() => datasets.card('nothing')).toThrow('See datasets.list()');
});

test('a card shows itself as HTML and as text', () => {
  const bundle = datasets.card('higgs-uci-20k')[displaySymbol]() as Record<string, string>;
  expect(bundle['text/html']).toContain('<table>');
  expect(bundle['text/html']).not.toMatch(/color/i);
  expect(bundle['text/plain']).toContain('10.24432/C5V312');
});
