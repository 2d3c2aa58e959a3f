import { isCygnetError } from '@cygnet/columns';
import { expect } from 'vitest';
import type { TrainOptions } from '../src/train/index.ts';

/** Starts a training that is far too long, aborts it, and expects a free event loop, an end within a second and its name. */
export const expectPromptAbort = async (
  start: (options: Pick<TrainOptions, 'signal' | 'onProgress'>) => Promise<unknown>,
): Promise<void> => {
  const controller = new AbortController();
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  let aborted = 0;
  const states: string[] = [];
  const training = start({ signal: controller.signal, onProgress: ({ state }) => states.push(state) });
  setTimeout(() => {
    aborted = performance.now();
    controller.abort();
  }, 400);
  await expect(training).rejects.toSatisfy((error) => isCygnetError(error, 'cancelled'));
  clearInterval(timer);
  expect(performance.now() - aborted).toBeLessThan(1000);
  expect(ticks).toBeGreaterThan(5);
  expect(states.at(-1)).toBe('stopped');
};
