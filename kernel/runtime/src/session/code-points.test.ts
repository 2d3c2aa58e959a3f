import { expect, test } from 'vitest';
import { codePointPosition, utf16Offset } from './code-points.ts';

test('cursor positions count code points, offsets count UTF-16 units', () => {
  expect(utf16Offset('a😀b', 2)).toBe(3);
  expect(codePointPosition('a😀b', 3)).toBe(2);
});

test('a position beyond the end is the end', () => {
  expect(utf16Offset('a😀', 9)).toBe(3);
  expect(utf16Offset('', 1)).toBe(0);
});
