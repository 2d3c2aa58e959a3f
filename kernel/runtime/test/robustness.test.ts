import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultText, streamText, type Client, type Execution } from './client.ts';
import { buildKernel, KernelProcess, repository } from './kernel-process.ts';

let kernel: KernelProcess;
let client: Client;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
  client = kernel.client;
});
afterAll(() => kernel.stop());

const result = async (code: string, of: Client = client): Promise<unknown> => resultText(await of.execute(code));

const messagesOf = ({ outputs }: Execution, type: string): number =>
  outputs.filter(({ header }) => header.msg_type === type).length;

describe('a cell that prints a lot', () => {
  test('a million lines, does it in few messages, complete and in order', async () => {
    const execution = await client.execute('for (let i = 0; i < 1_000_000; i++) console.log(i);');
    const lines = streamText(execution, 'stdout').trimEnd().split('\n');
    expect(lines).toHaveLength(1_000_000);
    expect(lines.every((line, i) => line === String(i))).toBe(true);
    expect(messagesOf(execution, 'stream')).toBeLessThan(2000);
  });
  test('keeps the order of its streams and displays', async () => {
    const execution = await client.execute(
      'for (let i = 0; i < 300; i++) { console.log("o" + i); console.error("e" + i); display(i); }',
    );
    const seen = execution.outputs.flatMap(({ header, content }) => {
      if (header.msg_type === 'stream') return String(content.text).trimEnd().split('\n');
      return header.msg_type === 'display_data' ? ['d'] : [];
    });
    expect(seen).toEqual(Array.from({ length: 300 }, (_, i) => [`o${i}`, `e${i}`, 'd']).flat());
  });
  test('prints one text of 20 MB unharmed', async () => {
    const execution = await client.execute('process.stdout.write("aé😀\\n".repeat(4_000_000));');
    expect(streamText(execution, 'stdout')).toBe('aé😀\n'.repeat(4_000_000));
  });
  test('shows what it printed although it spins afterwards', async () => {
    const id = await client.start('for (let i = 0; i < 100; i++) console.log(i); for (;;) {}');
    const printed = (): string => streamText({ outputs: client.causedBy(id) } as unknown as Execution, 'stdout');
    await client.until(() => printed().endsWith('99\n') || undefined, 'the last line');
    await client.request('control', 'interrupt_request', {});
    await client.finish(id);
  });
  test('is interrupted while it prints without end, and its memory is bounded', async () => {
    const id = await client.startRunning('for (;;) console.log("x".repeat(1000));');
    await sleep(1000);
    const before = performance.now();
    await client.request('control', 'interrupt_request', {});
    expect((await client.finish(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(performance.now() - before).toBeLessThan(5000);
    client.published.length = 0;
    expect(Number(await result('Math.round(process.memoryUsage.rss() / 1e6)'))).toBeLessThan(1200);
  });
});

describe('a cell that does strange things', () => {
  test('returns a string of 100 MB, which is cut with a note', async () => {
    const text = String(await result('"x".repeat(100_000_000)'));
    expect(text.length).toBeLessThan(25_000);
    expect(text).toMatch(/\.\.\. 99990000 more characters\n\(cut; display\.full\(value\) shows all\)$/);
  });
  test('returns many long things, cut with a note', async () => {
    const text = String(await result('Array.from({ length: 100 }, () => "y".repeat(9_000))'));
    expect(text.length).toBeLessThan(25_000);
    expect(text).toMatch(/… and [\d,]+ more characters; display\.full\(value\) shows all$/);
  });
  test.each([
    ['throw 42;', 'Thrown value', '42'],
    ['throw { code: 7 };', 'Thrown value', '{ code: 7 }'],
    ['throw undefined;', 'Thrown value', 'undefined'],
    ['throw new Proxy({}, { get() { throw 1; } });', 'Thrown value', /.*/],
  ])('%s', async (code, ename, evalue) => {
    const { reply } = await client.execute(code);
    expect(reply.content).toMatchObject({ status: 'error', ename });
    expect(reply.content.evalue).toMatch(evalue);
  });
  test('rejects late: the cell that did it says so', async () => {
    const execution = await client.execute(
      'void (async () => { await new Promise((r) => setTimeout(r, 100)); throw new Error("too late"); })();',
    );
    const id = String(execution.reply.parent.msg_id);
    await client.execute('await new Promise((r) => setTimeout(r, 200))');
    const late = client.causedBy(id).find(({ header }) => header.msg_type === 'stream');
    expect(late?.content.name).toBe('stderr');
    expect(late?.content.text).toContain('Uncaught Error: too late');
  });
  test('opens 10,000 timers', async () => {
    expect(
      await result(
        'let rang = 0; for (let i = 0; i < 10_000; i++) setTimeout(() => { rang += 1; }, i % 50); await new Promise((r) => setTimeout(r, 300)); rang',
      ),
    ).toBe('10000');
  });
  test('overwrites console, Promise, JSON and Error', async () => {
    await client.execute(
      'const kept = { console, Promise, JSON, Error }; Object.assign(globalThis, { console: undefined, Promise: undefined, JSON: undefined, Error: undefined });',
    );
    expect(await result('40 + 2')).toBe('42');
    expect((await client.execute('null!.nothing')).reply.content.status).toBe('error');
    await client.execute('Object.assign(globalThis, kept)');
    expect(await result('await Promise.resolve("back")')).toBe("'back'");
  });
  test.each([
    'process.exit(1)',
    'process.abort()',
    'process.kill(process.pid)',
    'process.kill(process.pid, "SIGKILL")',
  ])('%s is refused', async (code) => {
    expect(await result(code)).toContain('Restart');
    expect(await result('"alive"')).toBe("'alive'");
  });
});

describe('the end of a session', () => {
  test('by a full heap is announced, and the next session says why the last one ended', async () => {
    const first = await KernelProcess.start({ env: { NODE_OPTIONS: '--max-old-space-size=200' }, quiet: true });
    const id = await first.client.start(
      'const hoard: object[] = []; for (;;) hoard.push({ a: Math.random(), b: [hoard.length] });',
    );
    const code = await first.ended();
    expect(code === null || code > 0).toBe(true);
    const told = streamText({ outputs: first.client.causedBy(id) } as unknown as Execution, 'stderr');
    expect(told).toContain('Memory: this session has grown');
    const second = await KernelProcess.start({ after: first });
    try {
      const execution = await second.client.execute('1');
      expect(streamText(execution, 'stderr')).toMatch(
        /ended unexpectedly \(its last cell: In \[1\]\): JavaScript ran out of memory/,
      );
      expect(streamText(await second.client.execute('2'), 'stderr')).toBe('');
      await second.client.request('control', 'shutdown_request', { restart: false });
      await second.ended();
      expect(readdirSync(path.join(second.folder, 'connection'))).toEqual(['kernel.json']);
    } finally {
      await first.stop();
      await second.stop();
    }
  });
  test('comes by itself when the Jupyter server has died', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cygnet-orphan-'));
    const file = path.join(folder, 'kernel.json');
    const ports = { shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 };
    writeFileSync(
      file,
      JSON.stringify({
        transport: 'ipc',
        ip: path.join(folder, 's'),
        key: 'k',
        ...Object.fromEntries(Object.keys(ports).map((name, i) => [name, i + 1])),
      }),
    );
    const program = path.join(repository, 'kernel/runtime/bin/cygnet-kernel.mjs');
    const server = `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(program)}, ${JSON.stringify(file)}], { stdio: 'ignore', env: { ...process.env, JPY_PARENT_PID: String(process.pid) } }); console.log(child.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    const isAlive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await sleep(1500);
    expect(isAlive()).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; tries < 100 && isAlive(); tries += 1) await sleep(100);
    expect(isAlive()).toBe(false);
  });
});

test('the TypeScript thread that dies of a cell is started again, and names keep their types', async () => {
  const small = await KernelProcess.start({ env: { CYGNET_TYPESCRIPT_MEMORY_MB: '150' } });
  try {
    await small.client.execute('interface Track { pt: number }\nconst track: Track = { pt: 41 };');
    await small.client.execute('let grown = track.pt + 1; function twice(x: number) { return 2 * x; }');
    const huge = `const table = [${'{ a: 1, b: [2, "three"] }, '.repeat(150_000)}];`;
    const { reply } = await small.client.execute(huge);
    expect(reply.content.evalue).toContain('It has been started again');
    expect(await result('twice(grown)', small.client)).toBe('84');
    expect(await result('const wrong: string = track.pt;', small.client)).toContain("Type 'number' is not assignable");
    expect(await result('const other: Track = { pt: "x" };', small.client)).toContain("Type 'string'");
  } finally {
    await small.stop();
  }
});
