import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { displaySymbol, isRocPlot, isTrainingProgress, rocPlotMime, trainingMime } from '@cygnet/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exporters, metrics, models, plots, Table, train } from '../src/index.ts';
import { randomSource } from '../src/data/index.ts';

const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cygnet-trained-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two Gaussians per class in `x` and `y`, one value in twenty missing, event weights. */
const events = (seed: number, length: number): Table => {
  const random = randomSource(seed);
  const isSignal = Uint8Array.from({ length }, () => Number(random.uniform() < 0.5));
  const column = (shift: number) =>
    Float32Array.from(isSignal, (label) => (random.uniform() < 0.05 ? NaN : random.normal() + shift * label));
  const weight = Float64Array.from({ length }, () => 0.5 + random.uniform());
  const options = { name: 'toy', label: 'isSignal', weight: 'weight', units: { x: 'GeV' } };
  return Table.from({ x: column(1), y: column(-0.5), z: column(0), isSignal, weight }, options);
};

describe.each([
  ['boosted trees', models.boostedTrees({ trees: 30, maxDepth: 3 }), { seed: 1 }],
  ['a dense network', models.dense({ hidden: [16, 16] }), { seed: 1, epochs: 3 }],
] as const)('%s, trained here', (kind, description, options) => {
  const test = events(2, 3000);
  let model: Awaited<ReturnType<typeof train>>;
  beforeAll(async () => {
    model = await train(description, events(1, 4000), { name: kind, validation: test, ...options });
  });
  afterAll(() => model.dispose());

  it('get from our metrics the AUC that scikit-learn finds, to 1e-12', async () => {
    const sample = await metrics.scores(model, test);
    const ours = await metrics.roc(model, test);
    const path = join(folder, 'sample.json');
    const plain = { labels: [...sample.labels], scores: [...sample.scores], weights: [...sample.weights] };
    writeFileSync(path, JSON.stringify(plain));
    const theirs = Number(execFileSync(python, [here('sklearn_oracle.py'), path], { encoding: 'utf8' }));
    expect(ours.auc).toBeGreaterThan(0.7);
    expect(Math.abs(ours.auc - theirs)).toBeLessThan(1e-12);
  });

  it('show themselves as plots', async () => {
    const roc = plots.roc([{ name: model.name, curve: await metrics.roc(model, test) }]);
    expect(isRocPlot(roc[displaySymbol]()[rocPlotMime])).toBe(true);
    expect(isTrainingProgress(plots.training(model.history)[displaySymbol]()[trainingMime])).toBe(true);
  });

  it('come out of each of their formats as they are', async () => {
    for (const target of exporters.targets(model)) {
      const place = join(folder, `${kind.replaceAll(' ', '-')}-${target}`);
      const { verification } = await exporters[target](model, { folder: place, name: 'toy' });
      expect(verification.maxAbsoluteDifference).toBeLessThanOrEqual(kind === 'boosted trees' ? 2e-7 : 2e-6);
      expect((await exporters.verify(place, { compile: true })).ok).toBe(true);
    }
  });

  it('score in Python, through ONNX, what they score here', async () => {
    const place = join(folder, kind.replaceAll(' ', '-'));
    const exported = await exporters.onnx(model, { folder: place, name: 'toy' });
    expect(exported.verification.maxAbsoluteDifference).toBeLessThanOrEqual(2e-6);
    const [values, scores] = [test.matrix(model.features), await model.predict(test)];
    writeFileSync(join(folder, 'events.f32'), values);
    writeFileSync(join(folder, 'scores.f32'), scores);
    const files = [join(place, 'toy.onnx'), join(folder, 'events.f32'), join(folder, 'scores.f32')];
    const said = JSON.parse(execFileSync(python, [here('onnx_oracle.py'), ...files], { encoding: 'utf8' })) as {
      maxDifference: number;
      metadata: { features: string; units: string };
    };
    expect(said.maxDifference).toBeLessThan(2e-6);
    expect(JSON.parse(said.metadata.features)).toEqual(['x', 'y', 'z']);
    expect(JSON.parse(said.metadata.units)).toEqual(['GeV', '', '']);
    const manifest = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8')) as { provenance: unknown };
    expect(manifest.provenance).toEqual(JSON.parse(JSON.stringify(model.provenance)));
  });
});
