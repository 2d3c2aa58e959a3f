import { expect, test } from 'vitest';
import { incompleteGamma, logGamma, twoSidedNormalTail } from './gamma-functions.ts';

test('the gamma functions agree with SciPy', () => {
  expect(logGamma(0.3)).toBeCloseTo(1.0957979948180756, 13);
  expect(logGamma(47.5)).toBeCloseTo(134.87498931216194, 10);
  for (const [a, x, lower, upper] of gammainc) {
    const found = incompleteGamma(a, x);
    expect(Math.abs(found.lower - lower)).toBeLessThan(1e-13);
    expect(Math.abs(found.upper / upper - 1)).toBeLessThan(1e-11);
  }
  expect(incompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 });
});

test('the normal tail agrees with the tables, far out too', () => {
  expect(twoSidedNormalTail(0)).toBe(1);
  expect(twoSidedNormalTail(1)).toBeCloseTo(0.31731050786291415, 14);
  expect(twoSidedNormalTail(-1.959963984540054)).toBeCloseTo(0.05, 14);
  expect(twoSidedNormalTail(10) / 1.5239706048320995e-23).toBeCloseTo(1, 10);
});

const gammainc: readonly (readonly [number, number, number, number])[] = [
  [0.5, 0.1, 0.34527915398142317, 0.6547208460185768],
  [3.3, 11.46, 0.9986871652614532, 0.0013128347385467725],
  [4.6, 4.2, 0.4860684022600186, 0.5139315977399814],
  [0.05, 2.0, 0.9973614572912035, 0.002638542708796531],
  [50, 40, 0.07033506665939494, 0.9296649333406051],
];
