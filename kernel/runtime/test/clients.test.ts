import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { writeKernelspec } from '../bin/kernelspec.mjs';
import { buildKernel, repository } from './kernel-process.ts';

/** A folder with a kernelspec of this kernel in it, and where its clients find it. */
const prefix = mkdtempSync(path.join(tmpdir(), 'cygnet-clients-'));
const env = {
  ...process.env,
  JUPYTER_PATH: path.join(prefix, 'share/jupyter'),
  JUPYTER_DATA_DIR: path.join(prefix, 'data'),
  JUPYTER_RUNTIME_DIR: path.join(prefix, 'runtime'),
  JUPYTER_CONFIG_DIR: path.join(prefix, 'config'),
  IPYTHONDIR: path.join(prefix, 'ipython'),
  CYGNET_HISTORY_FILE: path.join(prefix, 'history.jsonl'),
};
const python = path.join(repository, '.venv/bin/python');
const notebook = (name: string): string => path.join(repository, 'kernel/runtime/test/notebooks', `${name}.ipynb`);

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

const joined = (text: unknown): string => [text].flat().join('');

/** Outputs of the code cells of an executed notebook, cell by cell. */
const outputsIn = (file: string): readonly (readonly Output[])[] => {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { cells: { cell_type: string; outputs?: Output[] }[] };
  return cells.filter(({ cell_type }) => cell_type === 'code').map(({ outputs = [] }) => outputs);
};

const run = (args: readonly string[]): Promise<unknown> => promisify(execFile)(python, args, { cwd: prefix, env });

beforeAll(() => {
  buildKernel();
  writeKernelspec({ venv: prefix, node: process.execPath, clone: repository });
});

test('a notebook written for tslab runs unchanged under nbconvert: the language', async () => {
  const out = path.join(prefix, 'language.ipynb');
  await run([
    '-m',
    'nbconvert',
    '--to',
    'notebook',
    '--execute',
    '--ExecutePreprocessor.kernel_name=cygnet',
    `--output=${out}`,
    notebook('tslab-language'),
  ]);
  const texts = outputsIn(out).map((cell) =>
    cell.map(({ text, data }) => joined(text ?? data?.['text/plain'])).join(''),
  );
  expect(texts).toEqual([
    'Hello, TypeScript!\n',
    '[ 1, 4, 9 ]',
    '',
    'Z: 91.19 GeV\nH: 125.1 GeV\n',
    '{ again: true }',
    'slept\n',
    '1',
    '6',
    '[ 0, 1000 ]',
    '0 1 2 ',
    "Promise { 'kept' }",
  ]);
}, 120_000);

test('a notebook written for tslab runs unchanged under papermill: every display function', async () => {
  const out = path.join(prefix, 'displays.ipynb');
  await run(['-m', 'papermill', '--kernel', 'cygnet', '--no-progress-bar', notebook('tslab-displays'), out]);
  const [versions, texts, images, updated, table] = outputsIn(out);
  expect(joined(versions?.[0]?.data?.['text/plain'])).toMatch(/tslab: '1\.0\.22'.*node: 'v24/s);
  const types = (cell: readonly Output[] | undefined): readonly string[] =>
    cell?.flatMap(({ data = {} }) => Object.keys(data)) ?? [];
  expect(types(texts)).toEqual([
    'text/html',
    'text/markdown',
    'text/plain',
    'text/latex',
    'text/javascript',
    'image/svg+xml',
  ]);
  expect(types(images)).toEqual(['image/png', 'image/jpeg', 'image/gif', 'application/pdf', 'image/png', 'text/plain']);
  expect(joined(images?.[0]?.data?.['image/png'])).toMatch(/^iVBOR/);
  expect(updated?.map(({ data }) => joined(data?.['text/plain']))).toEqual(['3 of 3']);
  expect(joined(table?.[0]?.data?.['text/html'])).toContain('<td>b</td><td>2</td>');
}, 120_000);

test('a cell that fails stops nbconvert and papermill with its error', async () => {
  const bad = path.join(prefix, 'bad.ipynb');
  const cell = (id: string, source: string): unknown => ({
    cell_type: 'code',
    id,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  });
  writeFileSync(
    bad,
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: 'cygnet', display_name: 'c', language: 'typescript' } },
      cells: [
        cell('a', 'const fine = 1;'),
        cell('b', 'throw new RangeError("planned");'),
        cell('c', 'console.log("never")'),
      ],
    }),
  );
  await expect(run(['-m', 'papermill', '--no-progress-bar', bad, path.join(prefix, 'bad-out.ipynb')])).rejects.toThrow(
    /RangeError: planned/,
  );
  expect(outputsIn(path.join(prefix, 'bad-out.ipynb')).at(-1)).toEqual([]);
}, 120_000);

test('jupyter console runs cells, completes blocks and leaves', async () => {
  const shell = spawn(
    python,
    ['-m', 'jupyter_console', '--kernel=cygnet', '--simple-prompt', '--ZMQTerminalInteractiveShell.kernel_timeout=60'],
    { cwd: prefix, env, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const heard = async (words: RegExp): Promise<void> => {
    for (let tries = 0; tries < 600 && !words.test(said); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(said).toMatch(words);
  };
  await heard(/In \[1\]/);
  shell.stdin.write('const pt = 41;\n');
  await heard(/In \[2\]/);
  shell.stdin.write('console.log("printed"); pt + 1\n');
  await heard(/printed[\s\S]*42/);
  shell.stdin.write('pt.nothing\n');
  await heard(/Property 'nothing' does not exist/);
  shell.stdin.end();
  const code = await new Promise((resolve) => shell.on('exit', resolve));
  expect(code).toBe(0);
}, 120_000);
