import { readFileSync, readdirSync } from 'node:fs';
import { memorySource, openRoot } from '@cygnet/rootio';
import { expect, test } from 'vitest';
import { compareWithGolden } from './compare-golden.ts';
import type { Golden } from './compare-golden.ts';
import { codecs } from './node-codecs.ts';

const folder = new URL('../fixtures/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.root'));

test('there are fixtures to compare', () => {
  expect(files.length).toBeGreaterThan(15);
});

test.each(files)('%s: every branch is equal to what uproot reads, value by value', async (name) => {
  const golden = JSON.parse(readFileSync(new URL(name.replace(/root$/, 'json'), folder), 'utf8')) as Golden;
  const file = await openRoot(memorySource(readFileSync(new URL(name, folder)), name), { codecs });
  const result = await compareWithGolden(file, golden);
  expect(result.different).toEqual([]);
  expect(result.unreadable).toEqual([]);
  const comparable = Object.values(golden.trees)
    .flatMap((tree) => tree.branches)
    .filter((branch) => branch.skipped === undefined);
  expect(result.equal).toBe(comparable.length);
});
