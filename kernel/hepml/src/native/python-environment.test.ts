import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCygnetError } from '@cygnet/columns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findWheelLibrary, pythonEnvironments, requireWheelLibrary } from './index.ts';

const library = { name: 'Engine', paths: ['engine/libengine.so', 'engine/libengine.dylib'] };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cygnet-environment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const environmentWith = (path: string): string => {
  const file = join(folder, 'env/lib/python3.12/site-packages', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return join(folder, 'env');
};

test('the active environment comes before the nearest .venv; a named one is the only one', () => {
  mkdirSync(join(folder, '.venv'));
  const inner = join(folder, 'a/b');
  mkdirSync(inner, { recursive: true });
  expect(pythonEnvironments({ VIRTUAL_ENV: '/active' }, [inner])).toEqual(['/active', join(folder, '.venv')]);
  expect(pythonEnvironments({ CYGNET_PYTHON_ENV: '/named', VIRTUAL_ENV: '/active' }, [inner])).toEqual(['/named']);
});

test('a library is found under the name that its platform gives it', () => {
  const environment = environmentWith('engine/libengine.dylib');
  expect(findWheelLibrary(library, ['/nowhere', environment])).toBe(
    join(environment, 'lib/python3.12/site-packages/engine/libengine.dylib'),
  );
});

test('a missing library is said with where it was looked for and what to do', () => {
  const attempt = () => requireWheelLibrary(library, ['/nowhere']);
  expect(attempt).toThrow(/Engine is not installed. Looked in \/nowhere. Run "npm run setup"/);
  try {
    attempt();
  } catch (error) {
    expect(isCygnetError(error, 'engine-missing')).toBe(true);
  }
});
