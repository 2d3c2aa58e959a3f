import { expect, test } from 'vitest';
import { decompressLz4 } from './lz4.ts';

test('literals and overlapping matches are copied', () => {
  expect([...decompressLz4(Uint8Array.of(0x30, 1, 2, 3), 3)]).toEqual([1, 2, 3]);
  expect([...decompressLz4(Uint8Array.of(0x11, 7, 1, 0, 0x10, 9), 7)]).toEqual([7, 7, 7, 7, 7, 7, 9]);
});

test('long lengths go on in further bytes', () => {
  const literals = Uint8Array.from({ length: 300 }, (_, i) => i % 251);
  expect([...decompressLz4(Uint8Array.of(0xf0, 255, 30, ...literals), 300)]).toEqual([...literals]);
});

test.each([
  ['ends inside its literals', [0x50, 1, 2], 5],
  ['gives fewer bytes than it says', [0x10, 1], 5],
  ['gives more bytes than it says', [0x30, 1, 2, 3], 2],
  ['copies from before its start', [0x10, 1, 5, 0, 0x10, 1], 10],
  ['has an offset of zero', [0x10, 1, 0, 0, 0x10, 1], 10],
  ['ends inside an offset', [0x10, 1, 1], 10],
  ['ends inside a length', [0xf0, 255], 1000],
  ['is empty', [], 1],
])('a block that %s is refused', (_, bytes, size) => {
  expect(() => decompressLz4(Uint8Array.from(bytes), size)).toThrow(/LZ4/);
});
