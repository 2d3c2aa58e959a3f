import { expect, test } from 'vitest';
import { runFuzz } from './fuzz/run-fuzz.ts';

test('8,000 damaged files give typed errors or what is left of them, in bounded time and memory', async () => {
  const totals = await runFuzz(1000, 8000);
  console.info(JSON.stringify(totals));
  expect(totals.files).toBe(8000);
  expect(totals.refused).toBeGreaterThan(3000);
  expect(totals.slowestMs).toBeLessThan(5000);
  expect(totals.maxRssMb).toBeLessThan(800);
}, 1_200_000);
