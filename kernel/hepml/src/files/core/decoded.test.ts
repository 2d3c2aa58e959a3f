import { expect, test } from 'vitest';
import { resolveMissing } from './decoded.ts';

test('what stands where a value is missing may be anything, and is never looked at', () => {
  const values = BigInt64Array.of(1n, 2n ** 62n + 1n, 3n);
  const piece = new Map([['n', { kind: 'flat', type: 'int64', values, missing: Uint8Array.of(0, 1, 0) } as const]]);
  expect(resolveMissing(piece, { n: NaN }).get('n')).toMatchObject({ values: Float64Array.of(1, NaN, 3) });
  expect(resolveMissing(piece, { n: -1 }).get('n')).toMatchObject({ values: BigInt64Array.of(1n, -1n, 3n) });
  expect(resolveMissing(piece, 'drop').get('n')).toMatchObject({ values: BigInt64Array.of(1n, 3n) });
  expect(() => resolveMissing(piece, 'error')).toThrow(/"n" has no value/);
});
