import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscriber } from 'zeromq';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultText, streamText } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start({ env: { CYGNET_HISTORY_FILE: 'kept/history.jsonl' } });
});
afterAll(() => kernel.stop());

const listening = 0x0a;
const loopback = '0100007F';

/** Processes that a process has started. */
const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );

/** Addresses, in the kernel's hexadecimal, at which a process listens. */
const addressesOf = (pid: number): readonly string[] => {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined; // closed meanwhile
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, , , state = '', , , , , , inode]) =>
          sockets.has(inode) && (kind.startsWith('udp') || parseInt(state, 16) === listening),
      )
      .map(([, address = '']) => address.split(':')[0] ?? ''),
  );
};

test.runIf(process.platform === 'linux')('the kernel listens on the loopback interface alone', () => {
  const pid = kernel.process.pid ?? 0;
  const addresses = [pid, ...childrenOf(pid)].flatMap(addressesOf);
  expect(addresses).toHaveLength(5);
  expect(new Set(addresses)).toEqual(new Set([loopback]));
});

test('what it writes is readable by the user alone', async () => {
  await kernel.client.execute('const secret = 1;');
  const files = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const name = path.join(folder, entry.name);
      return entry.isDirectory() ? files(name) : [name];
    });
  const written = files(kernel.folder);
  expect(written.map((file) => path.basename(file)).sort()).toEqual([
    'history.jsonl',
    'kernel.json',
    'kernel.json.last-cell',
    'kernel.json.report.json',
  ]);
  for (const file of written) expect([file, (statSync(file).mode & 0o777).toString(8)]).toEqual([file, '600']);
});

test("Node's report of a fatal end stays the user's own and holds no environment", async () => {
  await kernel.client.execute('process.report.writeReport("kernel.json.report.json")');
  const report = path.join(kernel.folder, 'connection/kernel.json.report.json');
  expect((statSync(report).mode & 0o777).toString(8)).toBe('600');
  expect(readFileSync(report, 'utf8')).not.toContain('environmentVariables');
});

test('a client that never reads takes neither memory without bound nor the session', async () => {
  const mute = new Subscriber({ linger: 0, receiveHighWaterMark: 1 });
  mute.connect(`tcp://127.0.0.1:${kernel.ports.iopub}`);
  mute.subscribe();
  await sleep(300);
  const memory = async (): Promise<number> =>
    Number(resultText(await kernel.client.execute('process.memoryUsage.rss() / 1e6')));
  const before = await memory();
  const execution = await kernel.client.execute('for (let i = 0; i < 2500; i++) display.text("x".repeat(100_000));');
  expect(execution.reply.content.status).toBe('ok');
  kernel.client.published.length = 0;
  expect((await memory()) - before).toBeLessThan(600);
  const id = await kernel.client.startRunning('for (;;) console.log("y".repeat(1000));');
  const start = performance.now();
  await kernel.client.request('control', 'interrupt_request', {});
  expect((await kernel.client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
  expect(performance.now() - start).toBeLessThan(10_000);
  mute.close();
  expect(resultText(await kernel.client.execute('secret + 1'))).toBe('2');
}, 90_000);

test.runIf(process.platform === 'linux')(
  'a TypeScript process that is killed is started again, and names keep their types',
  async () => {
    const engines = childrenOf(kernel.process.pid ?? 0);
    if (engines.length === 0) return; // it runs as a thread where there is no snapshot; robustness.test.ts ends that one
    for (const pid of engines) process.kill(pid, 'SIGKILL');
    await sleep(100);
    const first = await kernel.client.execute('secret.toFixed(1)');
    const again = first.reply.content.status === 'ok' ? first : await kernel.client.execute('secret.toFixed(1)');
    expect(resultText(again)).toBe("'1.0'");
    expect(resultText(await kernel.client.execute('secret.toUpperCase()'))).toContain(
      "Property 'toUpperCase' does not exist",
    );
    expect(
      streamText(first, 'stderr') +
        JSON.stringify(first.reply.content) +
        kernel.client.published.map(({ content }) => String(content.text)).join(''),
    ).toContain('started again');
  },
);
