import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PlantedClone } from './planted/planted-clone.ts';

const pipCalls = (clone: PlantedClone): readonly string[] => clone.calls().filter((call) => call.includes('-m pip'));

describe('a set-up that goes well', () => {
  test('does every step once, with a progress line each, and finds everything ready the second time', async () => {
    using clone = new PlantedClone();
    const first = await clone.run('setup.mjs');
    expect(first.output).toMatch(/\[1\/8\] npm packages … [\d.]+ s\n/);
    expect(first.output).toMatch(/\[8\/8\] check of the engines … [\d.]+ s \(networks: tf-graph, trees: xgboost\)\n/);
    expect(first.code).toBe(0);
    expect(clone.has('.venv/share/jupyter/labextensions/@cygnet/extension/package.json')).toBe(true);
    expect(clone.read('datasets/higgs-uci-20k.root')).toBe('root');
    const calls = clone.calls();
    const second = await clone.run('setup.mjs');
    expect(second.output).toContain('Everything is set up');
    expect(clone.calls()).toEqual(calls);
  });

  test('checks every Python package against its hash', async () => {
    using clone = new PlantedClone();
    await clone.run('setup.mjs');
    expect(pipCalls(clone)).toHaveLength(2);
    for (const call of pipCalls(clone)) expect(call).toContain('--require-hashes');
  });

  test('leaves TensorFlow out when asked for the light one', async () => {
    using clone = new PlantedClone();
    const { output } = await clone.run('setup.mjs', ['--light']);
    expect(output).toContain('networks: wasm');
    expect(pipCalls(clone).join()).not.toContain('tensorflow');
  });

  test('repeats only the step whose inputs changed', async () => {
    using clone = new PlantedClone();
    await clone.run('setup.mjs');
    clone.write('kernel/hepml/src/index.ts', 'export const changed = 1;');
    const { output } = await clone.run('setup.mjs');
    expect(output).toMatch(/npm packages … ready\n/);
    expect(output).toMatch(/TypeScript build … [\d.]+ s\n/);
    expect(output).toMatch(/JupyterLab extension … ready\n/);
  });
});

describe('a set-up that fails', () => {
  test('without network names npm, the reason and the remedy, and goes on from there', async () => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('setup.mjs', [], { FAKE_NPM: 'offline' });
    expect(code).toBe(1);
    expect(output).toContain('Set-up stopped at step 1 of 8, npm packages.');
    expect(output).toContain('npm could not install the packages: the package index could not be reached.');
    expect(output).toContain('getaddrinfo ENOTFOUND packages.invalid');
    expect(output).toContain('npm config set registry');
    expect(output).toContain('Then run the same command again: it goes on from here.');
    expect((await clone.run('setup.mjs')).code).toBe(0);
  });

  test('at TensorFlow keeps the steps before it and offers the light set-up', async () => {
    using clone = new PlantedClone();
    const { output } = await clone.run('setup.mjs', [], { FAKE_PIP: 'offline' });
    expect(output).toContain('pip could not install TensorFlow: the package index could not be reached.');
    expect(output).toContain('--light');
    const again = await clone.run('setup.mjs');
    expect(again.output).toMatch(
      /npm packages … ready\n\[2\/8\] .* ready\n\[3\/8\] .* ready\n\[4\/8\] TensorFlow … [\d.]+ s/,
    );
    expect(clone.calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
  });

  test.each([
    ['full', 'the disk is full', 'Free some space'],
    ['hash', 'a downloaded package is not the one that was locked', 'mirror'],
  ])('passes on what pip says: %s', async (fault, what, remedy) => {
    using clone = new PlantedClone();
    const { output } = await clone.run('setup.mjs', [], { FAKE_PIP: fault });
    expect(output).toContain(what);
    expect(output).toContain(remedy);
  });

  test('without npm says where it comes from', async () => {
    using clone = new PlantedClone({ npm: false });
    expect((await clone.run('setup.mjs')).output).toContain('npm was not found on the PATH');
  });

  test('without Python says so, and goes on once there is one', async () => {
    using clone = new PlantedClone({ python: false });
    expect((await clone.run('setup.mjs')).output).toContain('no Python was found');
    clone.addPython({ name: 'python3.11', version: '3.11.2' });
    expect((await clone.run('setup.mjs')).output).toContain('Python 3.11.2');
  });

  test('with a Python that is too old names the versions that serve', async () => {
    using clone = new PlantedClone({ python: { version: '3.9.2' } });
    const { output } = await clone.run('setup.mjs');
    expect(output).toContain('Python 3.10 to 3.13 is needed; found 3.9.2');
    expect(output).toContain('CYGNET_PYTHON=');
  });

  test('with a Python that cannot make environments names the missing modules', async () => {
    using clone = new PlantedClone({ python: { version: '3.11.2', missing: ['ensurepip'] } });
    const { output } = await clone.run('setup.mjs');
    expect(output).toContain('(Python 3.11.2) lacks the modules ensurepip');
    if (process.platform === 'linux') expect(output).toMatch(/python3\.11-venv|dnf install/);
  });

  test('says that there is no GPU version yet', async () => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('setup.mjs', ['--gpu']);
    expect(code).toBe(1);
    expect(output).toContain('this version trains on the CPU only');
  });
});

describe('an interrupted set-up', () => {
  test('stops what it started, says how to go on, and goes on', async () => {
    using clone = new PlantedClone();
    const { child, outcome } = clone.start('setup.mjs', [], { FAKE_NPM: 'slow' });
    while (!clone.calls().includes('started')) await sleep(50);
    await sleep(200);
    child.kill('SIGINT');
    const { code, output } = await outcome;
    expect(code).toBe(130);
    expect(output).toContain('Stopped. Run the same command again: it goes on with step 1 of 8');
    expect(clone.has('.cygnet/set-up.lock')).toBe(false);
    await sleep(2_200);
    expect(clone.calls()).not.toContain('survived');
    expect((await clone.run('setup.mjs')).code).toBe(0);
  });
});

describe('two set-ups in one clone', () => {
  test('run one after the other', async () => {
    using clone = new PlantedClone();
    const outcomes = await Promise.all([clone.run('setup.mjs'), clone.run('setup.mjs'), clone.run('setup.mjs')]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(clone.calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
  });

  test('do not wait for one that is gone', async () => {
    using clone = new PlantedClone();
    const { child, outcome } = clone.start('setup.mjs', [], { FAKE_NPM: 'slow' });
    while (!clone.calls().includes('started')) await sleep(50);
    await sleep(100);
    child.kill('SIGKILL');
    await outcome;
    expect(clone.has('.cygnet/set-up.lock')).toBe(true);
    expect((await clone.run('setup.mjs')).code).toBe(0);
  });

  test('recognise a lock whose process number now belongs to another program', async () => {
    using clone = new PlantedClone();
    await clone.run('setup.mjs');
    const { hostname } = await import('node:os');
    writeFileSync(
      path.join(clone.root, '.cygnet', 'set-up.lock'),
      JSON.stringify({ pid: process.pid, host: hostname(), started: 'long ago' }),
    );
    expect((await clone.run('setup.mjs')).output).toContain('Everything is set up');
  });
});
