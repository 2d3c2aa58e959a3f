import { expect, test } from 'vitest';
import { compareRandomTables } from './random-tables.ts';

test('16 random tables that uproot writes in all codecs, as TTree and as RNTuple, read back equal', async () => {
  const { equal, different } = await compareRandomTables(0, 16);
  expect(different).toEqual([]);
  expect(equal).toBeGreaterThan(60);
});
