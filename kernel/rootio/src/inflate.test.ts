import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inflateRaw } from './inflate.ts';

const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => Math.imul(i, 2654435761) >>> 21);
const words = new TextEncoder().encode('muon electron jet '.repeat(4000));
const ramp = Uint8Array.from({ length: 100_000 }, (_, i) => (i % 7) * (i >> 9));

describe('deflated data without a header', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(7)],
    ['words', words],
    ['a ramp', ramp],
    ['noise', noise(70_000)],
  ])('come out as they went in: %s', (_, bytes) => {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [0, 2, 4]) {
        expect(Buffer.compare(inflateRaw(deflateRawSync(bytes, { level, strategy }), bytes.length), bytes)).toBe(0);
      }
    }
  });

  test('are refused when they are damaged or give another length', () => {
    const whole = new Uint8Array(deflateRawSync(words));
    expect(() => inflateRaw(whole, words.length - 1)).toThrow('More than');
    expect(() => inflateRaw(whole, words.length + 1)).toThrow('are due');
    expect(() => inflateRaw(whole.subarray(0, whole.length - 3), words.length)).toThrow();
    let refused = 0;
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      try {
        inflateRaw(damaged, words.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
