import { expect, test } from 'vitest';
import { Interruption, KeyboardInterrupt } from './interruption.ts';

const create = (): Interruption => new Interruption(new SharedArrayBuffer(4));
const forever = (): Promise<never> => new Promise(() => undefined);

test('a pending cell ends, its signal is aborted and loops are told', async () => {
  const interruption = create();
  const running = interruption.race(forever);
  const { signal } = interruption;
  interruption.interrupt();
  await expect(running).rejects.toThrow(KeyboardInterrupt);
  expect(signal.aborted).toBe(true);
  expect(interruption.flag[0]).toBe(1);
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
