import { expect, test } from 'vitest';
import { flagValues } from './flag-values.ts';
import { Interruption, KeyboardInterrupt } from './interruption.ts';

const create = (): Interruption => new Interruption(new SharedArrayBuffer(4));
const forever = (): Promise<never> => new Promise(() => undefined);

test('a pending cell ends, its signal is aborted and loops are told', async () => {
  const interruption = create();
  const running = interruption.race(forever);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const { signal } = interruption;
  interruption.interrupt();
  await expect(running).rejects.toThrow(KeyboardInterrupt);
  expect(signal.aborted).toBe(true);
  expect(interruption.flag[0]).toBe(flagValues.settle);
});
test('an interrupt that comes while an interrupted cell still winds up ends the next one', async () => {
  const interruption = create();
  const first = interruption.race(forever);
  interruption.interrupt();
  await expect(first).rejects.toThrow(KeyboardInterrupt);
  const second = interruption.race(forever);
  interruption.interrupt();
  await expect(second).rejects.toThrow(KeyboardInterrupt);
});
test('the next cell may loop again', async () => {
  const interruption = create();
  const first = interruption.race(() => Promise.resolve(1));
  interruption.interrupt();
  await first.catch(() => undefined);
  await expect(interruption.race(() => Promise.resolve(interruption.flag[0]))).resolves.toBe(0);
});
test('without a running cell an interrupt does nothing', () => {
  const interruption = create();
  interruption.interrupt();
  expect(interruption.flag[0]).toBe(0);
});
test('a loop of an interrupted cell that notices late does not end the next cell', async () => {
  const interruption = create();
  const late = async (): Promise<void> => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (interruption.flag[0] !== 0) interruption.stop();
    }
  };
  const first = interruption.race(late);
  await new Promise((resolve) => setTimeout(resolve, 5));
  interruption.interrupt();
  await expect(first).rejects.toThrow(KeyboardInterrupt);
  await expect(interruption.race(() => Promise.resolve('ran'))).resolves.toBe('ran');
  expect(interruption.signal.aborted).toBe(false);
});
