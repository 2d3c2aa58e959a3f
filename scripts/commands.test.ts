import { describe, expect, test } from 'vitest';
import { PlantedClone } from './planted/planted-clone.ts';

const example = `import { writeFileSync } from 'node:fs';
const out: string = process.argv[process.argv.indexOf('--out') + 1] ?? '';
writeFileSync(out + '/summary.json', JSON.stringify({ engine: process.env.CYGNET_ENGINE ?? 'any', args: process.argv.slice(2) }));`;

describe('npm run example', () => {
  test('lists the examples when asked for one that is not there', async () => {
    using clone = new PlantedClone();
    clone.write('examples/higgs/higgs.ts', example);
    const { code, output } = await clone.run('example.mjs', ['higs']);
    expect(code).toBe(2);
    expect(output).toContain('There is no example "higs". Examples: higgs.');
    expect(clone.calls()).toEqual([]);
  });

  test('sets up what is missing, runs the script and writes where it was told', async () => {
    using clone = new PlantedClone();
    clone.write('examples/higgs/higgs.ts', example);
    const { code, output } = await clone.run('example.mjs', ['higgs', '--out', 'my results', '--events', '100']);
    expect(output).not.toContain('failed');
    expect(code).toBe(0);
    expect(JSON.parse(clone.read('my results/summary.json'))).toMatchObject({ engine: 'any' });
    expect(clone.read('my results/summary.json')).toContain('"--events","100"');
  });

  test('keeps to a light set-up', async () => {
    using clone = new PlantedClone();
    clone.write('examples/higgs/higgs.ts', example);
    await clone.run('setup.mjs', ['--light']);
    expect((await clone.run('example.mjs', ['higgs'])).code).toBe(0);
    expect(JSON.parse(clone.read('results/higgs/summary.json'))).toMatchObject({ engine: 'wasm' });
    expect(clone.calls().join()).not.toContain('tensorflow');
  });
});

describe('npm test', () => {
  test('closes with the counts even when the set-up fails', async () => {
    using clone = new PlantedClone();
    const { code, output, stdout } = await clone.run('test.mjs', [], { FAKE_NPM: 'offline' });
    expect(code).toBe(1);
    expect(output).toContain('npm config set registry');
    expect(stdout.trimEnd().split('\n').pop()).toBe('0 passed, 1 failed, 0 skipped');
  });

  test('runs every stage, names what failed and closes with the counts', async () => {
    using clone = new PlantedClone();
    clone.write('examples/higgs/higgs.ts', example);
    const { code, output, stdout } = await clone.run('test.mjs', ['--only', 'lint,examples,notebooks']);
    expect(code).toBe(1);
    expect(output).toContain('ok     higgs');
    expect(output).toContain('  - eslint\n  - prettier\n  - tutorials holds no notebook');
    expect(stdout.trimEnd().split('\n').pop()).toBe('1 passed, 3 failed, 0 skipped');
  });

  test('names the stages when asked for one that is not there', async () => {
    using clone = new PlantedClone();
    const { code, output } = await clone.run('test.mjs', ['--only', 'linting']);
    expect(code).toBe(2);
    expect(output).toContain(
      'There is no stage "linting". Stages: types, lint, imports, unit, notebooks, examples, browser.',
    );
  });
});
