import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SendPace, updateIntervalMs } from './send-pace.ts';

/** Sends the latest value of a counter. */
const counter = (now?: () => number): { sent: number[]; count: () => void; pace: SendPace } => {
  const sent: number[] = [];
  let value = 0;
  const pace = new SendPace({
    send: () => {
      sent.push(value);
      return 0;
    },
    ...(now ? { now } : {}),
  });
  return {
    sent,
    pace,
    count: () => {
      value += 1;
      pace.request();
    },
  };
};

test('the first change leaves at once, and of a storm the last value arrives', async () => {
  const { sent, count } = counter();
  for (let round = 0; round < 1000; round += 1) count();
  expect(sent).toEqual([1]);
  await sleep(2 * updateIntervalMs);
  expect(sent).toEqual([1, 1000]);
});

test('a loop that never waits sends as well, no more often', () => {
  let ms = 0;
  const { sent, count } = counter(() => ms);
  for (; ms < 10 * updateIntervalMs; ms += 1) count();
  expect(sent).toHaveLength(10);
});

test('what takes long to send is sent less often', () => {
  let ms = 0;
  let sent = 0;
  const pace = new SendPace({
    send: () => {
      sent += 1;
      return 500;
    },
    now: () => ms,
  });
  for (; ms < 1000; ms += 1) pace.request();
  pace.cancel();
  expect(sent).toBe(2);
});

test('what waits leaves on request, once', async () => {
  const { sent, count, pace } = counter();
  count();
  count();
  pace.flush();
  await sleep(2 * updateIntervalMs);
  expect(sent).toEqual([1, 2]);
});

test('nothing leaves after the end', async () => {
  const { sent, count, pace } = counter();
  count();
  count();
  pace.cancel();
  await sleep(2 * updateIntervalMs);
  expect(sent).toEqual([1]);
});
