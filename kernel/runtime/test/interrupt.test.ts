import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultText, streamText, type Client } from './client.ts';
import { buildKernel, KernelProcess, repository } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start({ env: { CYGNET_PYTHON_ENV: path.join(repository, '.venv') } });
  client = kernel.client;
  await client.execute('let state = 1; let turns = 0;');
});
afterAll(() => kernel.stop());

const result = async (code: string): Promise<unknown> => resultText(await client.execute(code));

/** A training ends at the next step of the native library, 0.2 to 0.5 s on an idle machine; tests run beside others. */
const busyMachineMs = 3000;

/** Interrupts a cell after a while; gives its error and how long it took to end. */
const interrupted = async (code: string, afterMs = 300): Promise<{ name: unknown; message: unknown; ms: number }> => {
  const id = await client.startRunning(code);
  await sleep(afterMs);
  const before = performance.now();
  await client.request('control', 'interrupt_request', {});
  const { ename, evalue } = (await client.finish(id)).reply.content;
  return { name: ename, message: evalue, ms: performance.now() - before };
};

describe('an interrupt ends within a second, and the session keeps its state:', () => {
  test.each([
    ['a loop', 'while (true) {}'],
    ['a loop after an await', 'await null; while (true) state += 0;'],
    ['a pending await', 'await new Promise(() => {});'],
    ['a loop in a timer', 'await new Promise(() => setTimeout(() => { for (;;) state += 0; }, 1));'],
    ['a loop of timers', 'for (;;) await new Promise((r) => setTimeout(r, 1));'],
    ['a loop that swallows exceptions', 'for (;;) { try { for (;;) state += 0; } catch { state += 0; } }'],
    ['a loop in a finally', 'for (;;) { try { throw 1; } catch { continue; } finally { while (true) state += 0; } }'],
    ['a loop without a block in a function', 'function spin() { do state += 0; while (true); } spin();'],
    ['a generator without end', 'function* all() { for (;;) yield 1; } for (const one of all()) state += 0 * one;'],
    ['an iteration of Array', 'Array.from({ length: 4e9 }, () => 0);'],
    [
      'a sort',
      'const long = Float64Array.from({ length: 3e7 }, (_, i) => (i * 7919) % 1e6); long.sort((a, b) => a - b); for (;;) long.sort((a, b) => b - a);',
    ],
    ['a reduction', 'new Float64Array(4e8).reduce((sum, x) => sum + x);'],
    ['printing', 'for (;;) console.log(state);'],
    ['displays', 'for (;;) display(state);'],
    ['a question', 'await fetch("http://127.0.0.1:9").catch(() => 0); await new Promise(() => {});'],
  ])('%s', async (_what, code) => {
    const { name, ms } = await interrupted(code);
    expect(name).toBe('KeyboardInterrupt');
    expect(ms).toBeLessThan(1000);
    expect(await result('state')).toBe('1');
  });
});

describe('an interrupt ends what the library does:', () => {
  beforeAll(async () => {
    const { reply } = await client.execute(`
      import { datasets, metrics, models, Table, train } from 'cygnet';
      const events = await datasets.load('higgs-tautau-toy', { events: 20_000, seed: 1 });`);
    expect(reply.content.status, String(reply.content.evalue)).toBe('ok');
  });
  test.each([
    ['training of trees', 'await train(models.boostedTrees({ trees: 100_000, maxDepth: 6 }), events, { seed: 1 });'],
    ['training of a network', 'await train(models.dense({ hidden: [64, 64] }), events, { epochs: 100_000, seed: 1 });'],
    ['a derived column', "for (;;) events.derive('x', () => 0.5);"],
    ['a selection with a function', 'const many = Table.from({ x: new Float32Array(2e8) }); many.filter(() => true);'],
  ])('%s', async (_what, code) => {
    const { name, message, ms } = await interrupted(code, 1500);
    expect(`${String(name)}: ${String(message)}`).toMatch(/KeyboardInterrupt|cancelled/i);
    expect(ms, `${Math.round(ms)} ms`).toBeLessThan(busyMachineMs);
    expect(await result('[state, events.length]')).toBe('[ 1, 20000 ]');
  });
});

test('what cannot be stopped says so and offers a restart, and the session goes on when it ends', async () => {
  const id = await client.startRunning(
    'const { execFileSync } = await import("node:child_process"); execFileSync("sleep", ["6"]); state;',
  );
  await client.request('control', 'interrupt_request', {});
  await client.until(
    () => client.causedBy(id).find(({ content }) => String(content.text).includes('restart the kernel')),
    'the words',
  );
  await client.finish(id);
  expect(await result('state')).toBe('1');
});

test('timers of other cells go on after an interrupt, without complaint', async () => {
  const other = await client.execute('const ticking = setInterval(() => { turns += 1; }, 5);');
  await interrupted('while (true) {}');
  await sleep(100);
  const text = streamText({ ...other, outputs: client.causedBy(String(other.reply.parent.msg_id)) }, 'stderr');
  expect(text).toBe('');
  expect(Number(await result('clearInterval(ticking); turns'))).toBeGreaterThan(5);
});

test('interrupts that come in a row end one cell and the queue goes on', async () => {
  const id = await client.startRunning('while (true) {}');
  for (let i = 0; i < 5; i += 1) await client.request('control', 'interrupt_request', {});
  expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
  expect(await result('state + 1')).toBe('2');
});
