import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const check = join(repository, 'scripts', 'check-imports.mjs');

interface Outcome {
  readonly code: number;
  readonly modules: number;
  readonly violations: readonly { readonly rule: string; readonly from: string }[];
  readonly stderr: string;
}

/** Each rule with one file that breaks it and nothing else. `no-cycles` needs a second file. */
const planted: readonly { readonly rule: string; readonly files: { readonly [path: string]: string } }[] = [
  { rule: 'contract-imports', files: { 'kernel/contract/src/bad.ts': `import '@cygnet/columns';` } },
  { rule: 'columns-imports', files: { 'kernel/columns/src/bad.ts': `import '@cygnet/contract';` } },
  { rule: 'rootio-imports', files: { 'kernel/rootio/src/bad.ts': `import '@cygnet/contract';` } },
  { rule: 'hepml-imports', files: { 'kernel/hepml/src/bad.ts': `import '@cygnet/kernel';` } },
  { rule: 'runtime-imports', files: { 'kernel/runtime/src/bad.ts': `import '@cygnet/rootio';` } },
  {
    rule: 'extension-imports',
    files: { 'extension/src/bad.ts': `import type { train } from 'cygnet';\nexport type T = typeof train;` },
  },
  { rule: 'resolvable', files: { 'kernel/columns/src/dangling.ts': `import './nowhere.ts';` } },
  { rule: 'no-node-in-shared-rooms', files: { 'kernel/rootio/src/reads-disk.ts': `import 'node:fs';` } },
  {
    rule: 'plots-compute-nothing',
    files: {
      'kernel/hepml/src/plots/computes.ts': `import { metrics } from '../metrics/index.ts';\nexport const x = metrics;`,
    },
  },
  {
    rule: 'rooms-by-their-door',
    files: {
      'kernel/hepml/src/train/window.ts': `import { inner } from '../metrics/inner.ts';\nexport const x = inner;`,
    },
  },
  { rule: 'one-door-jsroot', files: { 'kernel/hepml/src/root/draws.ts': `import 'jsroot';` } },
  { rule: 'one-door-koffi', files: { 'kernel/hepml/src/train/calls.ts': `import 'koffi';` } },
  { rule: 'one-door-tfjs', files: { 'kernel/hepml/src/data/tensors.ts': `import '@tensorflow/tfjs';` } },
  { rule: 'one-door-onnxruntime', files: { 'kernel/hepml/src/train/serves.ts': `import 'onnxruntime-node';` } },
  { rule: 'one-door-duckdb', files: { 'kernel/hepml/src/data/queries.ts': `import '@duckdb/node-api';` } },
  { rule: 'one-door-h5wasm', files: { 'kernel/hepml/src/files/text/datasets.ts': `import 'h5wasm';` } },
  { rule: 'one-door-arrow', files: { 'kernel/hepml/src/files/duckdb/batches.ts': `import 'apache-arrow';` } },
  { rule: 'one-door-zeromq', files: { 'kernel/runtime/src/session/sockets.ts': `import 'zeromq';` } },
  { rule: 'one-door-typescript', files: { 'kernel/runtime/src/session/compiles.ts': `import 'typescript';` } },
  { rule: 'one-door-plotly', files: { 'extension/src/root-browser/draws.ts': `import 'plotly.js-dist-min';` } },
  {
    rule: 'no-cycles',
    files: { 'kernel/columns/src/egg.ts': `import './hen.ts';`, 'kernel/columns/src/hen.ts': `import './egg.ts';` },
  },
];

const packages = {
  contract: '@cygnet/contract',
  columns: '@cygnet/columns',
  rootio: '@cygnet/rootio',
  hepml: 'cygnet',
  runtime: '@cygnet/kernel',
};
const heavy = [
  'jsroot',
  'koffi',
  '@tensorflow/tfjs',
  'onnxruntime-node',
  '@duckdb/node-api',
  'h5wasm',
  'apache-arrow',
  'zeromq',
  'typescript',
  'plotly.js-dist-min',
];

