import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isVerification } from '@cygnet/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import type { ModelBlueprint, TrainedModel, TreeBlueprint } from '../src/models/index.ts';
import { onnx } from '../src/export/index.ts';
import { onnxModel } from '../src/export/onnx-model.ts';
import { runOnnx } from '../src/export/onnx-verification.ts';
import { verificationEvents } from '../src/export/verification-events.ts';
import { failure, forest, modelOf, network, predictionsOf } from './random-models.ts';

const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const oracle = fileURLToPath(new URL('./onnx_oracle.py', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'cygnet-export-'));
const workingDirectory = process.cwd();
beforeAll(() => process.chdir(base));
afterAll(() => {
  process.chdir(workingDirectory);
  rmSync(base, { recursive: true });
});

const models: readonly (readonly [string, ModelBlueprint])[] = [
  [
    'a network with relu layers',
    network(randomSource(1), 28, [
      [64, 'relu'],
      [64, 'relu'],
    ]),
  ],
  [
    'a network with every activation',
    network(randomSource(2), 5, [
      [8, 'relu'],
      [8, 'sigmoid'],
      [8, 'tanh'],
      [8, 'elu'],
      [8, 'selu'],
      [8, 'softplus'],
      [8, 'linear'],
    ]),
  ],
  ['logistic regression', network(randomSource(3), 3, [])],
  ['one feature', network(randomSource(4), 1, [[2, 'tanh']])],
  ['boosted trees', forest(randomSource(5), 28, 200, 4)],
  ['deep trees on one feature', forest(randomSource(6), 1, 10, 8)],
  ['a single leaf', forest(randomSource(7), 2, 1, 0)],
];

interface Oracle {
  ir: number;
  opsets: { [domain: string]: number };
  producer: [string, string];
  input: [string, (string | number)[]];
  output: [string, (string | number)[]];
  metadata: { [key: string]: string };
  operators: string[];
  resultShape: number[];
  finite: boolean;
  maxDifference: number;
  maxDifferenceSingle: number;
}

