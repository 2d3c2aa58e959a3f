import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { writeKernelspec } from '../bin/kernelspec.mjs';
import { buildKernel, repository } from './kernel-process.ts';

beforeAll(buildKernel);

test("Python's jupyter_client and Jupyter's conformance suite are content with the kernel", async () => {
  const python = path.join(repository, '.venv/bin/python');
  expect(existsSync(python), `${python} is there; "npm run setup" makes it`).toBe(true);
  const prefix = mkdtempSync(path.join(tmpdir(), 'cygnet-conformance-'));
  const spec = path.join(writeKernelspec({ venv: prefix, node: process.execPath, clone: repository }), 'kernel.json');
  // The suite searches the history for cells that others may have run in this clone.
  writeFileSync(
    spec,
    readFileSync(spec, 'utf8').replace(
      /"CYGNET_HISTORY_FILE": ".*"/,
      `"CYGNET_HISTORY_FILE": "${prefix}/history.jsonl"`,
    ),
  );
  const suite = fileURLToPath(new URL('./conformance.py', import.meta.url));
  const { stderr } = await promisify(execFile)(python, [suite], {
    cwd: prefix,
    env: { ...process.env, JUPYTER_PATH: path.join(prefix, 'share/jupyter') },
  });
  expect(stderr).toContain('OK');
  expect(stderr).toMatch(/Ran 1[2-9] tests/);
}, 120_000);