/** Imports that the rules allow, one for each arrow and each door. */
const allowed: { readonly [path: string]: string } = {
  'kernel/contract/src/index.ts': `export const protocol = 1;`,
  'kernel/columns/src/index.ts': `export const column = 1;`,
  'kernel/rootio/src/index.ts': `import 'jsroot';\nexport { column } from '@cygnet/columns';`,
  'kernel/rootio/src/fixture.test.ts': `import 'node:fs';`,
  'kernel/hepml/src/index.ts': `export * from './train/index.ts';\nexport * from './plots/index.ts';`,
  'kernel/hepml/src/native/index.ts': `import 'koffi';`,
  'kernel/hepml/src/metrics/index.ts': `export { inner as metrics } from './inner.ts';`,
  'kernel/hepml/src/metrics/inner.ts': `export const inner = 1;`,
  'kernel/hepml/src/train/index.ts': `import '@tensorflow/tfjs';\nimport '@cygnet/contract';\nimport '@cygnet/rootio';\nexport { metrics as train } from '../metrics/index.ts';`,
  'kernel/hepml/src/plots/index.ts': `import type { metrics } from '../metrics/index.ts';\nexport type Plot = typeof metrics;`,
  'kernel/hepml/src/export/index.ts': `import 'onnxruntime-node';`,
  'kernel/hepml/src/files/duckdb/index.ts': `import '@duckdb/node-api';`,
  'kernel/hepml/src/files/hdf5/index.ts': `import 'h5wasm';`,
  'kernel/hepml/src/files/arrow/index.ts': `import 'apache-arrow';`,
  'kernel/runtime/src/index.ts': `import './wire/index.ts';\nimport './engine/index.ts';\nimport 'cygnet';`,
  'kernel/runtime/src/wire/index.ts': `import 'zeromq';`,
  'kernel/runtime/src/engine/index.ts': `import 'typescript';`,
  'extension/src/index.ts': `import '@cygnet/contract';\nimport '@cygnet/columns';\nimport '@cygnet/rootio';`,
  'extension/src/plots/roc.ts': `import 'plotly.js-dist-min';`,
  'extension/src/root-browser/draw.ts': `import 'jsroot';`,
};

const folders: string[] = [];

const write = (root: string, files: { readonly [path: string]: string }): void => {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source + '\n');
  }
};

/** A tree with this repository's layout and rules, stub packages, and no sources. */
const skeleton = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'cygnet-rules-'));
  folders.push(root);
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.json'])
    cpSync(join(repository, file), join(root, file));
  for (const [room, name] of Object.entries(packages)) {
    mkdirSync(join(root, 'kernel', room, 'src'), { recursive: true });
    cpSync(join(repository, 'kernel', room, 'package.json'), join(root, 'kernel', room, 'package.json'));
    mkdirSync(dirname(join(root, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'kernel', room), join(root, 'node_modules', name));
  }
  mkdirSync(join(root, 'extension', 'src'), { recursive: true });
  for (const name of heavy)
    write(root, {
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
      [`node_modules/${name}/index.js`]: '',
    });
  return root;
};

/** Runs the real check with the real rules over a tree. */
const cruise = async (root: string): Promise<Outcome> => {
  const run = promisify(execFile);
  try {
    const { stdout, stderr } = await run(process.execPath, [check, '--json', root], { maxBuffer: 1 << 26 });
    return { code: 0, stderr, ...(JSON.parse(stdout) as Pick<Outcome, 'modules' | 'violations'>) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stderr, ...(JSON.parse(stdout) as Pick<Outcome, 'modules' | 'violations'>) };
  }
};

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describe('the import rules', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    const root = skeleton();
    write(root, allowed);
    for (const { files } of planted) write(root, files);
    outcome = await cruise(root);
  });

  test('each have a planted violation here', () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    expect(planted.map(({ rule }) => rule).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
  });

  test.each(planted)('catch the planted violation of $rule and report it by that name only', ({ rule, files }) => {
    const found = outcome.violations.filter(({ from }) => from in files).map((violation) => violation.rule);
    expect(new Set(found)).toEqual(new Set([rule]));
  });

  test('report nothing but the planted violations, and make the check fail', () => {
    const guilty = new Set(planted.flatMap(({ files }) => Object.keys(files)));
    expect(outcome.violations.filter(({ from }) => !guilty.has(from))).toEqual([]);
    expect(outcome.code).toBe(1);
  });
});

test('a tree with only allowed imports passes', async () => {
  const root = skeleton();
  write(root, allowed);
  const outcome = await cruise(root);
  expect(outcome.violations).toEqual([]);
  expect(outcome.modules).toBeGreaterThanOrEqual(Object.keys(allowed).length);
  expect(outcome.code).toBe(0);
});

test('the check fails when it cruised no module', async () => {
  const outcome = await cruise(skeleton());
  expect(outcome.modules).toBe(0);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain('0 modules');
});
