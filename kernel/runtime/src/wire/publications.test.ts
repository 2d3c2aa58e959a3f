import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Subscriber } from 'zeromq';
import { Publications } from './publications.ts';

/** zeromq believes that options of a bound socket wait for the next one; this one does not. */
process.removeAllListeners('warning');

const address = `ipc:///tmp/cygnet-publications-${process.pid}`;
const opened: { close(): void }[] = [];

afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

const open = async (patienceMs = 200, mostWaiting = 100): Promise<Publications> => {
  const publications = new Publications({ lingerMs: 0, onSubscription: () => undefined, mostWaiting, patienceMs });
  opened.push(publications);
  await publications.bind(address);
  void publications.listen().catch(() => undefined); // the socket is closed at the end
  return publications;
};

const subscriber = async (): Promise<Subscriber> => {
  const socket = new Subscriber({ linger: 0, receiveHighWaterMark: 1, receiveBufferSize: 4096 });
  opened.push(socket);
  socket.connect(address);
  socket.subscribe();
  await sleep(100);
  return socket;
};

/** Messages that begin with their number, made when they are asked for. */
function* numbered(count: number, bytes: number): Generator<Buffer> {
  for (let i = 0; i < count; i += 1) {
    const message = Buffer.alloc(bytes);
    message.writeUInt32LE(i);
    yield message;
  }
}

const receive = async (socket: Subscriber, count: number, pauseMs = 0): Promise<number[]> => {
  const seen: number[] = [];
  for await (const [frame] of socket) {
    seen.push(frame?.readUInt32LE() ?? Number.NaN);
    if (pauseMs > 0 && seen.length % 100 === 0) await sleep(pauseMs);
    if (seen.length === count) break;
  }
  return seen;
};

const receiveUntil = async (socket: Subscriber, last: number): Promise<number[]> => {
  const seen: number[] = [];
  for await (const [frame] of socket) {
    seen.push(frame?.readUInt32LE() ?? Number.NaN);
    if (seen.at(-1) === last) break;
  }
  return seen;
};

/** Sends a message again and again until somebody has got it. */
const sendUntilSettled = async (to: Publications, last: number, reading: Promise<number[]>): Promise<number[]> => {
  const message = Buffer.alloc(4);
  message.writeUInt32LE(last);
  for (;;) {
    await to.send([message]);
    const seen = await Promise.race([reading, sleep(20, undefined)]);
    if (seen) return seen;
  }
};

test('a slow client gets every message in order, and senders are held up', async () => {
  const publications = await open(5000);
  const reading = receive(await subscriber(), 2000, 20);
  const sending = [...numbered(2000, 1000)].map((message) => publications.send([message, message]));
  expect(publications.isCrowded).toBe(true);
  await publications.cleared();
  expect(publications.isCrowded).toBe(false);
  await Promise.all(sending);
  expect(await reading).toEqual(Array.from({ length: 2000 }, (_, i) => i));
});

test('a client that never reads costs neither memory nor time without bound, and others are served on', async () => {
  const publications = await open();
  await subscriber();
  const other = await subscriber();
  const last = 4_000_000;
  const reading = receiveUntil(other, last);
  const before = process.memoryUsage.rss();
  const started = performance.now();
  for (const message of numbered(1000, 200_000)) await publications.send([message]);
  expect(performance.now() - started).toBeLessThan(30_000);
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(200);
  const seen = await sendUntilSettled(publications, last, reading);
  expect(seen.length).toBeGreaterThan(100);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
});

test('a client that reads again gets what is sent from then on', async () => {
  const publications = await open();
  const lazy = await subscriber();
  for (const message of numbered(500, 200_000)) await publications.send([message]);
  expect((await sendUntilSettled(publications, 5_000_000, receiveUntil(lazy, 5_000_000))).at(-1)).toBe(5_000_000);
});
