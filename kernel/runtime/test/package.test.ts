import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeKernelspec } from '../bin/kernelspec.mjs';
import * as door from '../src/index.ts';

test('the package offers what it means to', () => {
  expect(Object.keys(door)).toEqual(['startKernel']);
});

test('the kernelspec starts this kernel and asks for interrupts by message', () => {
  const venv = mkdtempSync(path.join(tmpdir(), 'cygnet-spec-'));
  const folder = writeKernelspec({ venv, node: '/opt/node', clone: '/opt/cygnet' });
  expect(folder).toBe(path.join(venv, 'share/jupyter/kernels/cygnet'));
  expect(JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8'))).toMatchObject({
    argv: ['/opt/node', '/opt/cygnet/kernel/runtime/bin/cygnet-kernel.mjs', '{connection_file}'],
    display_name: 'Cygnet (TypeScript)',
    language: 'typescript',
    interrupt_mode: 'message',
    env: { CYGNET_PYTHON_ENV: venv },
  });
  expect(readFileSync(path.join(folder, 'logo-svg.svg'), 'utf8')).toContain('<svg');
});
