import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const tutorials = resolve(import.meta.dirname, '..', 'tutorials');
const names = readdirSync(tutorials).filter((name) => name.endsWith('.ipynb'));

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly id: string;
  readonly source: readonly string[] | string;
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
  readonly metadata: { readonly tags?: readonly string[]; readonly jupyter?: { readonly source_hidden?: boolean } };
}

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: {
    readonly kernelspec: { readonly name: string; readonly display_name: string; readonly language: string };
  };
  readonly cells: readonly Cell[];
}

const source = (cell: Cell): string => [cell.source].flat().join('');

test('there are tutorials, and the index names each', () => {
  expect(names.length).toBeGreaterThan(0);
  const index = readFileSync(join(tutorials, 'README.md'), 'utf8');
  expect(names.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

describe.each(names)('%s', (name) => {
  const notebook = JSON.parse(readFileSync(join(tutorials, name), 'utf8')) as Notebook;
  const { cells } = notebook;
  const code = cells.filter(({ cell_type }) => cell_type === 'code');

  test('is for our kernel, in the current format', () => {
    const { kernelspec } = notebook.metadata;
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(kernelspec).toEqual({ name: 'cygnet', display_name: 'Cygnet (TypeScript)', language: 'typescript' });
  });

  test('has a different id for each cell', () => {
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });

  test('is kept without outputs', () => {
    expect(code.filter((cell) => cell.outputs?.length !== 0 || cell.execution_count !== null)).toEqual([]);
  });

  test('hides its solutions', () => {
    const solutions = code.filter(({ metadata }) => metadata.tags?.includes('solution'));
    expect(solutions.length).toBeGreaterThan(0);
    expect(solutions.filter(({ metadata }) => metadata.jupyter?.source_hidden !== true)).toEqual([]);
  });

  test('says what is learned, how long it takes and how much memory it needs', () => {
    const opening = source(cells[0] as Cell);
    for (const word of ['What you will learn', '**Time**', '**Memory**']) expect(opening).toContain(word);
  });
});
