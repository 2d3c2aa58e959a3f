import type { Figure } from './harness.ts';
import type { Life, LifePlan } from './kernel-life.ts';
import { median } from './statistics.ts';

type Live = (plan: LifePlan) => Promise<Life>;

const longSession = 500;
const part = 20;
/** By then the type checker has given back what it does not need. */
const idleSeconds = 7;

const ms = (seconds: readonly number[]): number => 1000 * median(seconds);

/** Types are inferred from cell to cell, over and over: what would grow if anything grew. */
const chainedCell = (i: number): string =>
  `const row${i} = { ...${i === 0 ? '{ pt: 1, name: "mu" }' : `row${i - 1}`}, index: ${i} };\nrow${i}.pt + ${i}`;

const typedImports = "import * as tf from '@tensorflow/tfjs';\nimport * as cygnet from 'cygnet';";
const typedCell = (i: number): string =>
  i % 2 === 0
    ? `const t${i} = tf.tensor1d([1, 2, ${i}]).mul(2).sum();\nt${i}.dataSync()[0]`
    : `const n${i} = cygnet.datasets.list().filter(({ name }) => name.length > ${i}).length;\nn${i}`;

/** Times the same loop with and without the check that lets an interrupt end it; the second hides from the compiler. */
const guardCell = `
const loops = {
  'empty loop': 'let sum = 0; for (let i = 0; i < 100_000_000; i += 1) sum += i; return sum;',
  'a * x + y of 32-bit floats': 'const x = new Float32Array(4096).fill(0.5), y = new Float32Array(4096); for (let k = 0; k < 8192; k += 1) for (let i = 0; i < x.length; i += 1) y[i] = 2 * x[i] + y[i]; return y[0];',
};
const emptyLoop = () => { let sum = 0; for (let i = 0; i < 100_000_000; i += 1) sum += i; return sum; };
const axpy = () => {
  const x = new Float32Array(4096).fill(0.5), y = new Float32Array(4096);
  for (let k = 0; k < 8192; k += 1) for (let i = 0; i < x.length; i += 1) y[i] = 2 * x[i] + y[i];
  return y[0];
};
const timeOf = (run: () => unknown): number => {
  const times = Array.from({ length: 7 }, () => { const start = performance.now(); run(); return performance.now() - start; });
  return times.sort((a, b) => a - b)[3];
};
console.log(JSON.stringify(Object.entries({ 'empty loop': emptyLoop, 'a * x + y of 32-bit floats': axpy }).map(([name, guarded]) =>
  [name, timeOf(guarded) / timeOf(new Function(loops[name as keyof typeof loops]) as () => unknown)])));`;

/** What our kernel does alone, against the limits that we set it. */
export const kernelFigures = async (live: Live): Promise<readonly Figure[]> => {
  const words = (word: string): readonly string[] =>
    Array.from({ length: part }, (_, i) => `const q${i} = 1;\n${word}`);
  const cells = (cell: (i: number) => string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, i) => cell(i));
  const long = await live({
    kernel: 'cygnet',
    first: '1 + 1',
    cells: cells(chainedCell, longSession),
    complete: words('row'),
    settle: idleSeconds,
  });
  const typed = await live({
    kernel: 'cygnet',
    first: typedImports,
    cells: cells(typedCell, 3 * part),
    complete: words('tf.lay'),
  });
  const idle = await live({
    kernel: 'cygnet',
    first: "import * as cygnet from 'cygnet';\ncygnet.datasets.list().length",
    cells: [],
    settle: idleSeconds,
  });
  const guards = await live({ kernel: 'cygnet', first: '1', cells: [guardCell] });
  const ratios = JSON.parse(guards.cells_shown[0] ?? '[]') as readonly (readonly [string, number])[];
  const figure = (name: string, value: number, unit: Figure['unit'], limit?: number): Figure => ({
    case: name,
    value,
    unit,
    ...(limit !== undefined && { limit }),
  });
  return [
    figure(`cells 2 to ${part + 1} of a session`, ms(long.cells.slice(1, part + 1)), 'ms', 30),
    figure(`cells ${longSession - part + 1} to ${longSession}`, ms(long.cells.slice(-part)), 'ms', 30),
    figure(`completion after ${longSession} cells`, ms(long.completions), 'ms', 30),
    figure('cells that use all types of tfjs and cygnet', ms(typed.cells.slice(-2 * part)), 'ms', 60),
    figure('completion of a name of tfjs', ms(typed.completions), 'ms', 30),
    figure('memory with cygnet imported', idle.resident_bytes / 1e6, 'MB', 300),
    figure('the same, shared pages counted once', idle.proportional_bytes / 1e6, 'MB'),
    figure(`memory after ${longSession} cells`, long.resident_bytes / 1e6, 'MB'),
    ...ratios.map(([name, ratio]) => figure(`interruptible against plain: ${name}`, ratio, 'x')),
  ];
};
