import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Notebook } from './notebook.ts';

const cells = 500;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

test(`${cells} changing cells, each using earlier ones, stay right and do not grow slower`, async () => {
  const notebook = new Notebook(mkdtempSync(path.join(tmpdir(), 'cygnet-engine-')));
  const times: number[] = [];
  await notebook.value('let total = 0; interface Cut { ptGeV: number }');
  for (let i = 0; i < cells; i += 1) {
    const earlier = i % 50 < 3 ? '0' : `value${i - 1} + twice${i - 3}(1)`;
    const start = performance.now();
    await notebook.value(
      `const value${i} = ${i} % 7 + (${earlier}) % 100;\nfunction twice${i}(x: number) { return 2 * x + value${i}; }\nconst cut: Cut = { ptGeV: value${i} };\ntotal += cut.ptGeV;`,
    );
    times.push(performance.now() - start);
  }
  let value = 0;
  const values: number[] = [];
  for (let i = 0; i < cells; i += 1) {
    value = (i % 7) + ((i % 50 < 3 ? 0 : value + 2 + (values[i - 3] ?? 0)) % 100);
    values.push(value);
  }
  expect(await notebook.value('total')).toBe(values.reduce((sum, one) => sum + one, 0));
  expect(median(times.slice(-100))).toBeLessThan(3 * median(times.slice(20, 120)) + 20);
}, 120_000);
