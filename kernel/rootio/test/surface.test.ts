import * as rootio from '@cygnet/rootio';
import { expect, test } from 'vitest';

test('the door offers these names', () => {
  expect(Object.keys(rootio).sort()).toMatchInlineSnapshot(`
    [
      "decompressLz4",
      "memorySource",
      "openRoot",
    ]
  `);
});
