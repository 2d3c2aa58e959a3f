import { describe, expect, test } from 'vitest';
import { startSums, sumPlainly } from '../rntuple/xxh3-long.ts';
import { secret } from '../rntuple/xxh3-words.ts';
import { joinPlainly, reversePlainly } from './plain-loops.ts';
import { joinWords, reverseWords, sumStripes } from './words.ts';

/** Around the sizes at which the loops change: 16 words, and the part that is worked on at once. */
const counts = [0, 1, 15, 16, 17, 63, 64, 65, 255, 1000, 16_384, 32_768, 32_769, 131_072, 300_001];
const widths = [2, 4, 8] as const;
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => Math.imul(i, 2654435761) >>> 21);
const cases = widths.flatMap((width) => counts.map((count) => [width, count] as const));

describe('words in WebAssembly and one by one are the same', () => {
  test.each(cases)('turned round: %i bytes, %i words', (width, count) => {
    const source = noise(count * width + 3).subarray(3);
    const [fast, plain] = [new Uint8Array(source.length), new Uint8Array(source.length)];
    reverseWords(source, fast, width);
    reversePlainly(source, plain, width);
    expect(Buffer.compare(fast, plain)).toBe(0);
    reverseWords(fast, fast, width);
    expect(Buffer.compare(fast, source)).toBe(0);
  });

  test.each(cases)('joined from their bytes: %i bytes, %i words', (width, count) => {
    const source = noise(count * width + 1).subarray(1);
    const [fast, plain] = [new Uint8Array(source.length), new Uint8Array(source.length)];
    joinWords(source, fast, width);
    joinPlainly(source, plain, width);
    expect(Buffer.compare(fast, plain)).toBe(0);
  });

  test.each([65, 128, 241, 1024, 1025, 1088, 2049, 65_536, 131_071, 131_072, 131_073, 131_137, 400_000])(
    'summed up for a checksum: %i bytes',
    (length) => {
      const data = noise(length + 5).subarray(5);
      const sums = startSums();
      expect(sumStripes(data, sums, secret)).toBe(true);
      expect(sums).toEqual(sumPlainly(new DataView(data.buffer, data.byteOffset, data.byteLength)));
    },
  );
});

test('a single word is turned round', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  reverseWords(bytes, bytes, 4);
  expect(bytes).toEqual(Uint8Array.of(4, 3, 2, 1));
});

test('two words are joined from their first bytes, then their second ones', () => {
  const target = new Uint8Array(4);
  joinWords(Uint8Array.of(1, 2, 3, 4), target, 2);
  expect(target).toEqual(Uint8Array.of(1, 3, 2, 4));
});
