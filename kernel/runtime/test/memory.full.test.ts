import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultText } from './client.ts';
import { buildKernel, KernelProcess } from './kernel-process.ts';

const cells = 10_000;
const warmUpCells = 2_000;
/** What the two processes may grow by in 8,000 cells: 3 kB a cell, where one kept source map or syntax tree costs more. */
const growthMB = 25;

let kernel: KernelProcess;

beforeAll(async () => {
  buildKernel();
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

/** Resident memory of the kernel and of the engine that it started, in megabytes. */
const memory = (): { readonly kernel: number; readonly engine: number } => {
  const own = kernel.process.pid;
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const of = (column: number): number => (processes.find((fields) => fields[column] === own)?.[2] ?? 0) / 1e3;
  return { kernel: of(0), engine: of(1) };
};

/** What people do again and again: name things anew, from one another, with text, functions and classes. */
const cell = (i: number): string =>
  [
    `const events = Array.from({ length: 50 }, (_, k) => ({ pt: k + ${i}, eta: k / 10 }));`,
    'const selected = events.filter(({ pt }) => pt % 2 === 0); console.log(selected.length);',
    `function weight(of: (typeof selected)[number]): number { return of.pt * ${i}; }\nweight(selected[0]);`,
    `class Cut { constructor(readonly name: string) {} apply() { return selected.map(weight); } }\nnew Cut('c${i}').apply().length`,
  ][i % 4] ?? '';

test(
  `${cells} cells leave the memory of kernel and engine flat`,
  async () => {
    const { client } = kernel;
    const seen: { readonly kernel: number; readonly engine: number }[] = [];
    for (let i = 0; i < cells; i += 1) {
      const { reply } = await client.execute(cell(i));
      expect(reply.content.status).toBe('ok');
      client.published.length = 0;
      if (i >= warmUpCells && i % 500 === 0) seen.push(memory());
    }
    expect(resultText(await client.execute('events.length'))).toBe('50');
    const lowest = (part: typeof seen, of: 'kernel' | 'engine'): number => Math.min(...part.map((one) => one[of]));
    const half = seen.length >> 1;
    for (const of of ['kernel', 'engine'] as const) {
      const [before, after] = [lowest(seen.slice(0, half), of), lowest(seen.slice(half), of)];
      expect(after - before, `${of}: from ${before} to ${after} MB`).toBeLessThan(growthMB);
    }
  },
  40 * 60_000,
);
