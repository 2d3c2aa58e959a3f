import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

interface Report {
  readonly ok: boolean;
  readonly findings: readonly { name: string; ok: boolean; required: boolean; found: string; remedy?: string }[];
}

const room = path.resolve(import.meta.dirname, '..');
const home = mkdtempSync(path.join(tmpdir(), 'cygnet doctor '));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A clone in which nothing was set up, and a PATH with nothing but a Python of a given version. */
function bareClone(): string {
  const clone = path.join(home, 'clone');
  mkdirSync(path.join(clone, 'kernel', 'hepml'), { recursive: true });
  cpSync(path.join(room, 'bin'), path.join(clone, 'kernel', 'hepml', 'bin'), { recursive: true });
  cpSync(path.join(room, 'package.json'), path.join(clone, 'kernel', 'hepml', 'package.json'));
  writeFileSync(path.join(clone, 'package.json'), '{ "name": "cygnet-notebook", "type": "module" }');
  const tools = path.join(home, 'bin');
  mkdirSync(tools, { recursive: true });
  writeFileSync(path.join(tools, 'python3'), '#!/bin/sh\necho Python 3.12.1\n');
  chmodSync(path.join(tools, 'python3'), 0o755);
  return clone;
}

function cygnet(clone: string, args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const command = path.join(clone, 'kernel', 'hepml', 'bin', 'cygnet.mjs');
  const env = { PATH: path.join(home, 'bin'), HOME: home };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: clone,
    env,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('cygnet doctor', () => {
  const clone = bareClone();

  test('works before anything is set up: it names what is missing, each with a remedy, and exits 1', () => {
    const { code, stdout } = cygnet(clone, ['doctor', '--json']);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    const absent = report.findings.filter((finding) => !finding.ok);
    expect(absent.filter(({ required }) => required).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Python', 'JupyterLab', 'kernel', 'extension', 'library', 'XGBoost', 'ONNX Runtime']),
    );
    for (const { remedy } of absent) expect(remedy).toBeTruthy();
    expect(absent.find(({ name }) => name === 'Python')?.found).toBe('Python 3.12.1, but no environment of ours');
  });

  test('counts TensorFlow, Chromium and a GPU as welcome, not as required', () => {
    const { findings } = JSON.parse(cygnet(clone, ['doctor', '--json']).stdout) as Report;
    const optional = findings.filter(({ required }) => !required).map(({ name }) => name);
    expect(optional).toEqual(expect.arrayContaining(['TensorFlow', 'Chromium', 'GPU']));
  });

  test('does not take a kernel whose program is gone for installed', () => {
    const environment = path.join(clone, '.venv');
    const spec = path.join(environment, 'share', 'jupyter', 'kernels', 'cygnet');
    mkdirSync(spec, { recursive: true });
    mkdirSync(path.join(environment, 'bin'), { recursive: true });
    symlinkSync(path.join(home, 'bin', 'python3'), path.join(environment, 'bin', 'python'));
    writeFileSync(
      path.join(spec, 'kernel.json'),
      JSON.stringify({ argv: ['/gone/node', 'kernel'], display_name: 'Cygnet' }),
    );
    const { findings } = JSON.parse(cygnet(clone, ['doctor', '--json']).stdout) as Report;
    expect(findings.find(({ name }) => name === 'kernel')).toMatchObject({ ok: false, remedy: 'npm run setup' });
  });

  test('prints a report that people can read', () => {
    const { stdout } = cygnet(clone, ['doctor']);
    expect(stdout).toMatch(/^ok +system +/m);
    expect(stdout).toMatch(/^MISSING +JupyterLab +not installed$/m);
    expect(stdout).toMatch(/-> npm run setup$/m);
  });
});

describe('the cygnet command', () => {
  const clone = bareClone();

  test('names an unknown command and says what there is', () => {
    const { code, stderr } = cygnet(clone, ['dctor']);
    expect(code).toBe(2);
    expect(stderr).toContain('Unknown command "dctor"');
    expect(stderr).toContain('cygnet doctor');
  });

  test('names an unknown option', () => {
    expect(cygnet(clone, ['doctor', '--jsn']).stderr).toContain('Unknown option "--jsn"');
  });

  test('explains itself', () => {
    expect(cygnet(clone, ['--help'])).toMatchObject({ code: 0 });
  });
});
