import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { writeKernelspec } from '../bin/kernelspec.mjs';
import { buildKernel, repository } from './kernel-process.ts';

beforeAll(buildKernel);

test('a notebook executed without a front end holds the state of its widgets, and its HTML page as well', async () => {
  const prefix = mkdtempSync(path.join(tmpdir(), 'cygnet-widgets-'));
  writeKernelspec({ venv: prefix, node: process.execPath, clone: repository });
  const program = fileURLToPath(new URL('./widgets_nbclient.py', import.meta.url));
  const { stderr } = await promisify(execFile)(path.join(repository, '.venv/bin/python'), [program], {
    cwd: prefix,
    env: { ...process.env, JUPYTER_PATH: path.join(prefix, 'share/jupyter') },
  });
  expect(stderr).toMatch(/widgets of \d+ models/);
}, 120_000);
