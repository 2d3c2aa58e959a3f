import { describe, expect, test } from 'vitest';
import { xxh64 } from './xxh64.ts';

/** Of Python's xxhash 3 (libxxhash), over bytes made the same way. */
const expected: readonly (readonly [length: number, hash: bigint])[] = [
  [0, 0xef46db3751d8e999n],
  [1, 0xe934a84adb052768n],
  [4, 0x6ebfcf83d3e4f923n],
  [7, 0x75bc95e6e3eb863dn],
  [8, 0x0664cdc209fd1744n],
  [31, 0xa4ff8350fbd40479n],
  [32, 0xe8ebf69f747c16d6n],
  [33, 0x3a51c6d82ad83fc3n],
  [100, 0xb54b4e2cadaa71abn],
  [1000, 0x445f80f90d14c3f5n],
  [300_001, 0xc555f6d267c01d6bn],
];
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => Math.imul(i, 2654435761) >>> 21);

describe('XXH64', () => {
  test.each(expected)('of %i bytes is what libxxhash gives, with and without WebAssembly', (length, hash) => {
    expect(xxh64(bytes(length))).toBe(hash);
    expect(xxh64(bytes(length), false)).toBe(hash);
  });
});
