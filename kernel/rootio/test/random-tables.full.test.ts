import { expect, test } from 'vitest';
import { compareRandomTables } from './random-tables.ts';

test('400 random tables that uproot writes in all codecs, as TTree and as RNTuple, read back equal', async () => {
  const { equal, different } = await compareRandomTables(1000, 400);
  console.info(`${equal} columns`);
  expect(different).toEqual([]);
  expect(equal).toBeGreaterThan(1500);
}, 600_000);
