import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isTrainingProgress,
  notebookHostKey,
  type ModelHandle,
  type NotebookHost,
  type TrainingProgress,
} from '@cygnet/contract';
import { afterEach, expect, test } from 'vitest';
import { isCygnetError, models, train } from '../src/index.ts';
import { runProgram } from './run-program.ts';
import { toyTable } from './toy-table.ts';

const place = globalThis as { [notebookHostKey]?: NotebookHost };

const hostThatRecords = () => {
  const progress: TrainingProgress[] = [];
  const handles: ModelHandle[] = [];
  const interrupt = new AbortController();
  place[notebookHostKey] = {
    training: (update) => void progress.push(update),
    modelTrained: (handle) => void handles.push(handle),
    interruptSignal: () => interrupt.signal,
  };
  return { progress, handles, interrupt };
};

afterEach(() => {
  delete place[notebookHostKey];
});

test('a notebook sees the training run and gets a model that it can export', async () => {
  const { progress, handles } = hostThatRecords();
  const own: TrainingProgress[] = [];
  const model = await train(models.boostedTrees({ trees: 5 }), toyTable(500), {
    name: 'toy-trees',
    onProgress: (update) => void own.push(update),
  });
  expect(progress.every(isTrainingProgress)).toBe(true);
  expect(progress).toEqual(own);
  expect(progress.at(-1)).toMatchObject({ state: 'finished', model: 'toy-trees' });
  expect(handles.map(({ summary }) => summary)).toEqual([model.summary]);
  const [workingFolder, scratch] = [process.cwd(), mkdtempSync(join(tmpdir(), 'cygnet-session-'))];
  process.chdir(scratch);
  try {
    const exported = await handles[0]?.exportTo({ target: 'onnx', folder: 'exported' });
    expect(exported?.verification.passed).toBe(true);
    expect(readdirSync('exported')).toContain('toy-trees.onnx');
  } finally {
    process.chdir(workingFolder);
    rmSync(scratch, { recursive: true });
  }
});

test("the notebook's interrupt stops the training, and no model is offered", async () => {
  const { progress, handles, interrupt } = hostThatRecords();
  setTimeout(() => interrupt.abort(), 100);
  const training = train(models.boostedTrees({ trees: 100_000 }), toyTable(5000));
  await expect(training).rejects.toSatisfy((error) => isCygnetError(error, 'cancelled'));
  expect(progress.at(-1)?.state).toBe('stopped');
  expect(handles).toEqual([]);
});

test('a training that fails while a notebook looks on says so there too', async () => {
  const { progress } = hostThatRecords();
  const impossible = models.boostedTrees({ xgboost: { grow_policy: 'wild' } });
  await expect(train(impossible, toyTable(100))).rejects.toThrow(/XGBoost could not/);
  expect(progress.at(-1)?.state).toBe('failed');
});

test('importing the library loads no engine', async () => {
  const { code, stdout } = await runProgram('import-library.ts');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ heavy: [], native: [] });
});

test('the library offers what its documentation names', async () => {
  const door = await import('../src/index.ts');
  expect(Object.keys(door).sort()).toMatchInlineSnapshot(`
    [
      "CygnetError",
      "Table",
      "TableStream",
      "crossValidate",
      "datasets",
      "ensemble",
      "exporters",
      "features",
      "files",
      "isCygnetError",
      "loadModel",
      "metrics",
      "models",
      "plots",
      "retrain",
      "root",
      "saveModel",
      "train",
      "trainEnsemble",
      "vectors",
    ]
  `);
});
