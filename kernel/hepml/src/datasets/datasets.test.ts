import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { displaySymbol } from '@cygnet/contract';
import { describe, expect, test } from 'vitest';
import { tableSha256 } from '../data/index.ts';
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

test('an unknown dataset is refused, naming close ones', async () => {
  await expect(datasets.load('higgs')).rejects.toMatchObject({ kind: 'dataset-not-found', message: expect.stringContaining('Close: "higgs-uci-20k"') as string });
  expect(() => datasets.card('nothing')).toThrow('See datasets.list()');
});

test('a card shows itself as HTML and as text', () => {
  const bundle = datasets.card('higgs-uci-20k')[displaySymbol]() as Record<string, string>;
  expect(bundle['text/html']).toContain('<table>');
  expect(bundle['text/html']).not.toMatch(/color/i);
  expect(bundle['text/plain']).toContain('10.24432/C5V312');
});
