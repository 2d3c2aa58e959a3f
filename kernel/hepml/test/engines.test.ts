import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runProgram, type ProgramResult } from './run-program.ts';

interface Report {
  readonly engine: { readonly name: string; readonly library: string; readonly note?: string };
  readonly metrics: { readonly validationAuc: number };
  readonly scores: number;
}

const reports = ({ stdout }: ProgramResult): readonly Report[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Report);

const endsCleanly = { code: 0, stderr: '' };

test('a program that trained on TensorFlow and XGBoost ends cleanly and quietly', async () => {
  const result = await runProgram('train-toys.ts', ['network', 'trees']);
  expect(result).toMatchObject(endsCleanly);
  expect(reports(result).map(({ engine }) => engine.name)).toEqual(['tf-graph', 'xgboost']);
});

test('the exit code of a program that loaded TensorFlow is its own', async () => {
  expect((await runProgram('exit-with-3.ts')).code).toBe(3);
});

test('CYGNET_ENGINE=wasm trains on the light engine and says why', async () => {
  const result = await runProgram('train-toys.ts', ['network'], { CYGNET_ENGINE: 'wasm' });
  expect(result).toMatchObject(endsCleanly);
  const [report] = reports(result);
  expect(report?.engine).toMatchObject({ name: 'wasm', note: expect.stringContaining('CYGNET_ENGINE=wasm') as string });
  expect(report?.metrics.validationAuc).toBeGreaterThan(0.78);
  expect(report?.scores).toBe(1000);
});

test('CYGNET_ENGINE=tf-eager trains on TensorFlow by single operations and says why', async () => {
  const result = await runProgram('train-toys.ts', ['network'], { CYGNET_ENGINE: 'tf-eager' });
  expect(result).toMatchObject(endsCleanly);
  const [report] = reports(result);
  expect(report?.engine).toMatchObject({
    name: 'tf-eager',
    note: expect.stringContaining('CYGNET_ENGINE=tf-eager') as string,
  });
});

test('without TensorFlow networks train on the light engine, and the report says what is missing', async () => {
  const result = await runProgram('train-toys.ts', ['network'], { CYGNET_PYTHON_ENV: tmpdir() });
  expect(result).toMatchObject(endsCleanly);
  const [report] = reports(result);
  expect(report?.engine.name).toBe('wasm');
  expect(report?.engine.note).toMatch(/TensorFlow is not installed. Looked in .*npm run setup/);
});

test('without XGBoost trees say what is missing and what to do', async () => {
  const { code, stderr } = await runProgram('train-toys.ts', ['trees'], { CYGNET_PYTHON_ENV: tmpdir() });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/XGBoost is not installed. Looked in .*npm run setup/);
});

test('an engine that nobody knows is refused', async () => {
  const { code, stderr } = await runProgram('train-toys.ts', ['network'], { CYGNET_ENGINE: 'quantum' });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/CYGNET_ENGINE.*"quantum".*allowed: auto, tensorflow, tf-eager, wasm/);
});
