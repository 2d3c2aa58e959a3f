import { describe, expect, test } from 'vitest';
import { problemsIn } from './notebooks.mjs';

const shows = (type: string) => ({ output_type: 'display_data', data: { [type]: '' } });
const cell = (outputs: unknown[], expects?: string[]) => ({
  cell_type: 'code',
  source: ['1 + 1'],
  execution_count: 1,
  outputs,
  metadata: { cygnet: { expects } },
});
const notebook = (...cells: unknown[]) => ({ metadata: { kernelspec: { name: 'cygnet' } }, cells });

describe('an executed notebook', () => {
  test('is well when every cell ran and showed what was promised', () => {
    expect(
      problemsIn(notebook(cell([shows('text/plain')], ['text/plain']), { cell_type: 'markdown', source: 'Text' })),
    ).toEqual([]);
  });

  test('is not well with an error, a promised output that is missing, or no output at all', () => {
    const error = { output_type: 'error', ename: 'TypeError', evalue: 'no such branch' };
    expect(problemsIn(notebook(cell([error])))).toEqual(['code cell 1: TypeError: no such branch']);
    expect(problemsIn(notebook(cell([shows('text/plain')], ['text/html'])))).toEqual([
      'code cell 1 shows no text/html',
    ]);
    expect(problemsIn(notebook(cell([])))).toEqual(['no cell has an output']);
  });

  test('must ask for the TypeScript kernel', () => {
    expect(
      problemsIn({ ...notebook(cell([shows('text/plain')])), metadata: { kernelspec: { name: 'python3' } } }),
    ).toEqual(['its kernel is "python3", not "cygnet"']);
  });
});
