import { expect, test } from 'vitest';
import { runFuzz } from './fuzz/run-fuzz.ts';

test('600 damaged files give typed errors or what is left of them, in bounded time and memory', async () => {
  const totals = await runFuzz(0, 600);
  expect(totals.files).toBe(600);
  expect(totals.refused).toBeGreaterThan(200);
  expect(totals.slowestMs).toBeLessThan(5000);
  expect(totals.maxRssMb).toBeLessThan(600);
}, 120_000);
