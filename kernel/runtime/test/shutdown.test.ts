import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { buildKernel, KernelProcess } from './kernel-process.ts';

beforeAll(buildKernel);

test('a shutdown is answered and leaves no process', async () => {
  const kernel = await KernelProcess.start();
  const { content } = await kernel.client.request('control', 'shutdown_request', { restart: true });
  expect(content).toEqual({ status: 'ok', restart: true });
  expect(await kernel.ended()).toBe(0);
  await kernel.stop();
});

test('a shutdown ends a kernel whose cell spins', async () => {
  const kernel = await KernelProcess.start();
  await kernel.client.start('while (true) {}');
  await sleep(1500);
  await kernel.client.request('control', 'shutdown_request', { restart: false });
  await kernel.ended();
  expect(kernel.process.exitCode ?? kernel.process.signalCode).not.toBeNull();
  await kernel.stop();
});
