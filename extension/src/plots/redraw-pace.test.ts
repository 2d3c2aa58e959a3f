import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedrawPace } from './redraw-pace.ts';

// A busy machine must not let the interval pass between two requests.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('RedrawPace', () => {
  it('runs at once, then not again before the interval is over, and never forgets the last request', async () => {
    const seen: number[] = [];
    let value = 0;
    const pace = new RedrawPace(async () => {
      await Promise.resolve();
      seen.push(value);
    }, 40);
    const start = performance.now();
    let last = Promise.resolve();
    for (value = 1; value <= 50; value += 1) {
      last = pace.request();
      await Promise.resolve();
    }
    value = 50;
    await vi.runAllTimersAsync();
    await last;
    expect(seen.at(-1)).toBe(50);
    expect(seen.length).toBe(2);
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
  });

  it('works on after a task that failed', async () => {
    let count = 0;
    const pace = new RedrawPace(() => {
      count += 1;
      return count === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    }, 0);
    await expect(pace.request()).rejects.toThrow('no');
    await expect(pace.request()).resolves.toBeUndefined();
  });
});
