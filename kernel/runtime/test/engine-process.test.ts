import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type * as door from '../src/engine/engine-thread.ts';
import type { CompileResult, Engine } from '../src/engine/index.ts';
import { resultText } from './client.ts';
import { buildKernel, KernelProcess, repository } from './kernel-process.ts';

beforeAll(buildKernel);

/** The compiled one: a snapshot belongs to compiled code. */
const { startEngineThread } = (await import(
  path.join(repository, 'kernel/runtime/dist/engine/engine-thread.js')
)) as typeof door;

const emptyFolder = (): string => mkdtempSync(path.join(tmpdir(), 'cygnet-process-'));
const compile = (engine: Engine, id: number, code: string): Promise<CompileResult> =>
  engine.compile({ id, code, label: `In [${id}]` });

/** Processes that a process has started, with their command lines. */
const childrenOf = (pid: number | undefined): readonly { pid: number; command: string }[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found && Number(found[2]) === pid ? [{ pid: Number(found[1]), command: String(found[3]) }] : [],
    );

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the TypeScript engine of a kernel', () => {
  test('is a process that starts from the snapshot and ends with the kernel, even if that is killed', async () => {
    const kernel = await KernelProcess.start();
    expect(resultText(await kernel.client.execute('[1, 2].map((x) => x + 1)'))).toBe('[ 2, 3 ]');
    const [engine, ...others] = childrenOf(kernel.process.pid);
    expect(engine?.command).toContain('typescript.snapshot');
    expect(others).toEqual([]);
    await kernel.stop();
    const pid = engine?.pid ?? 0;
    for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await sleep(100);
    expect(isAlive(pid)).toBe(false);
  });

  test('that is killed is replaced, and names keep their types', async () => {
    const kernel = await KernelProcess.start();
    await kernel.client.execute('const width = 4; interface Box { side: number }');
    const [engine] = childrenOf(kernel.process.pid);
    process.kill(engine?.pid ?? 0, 'SIGKILL');
    for (let tries = 0; tries < 50 && isAlive(engine?.pid ?? 0); tries += 1) await sleep(100);
    expect(resultText(await kernel.client.execute('const box: Box = { side: width }; box.side'))).toBe('4');
    expect(resultText(await kernel.client.execute('width.length'))).toContain("Property 'length' does not exist");
    await kernel.stop();
  });
});

describe('an engine', () => {
  test('without a snapshot, or with one that Node refuses, is a thread', async () => {
    const folder = emptyFolder();
    const damaged = path.join(folder, 'damaged');
    writeFileSync(damaged, 'no snapshot');
    for (const snapshot of [undefined, damaged]) {
      const engine = startEngineThread(folder, { snapshot });
      expect(await compile(engine, 1, 'const n: number = 1;')).toMatchObject({ ok: true });
      await engine.commit(1, ['n']);
      expect(await compile(engine, 2, 'const s: string = n;')).toMatchObject({ ok: false });
      expect(childrenOf(process.pid).filter(({ command }) => command.includes(damaged))).toEqual([]);
      await engine.end();
    }
  });

  test('started from a snapshot knows the notebook folder and its packages', async () => {
    const folder = emptyFolder();
    const declared = path.join(folder, 'node_modules/here/index.d.ts');
    mkdirSync(path.dirname(declared), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules/here/package.json'), '{"name":"here","types":"index.d.ts"}');
    writeFileSync(declared, 'export const mass: number;');
    writeFileSync(path.join(folder, 'cuts.ts'), 'export const cut = 7;');
    const engine = startEngineThread(folder);
    const code = `import { mass } from 'here'; import { cut } from './cuts'; import { datasets } from 'cygnet';
const wrong: string = mass; const other: string = cut; const third: string = datasets.list();`;
    const result = await compile(engine, 1, code);
    if (result.ok) throw new Error('This must not compile.');
    expect(result.diagnostics.map(({ line, code: error }) => [line, error])).toEqual([
      [2, 2322],
      [2, 2322],
      [2, 2322],
    ]);
    await engine.end();
  });
});
