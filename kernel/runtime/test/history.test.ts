import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildKernel, KernelProcess } from './kernel-process.ts';

beforeAll(buildKernel);

const tail = async (kernel: KernelProcess): Promise<unknown> => {
  const request = { hist_access_type: 'tail', n: 2, output: false, raw: true };
  return (await kernel.client.request('shell', 'history_request', request)).content.history;
};

test('a session finds the cells of the one before it in a file of the user alone', async () => {
  const first = await KernelProcess.start({ env: { CYGNET_HISTORY_FILE: '.cygnet/history.jsonl' } });
  await first.client.execute('const pt = 41;');
  await first.client.execute('%time pt + 1');
  await first.client.execute('"not for the history"', { store_history: false });
  await first.stop();
  const file = path.join(first.folder, '.cygnet/history.jsonl');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const second = await KernelProcess.start({ env: { CYGNET_HISTORY_FILE: file } });
  expect(await tail(second)).toEqual([
    [1, 1, 'const pt = 41;'],
    [1, 2, '%time pt + 1'],
  ]);
  await second.stop();
});

test('without a place for it nothing is written', async () => {
  const kernel = await KernelProcess.start({ env: { CYGNET_HISTORY_FILE: '', JUPYTER_DATA_DIR: '' } });
  await kernel.client.execute('1');
  expect(await tail(kernel)).toEqual([[0, 1, '1']]);
  expect(readdirSync(kernel.folder)).toEqual(['connection']);
  expect(existsSync(path.join(kernel.folder, '.cygnet'))).toBe(false);
  await kernel.stop();
});
