import { readFileSync } from 'node:fs';
import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { expect, test } from 'vitest';
import { compareWithGolden } from './compare-golden.ts';
import type { Golden } from './compare-golden.ts';
import { codecs } from './node-codecs.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const golden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as Golden;

/** Where compressed blocks begin that have these two letters and this version. */
const blocksIn = (bytes: Uint8Array, letters: string, version: number): readonly number[] => {
  const places: number[] = [];
  for (let at = 0; at + 9 < bytes.length; at++) {
    if (String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0) === letters && bytes[at + 2] === version)
      places.push(at);
  }
  return places;
};

test('a changed bit in lz4 data, which have no checksum of their own, is an error and never a number', async () => {
  const whole = fixture('generated-lz4.root');
  const [block = 0] = blocksIn(whole, 'L4', 1).filter((at) => at > 400);
  for (let i = 0; i < 60; i++) {
    const bytes = whole.slice();
    bytes[block + 17 + i] = (bytes[block + 17 + i] ?? 0) ^ (1 << (i % 8));
    const file = await openRoot(memorySource(bytes, 'damaged.root'), { codecs });
    const result = await file
      .tree('deep/inside/events')
      .then((damaged) => damaged.read())
      .catch((error: unknown) => error);
    expect(result, `byte ${i}`).toBeInstanceOf(CygnetError);
  }
});

test("ROOT's deflation from before zlib (CS) is read", async () => {
  const bytes = fixture('generated-zlib.root');
  let blocks = 0;
  for (const at of blocksIn(bytes, 'ZL', 8)) {
    const length = (bytes[at + 3] ?? 0) | ((bytes[at + 4] ?? 0) << 8) | ((bytes[at + 5] ?? 0) << 16);
    if (at + 9 + length > bytes.length || bytes[at + 9] !== 0x78) continue;
    // What zlib adds, two bytes before and four behind, is taken away.
    bytes.set([0x43, 0x53], at);
    bytes.set([(length - 6) & 0xff, ((length - 6) >> 8) & 0xff, (length - 6) >> 16], at + 3);
    bytes.copyWithin(at + 9, at + 11, at + 5 + length);
    blocks++;
  }
  expect(blocks).toBeGreaterThan(20);
  const file = await openRoot(memorySource(bytes, 'old.root'), { codecs: {} });
  const result = await compareWithGolden(file, golden('generated-zlib.json'));
  expect(result.different).toEqual([]);
  expect(result.unreadable).toEqual([]);
  expect(result.equal).toBeGreaterThan(15);
});
