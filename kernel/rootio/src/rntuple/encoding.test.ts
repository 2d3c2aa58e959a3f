import { describe, expect, test } from 'vitest';
import { encodingOf, newElements, pageBytes } from './encoding.ts';
import type { ColumnDescription } from './schema.ts';

const column = (type: number, bits: number, range?: ColumnDescription['range']): ColumnDescription => ({
  id: 0,
  type,
  bits,
  fieldId: 0,
  representation: 0,
  isDeferred: false,
  isSuppressedBefore: false,
  ...(range === undefined ? {} : { range }),
});

const decode = (
  description: ColumnDescription,
  count: number,
  page: readonly number[],
): readonly (number | bigint)[] => {
  const encoding = encodingOf(description);
  if (encoding === undefined) throw new Error('no such encoding');
  expect(page.length).toBe(pageBytes(count, encoding.bits));
  const target = newElements(encoding, count);
  encoding.decode(Uint8Array.from(page), target);
  return [...target];
};

describe('a page of a column', () => {
  test('of 16-bit floats, plain or split, has signs, zeros, infinities and subnormal numbers', () => {
    // 1, -2, 65504, the smallest subnormal, infinity, -0
    const words = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x8000];
    const expected = [1, -2, 65504, 2 ** -24, Infinity, -0];
    const plain = words.flatMap((word) => [word & 255, word >> 8]);
    const split = [...words.map((word) => word & 255), ...words.map((word) => word >> 8)];
    expect(decode(column(0x0b, 16), 6, plain)).toEqual(expected);
    expect(decode(column(0x17, 16), 6, split)).toEqual(expected);
    expect(decode(column(0x0b, 16), 1, [0x01, 0x7c])).toEqual([NaN]);
  });

  test('of split and zigzagged integers keeps its extremes', () => {
    expect(decode(column(0x11, 16), 3, [0xff, 0xfe, 1, 0xff, 0xff, 0])).toEqual([-32768, 32767, -1]);
    expect(decode(column(0x13, 32), 2, [0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])).toEqual([
      -(2 ** 31),
      2 ** 31 - 1,
    ]);
    const bytes = [0xff, 0xfe, 3, ...new Array<number[]>(7).fill([0xff, 0xff, 0]).flat()];
    expect(decode(column(0x15, 64), 3, bytes)).toEqual([-(2n ** 63n), 2n ** 63n - 1n, -2n]);
  });

  test('of offsets adds up differences, beyond 32 bits too', () => {
    expect(decode(column(0x1a, 32), 3, [2, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0])).toEqual([2, 2, 259]);
    // 2^32 - 1, then 2 more
    const split = [0xff, 2, 0xff, 0, 0xff, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(decode(column(0x1b, 64), 2, split)).toEqual([2 ** 32 - 1, 2 ** 32 + 1]);
    expect(decode(column(0x0f, 64), 1, [0, 0, 0, 0, 1, 0, 0, 0])).toEqual([2 ** 32]);
  });

  test('of packed numbers runs on over the ends of bytes', () => {
    expect(decode(column(0x00, 1), 10, [0b10000101, 0b10])).toEqual([1, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
    // 3 numbers of 11 bits, the sign and exponent of 1, -2 and 0.5 with two bits of mantissa
    const words = [0x3f800000, 0xc0000000, 0x3f000000].map((word) => word >>> 21);
    const packed = (words[0] ?? 0) + (words[1] ?? 0) * 2 ** 11 + (words[2] ?? 0) * 2 ** 22;
    const bytes = [0, 1, 2, 3, 4].map((i) => Math.floor(packed / 256 ** i) % 256);
    expect(decode(column(0x1c, 11), 3, bytes)).toEqual([1, -2, 0.5]);
    expect(decode(column(0x1d, 4, { low: -1, high: 2 }), 3, [0xf0, 0x05])).toEqual([-1, 2, 0]);
    expect(decode(column(0x1d, 32, { low: 0, high: 1 }), 1, [255, 255, 255, 255])).toEqual([1]);
  });

  test('of an unknown type, or with bits that do not belong to its type, has no encoding', () => {
    const unknown = [column(0x10, 96), column(0x1e, 8), column(0x07, 16), column(0x1c, 9), column(0x1c, 32)];
    const ranges = [column(0x1d, 8), column(0x1d, 8, { low: 1, high: 1 }), column(0x1d, 33, { low: 0, high: 1 })];
    expect([...unknown, ...ranges].map(encodingOf)).toEqual(new Array(8).fill(undefined));
  });
});