describe('exporters.onnx', () => {
  it.each(models)(
    'writes %s, which the Python checker and runtime accept with the same scores',
    async (name, blueprint) => {
      const model = modelOf(blueprint);
      const folder = `models/${name.replaceAll(' ', '-')}`;
      const exported = await onnx(model, { folder, name: 'tagger' });
      expect(exported.folder).toBe(folder);
      const kept = ['inputs.f32', 'expected.f32', 'shapes.json'].map((file) => `validation/${file}`);
      expect(exported.files).toEqual(
        ['tagger.onnx', 'inputs.json', ...kept, 'manifest.json'].map((file) => `${folder}/${file}`),
      );
      expect(exported.verification).toMatchObject({ target: 'onnx', passed: true });
      expect(exported.verification.events).toBeGreaterThan(1200);
      expect(exported.verification.maxAbsoluteDifference).toBeLessThanOrEqual(exported.verification.tolerance);

      const { values } = verificationEvents(blueprint, model.referenceEvents, { seed: 5 });
      writeFileSync('events.f32', values);
      writeFileSync('scores.f32', await model.predict(values));
      const said = JSON.parse(
        execFileSync(python, [oracle, `${folder}/tagger.onnx`, 'events.f32', 'scores.f32'], { encoding: 'utf8' }),
      ) as Oracle;
      const width = blueprint.features.length;
      expect(said).toMatchObject({
        ir: 8,
        opsets: blueprint.kind === 'trees' ? { '': 15, 'ai.onnx.ml': 3 } : { '': 15 },
        producer: ['cygnet', expect.stringMatching(/^\d+\.\d+\.\d+/)],
        input: ['features', ['N', width]],
        output: ['output', ['N', 1]],
        finite: true,
      });
      expect(said.resultShape).toEqual([values.length / width, 1]);
      expect(JSON.parse(said.metadata.features as string)).toEqual(
        blueprint.features.map(({ name: feature }) => feature),
      );
      expect(JSON.parse(said.metadata.classes as string)).toEqual(['background', 'signal']);
      expect(Math.max(said.maxDifference, said.maxDifferenceSingle)).toBeLessThan(
        blueprint.kind === 'dense' ? 2e-6 : 1e-6,
      );
    },
  );

  it('describes inputs, files and proof beside the model', async () => {
    const model = modelOf(forest(randomSource(8), 4, 20, 3));
    await onnx(model, { folder: 'described' });
    expect(readdirSync('described').sort()).toEqual([
      'Higgs-trees-1.onnx',
      'inputs.json',
      'manifest.json',
      'validation',
    ]);
    const inputs = JSON.parse(readFileSync('described/inputs.json', 'utf8')) as {
      features: unknown[];
      output: unknown;
    };
    expect(inputs.features[2]).toEqual({
      ...{ index: 2, name: 'x2', unit: 'GeV', type: 'float32', trainingRange: [-5, 5] },
      missing: { value: 'NaN', treatment: 'goes to the side that each split has learned' },
    });
    expect(inputs.output).toMatchObject({ name: 'output', classes: ['background', 'signal'] });
    const manifest = JSON.parse(readFileSync('described/manifest.json', 'utf8')) as {
      files: { path: string; bytes: number; sha256: string }[];
      verification: (object & { eventsOfSort: { [sort: string]: number } })[];
      provenance: unknown;
    };
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join('described', path));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    expect(isVerification(manifest.verification[0])).toBe(true);
    expect(manifest.verification[0]?.eventsOfSort).toMatchObject({
      reference: 300,
      perturbed: 700,
      missing: 200,
      extreme: 10,
    });
    expect(manifest.verification[0]?.eventsOfSort.onThreshold).toBeGreaterThan(50);
    expect(manifest.provenance).toEqual(model.provenance);
  });

  it('replaces an older export of ours and nothing else', async () => {
    const first = modelOf(network(randomSource(9), 3, [[4, 'relu']]));
    await onnx(first, { folder: 'again', name: 'first' });
    await onnx(first, { folder: 'again', name: 'second' });
    expect(readdirSync('again').sort()).toEqual(['inputs.json', 'manifest.json', 'second.onnx', 'validation']);
    writeFileSync('again/notes.txt', 'mine');
    expect(await failure(onnx(first, { folder: 'again' }), 'export-refused')).toContain('it holds notes.txt');
    mkdirSync('thesis');
    writeFileSync('thesis/thesis.tex', 'mine');
    writeFileSync('thesis/manifest.json', '{"format":"other"}');
    expect(await failure(onnx(first, { folder: 'thesis' }), 'export-refused')).toContain('Give another folder');
    writeFileSync('file', 'mine');
    expect(await failure(onnx(first, { folder: 'file' }), 'export-refused')).toContain('a file is there');
    expect(readdirSync('again')).toHaveLength(5);
    expect(readdirSync('.').filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('refuses names that are not file names', async () => {
    const model = modelOf(network(randomSource(9), 3, []));
    for (const name of ['../up', 'a/b', '.hidden', '', 'a\0b'])
      await expect(onnx(model, { folder: 'n', name })).rejects.toThrow(RangeError);
    expect(existsSync('n')).toBe(false);
  });
});

describe('verification', () => {
  /** A copy whose blueprint is not what predicts. */
  const damaged: readonly (readonly [string, TrainedModel])[] = [
    [
      'one weight changed',
      (() => {
        const good = network(randomSource(10), 6, [[8, 'relu']]);
        const layers = good.layers.map((layer, i) =>
          i === 0 ? { ...layer, weights: layer.weights.with(3, 1.5) } : layer,
        );
        return modelOf({ ...good, layers }, { predict: predictionsOf(good) });
      })(),
    ],
    [
      'one default direction changed',
      (() => {
        const good = forest(randomSource(11), 6, 5, 3);
        const [head, ...rest] = good.trees as [TreeBlueprint, ...TreeBlueprint[]];
        const flipped = { ...head, missingLeft: head.missingLeft.with(0, 1 - (head.missingLeft[0] as number)) };
        return modelOf({ ...good, trees: [flipped, ...rest] }, { predict: predictionsOf(good) });
      })(),
    ],
    [
      'thresholds one float32 step lower',
      (() => {
        const good = forest(randomSource(12), 6, 5, 3);
        const lower = (values: Float32Array) => values.map((value) => value - Math.abs(value) * 2 ** -24);
        const trees = good.trees.map((one) => ({ ...one, threshold: lower(one.threshold) }));
        return modelOf({ ...good, trees }, { predict: predictionsOf(good) });
      })(),
    ],
    [
      'another fill value',
      (() => {
        const good = network(randomSource(13), 6, [[8, 'relu']]);
        return modelOf({ ...good, fill: good.fill.with(0, 2.5) }, { predict: predictionsOf(good) });
      })(),
    ],
    [
      'scores that are NaN here',
      modelOf(network(randomSource(14), 2, []), {
        predict: (events) => Promise.resolve(new Float32Array((events as Float32Array).length / 2).fill(NaN)),
      }),
    ],
  ];

  it.each(damaged)('fails with %s, and leaves nothing on disk', async (_, model) => {
    const before = readdirSync('.', { recursive: true });
    expect(await failure(onnx(model, { folder: 'damaged/one' }), 'verification-failed')).toContain(
      'does not give this model',
    );
    expect(readdirSync('.', { recursive: true }).filter((path) => path !== 'damaged')).toEqual(
      before.filter((path) => path !== 'damaged'),
    );
  });

  it('fails when the file is cut short or one byte of its graph is wrong', async () => {
    const blueprint = network(randomSource(17), 3, [[4, 'relu']]);
    const header = { graphName: 'g', description: '', producerVersion: '0.0.0', metadata: {} };
    const file = onnxModel(blueprint, header);
    const events = new Float32Array(30);
    await expect(runOnnx(file, events, 3)).resolves.toMatchObject({
      tool: expect.stringContaining('onnxruntime-node 1.') as string,
    });
    expect(await failure(runOnnx(file.subarray(0, -20), events, 3), 'verification-failed')).toContain(
      'refuses the exported file',
    );
    const relu = Buffer.from(file).indexOf('Relu');
    await failure(runOnnx(file.with(relu, 0x51), events, 3), 'verification-failed');
  });

  it('keeps the older export when a new one fails', async () => {
    await onnx(modelOf(network(randomSource(15), 2, [])), { folder: 'kept' });
    const bytes = readFileSync('kept/manifest.json', 'utf8');
    await failure(onnx(damaged[4]?.[1] as TrainedModel, { folder: 'kept' }), 'verification-failed');
    expect(readFileSync('kept/manifest.json', 'utf8')).toBe(bytes);
  });

  it('uses at least 1,000 events even when the model brought none', async () => {
    const model = modelOf(network(randomSource(16), 2, []), { referenceEvents: new Float32Array(0) });
    expect((await onnx(model, { folder: 'none' })).verification.events).toBeGreaterThan(1000);
  });
});

describe('the folder of an export', () => {
  it('may be asked for by several exports at the same time: the last one stays, whole', async () => {
    const [, blueprint] = models[0] ?? [];
    if (blueprint === undefined) throw new Error('no model');
    const model = modelOf(blueprint);
    const exports = await Promise.all(['a', 'b', 'c'].map((name) => onnx(model, { folder: 'at-once', name })));
    expect(exports).toHaveLength(3);
    const files = readdirSync('at-once').sort();
    expect(files).toEqual([expect.stringMatching(/^[abc]\.onnx$/), 'inputs.json', 'manifest.json', 'validation']);
    expect(readdirSync('.').filter((name) => name.includes('at-once'))).toEqual(['at-once']);
  });

  it('is asked for in words when it is missing or cannot be made', async () => {
    const [, blueprint] = models[0] ?? [];
    if (blueprint === undefined) throw new Error('no model');
    await expect(onnx(modelOf(blueprint), {} as never)).rejects.toThrow(/needs a folder: exporters\.onnx/);
    writeFileSync('a-file', '');
    expect(await failure(onnx(modelOf(blueprint), { folder: 'a-file/inside' }), 'export-refused')).toMatch(
      /Cannot export to .*a-file.inside/,
    );
  });
});
