import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import { cpp, exportModel, lwtnn, onnx, targets, xgboost, type ExportTarget } from '../src/export/index.ts';
import { evaluateLwtnn } from '../src/export/lwtnn-evaluator.ts';
import type { Activation, ModelBlueprint, TrainedModel, TreeBlueprint } from '../src/models/index.ts';
import { failure, forest, modelOf, network, predictionsOf } from './random-models.ts';

const base = mkdtempSync(join(tmpdir(), 'cygnet-targets-'));
const workingDirectory = process.cwd();
beforeAll(() => process.chdir(base));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  process.chdir(workingDirectory);
  rmSync(base, { recursive: true });
});

const doors = { onnx, cpp, lwtnn, xgboost };
const inLwtnn = (['relu', 'sigmoid', 'tanh', 'elu', 'selu', 'linear'] as const).map((name) => [8, name] as const);
const hidden = (layers: readonly (readonly [number, Activation])[]): [number, Activation][] =>
  layers.map(([size, activation]) => [size, activation]);

const models: { readonly [name: string]: ModelBlueprint } = {
  'a network with relu layers': network(
    randomSource(1),
    28,
    hidden([
      [64, 'relu'],
      [64, 'relu'],
    ]),
  ),
  'a network with every activation': network(randomSource(2), 5, hidden([...inLwtnn, [8, 'softplus']])),
  'a network with what lwtnn has': network(randomSource(2), 5, hidden(inLwtnn)),
  'logistic regression': network(randomSource(3), 3, []),
  'boosted trees': forest(randomSource(5), 28, 200, 4),
  'deep trees on one feature': forest(randomSource(6), 1, 10, 8),
  'a single leaf': forest(randomSource(7), 2, 1, 0),
};

/** ONNX has a matrix of its own, with Python's checker and runtime. */
const matrix = Object.entries(models).flatMap(
  ([name, blueprint]): (readonly [string, ExportTarget, ModelBlueprint])[] =>
    blueprint.kind === 'trees'
      ? [
          [name, 'cpp', blueprint],
          [name, 'xgboost', blueprint],
        ]
      : name === 'a network with every activation'
        ? [[name, 'cpp', blueprint]]
        : [
            [name, 'cpp', blueprint],
            [name, 'lwtnn', blueprint],
          ],
);

describe('an exported file', () => {
  it.each(matrix)('of %s in %s gives the scores of the model', async (name, target, blueprint) => {
    const folder = `${name.replaceAll(' ', '-')}-${target}`;
    const { files, verification } = await doors[target](modelOf(blueprint), { folder, name: 'tagger' });
    const ending = { onnx: '.onnx', cpp: '.hpp', lwtnn: '.lwtnn.json', xgboost: '.xgboost.json' }[target];
    const kept = ['inputs.f32', 'expected.f32', 'shapes.json'].map((file) => `validation/${file}`);
    expect(files).toEqual(
      [`tagger${ending}`, 'inputs.json', ...kept, 'manifest.json'].map((file) => `${folder}/${file}`),
    );
    expect(verification).toMatchObject({ target, passed: true });
    expect(verification.events).toBeGreaterThan(1200);
    expect(verification.maxAbsoluteDifference).toBeLessThanOrEqual(blueprint.kind === 'trees' ? 2e-7 : 2e-6);
    if (target === 'lwtnn') expect(verification.tool).toBe('second evaluator, not lwtnn itself');
  });

  it('says how it is used, and for lwtnn who replaces missing values', () => {
    const read = (folder: string) =>
      JSON.parse(readFileSync(`${folder}/inputs.json`, 'utf8')) as { usage: string; features: unknown[] };
    expect(read('logistic-regression-cpp').usage).toContain('model_tagger::evaluate(features)');
    const { usage, features } = read('logistic-regression-lwtnn');
    expect(usage).toContain('lwt::NanReplacer(config.defaults, lwt::rep::nan)');
    expect(features[0]).toMatchObject({ missing: { treatment: expect.stringContaining('NanReplacer') as string } });
  });
});

describe('the formats of a model', () => {
  const trees = modelOf(forest(randomSource(30), 3, 4, 2));
  const dense = modelOf(network(randomSource(31), 3, [[4, 'relu']]));

  it('are those that can express it', () => {
    expect(targets(trees)).toEqual(['onnx', 'cpp', 'xgboost']);
    expect(targets(dense)).toEqual(['onnx', 'cpp', 'lwtnn']);
  });

  it('refuse the others by naming what can', async () => {
    const toLwtnn = await failure(lwtnn(trees, { folder: 'no' }), 'export-refused');
    expect(toLwtnn).toContain('lwtnn has no trees here. Its targets: onnx, cpp, xgboost.');
    const toXgboost = await failure(exportModel(dense, { target: 'xgboost', folder: 'no' }), 'export-refused');
    expect(toXgboost).toContain('XGBoost has no dense networks here. Its targets: onnx, cpp, lwtnn.');
    const softplus = modelOf(network(randomSource(32), 3, [[4, 'softplus']]));
    expect(await failure(lwtnn(softplus, { folder: 'no' }), 'export-refused')).toContain(
      'Layer 0 has activation "softplus", which lwtnn lacks. Export to "onnx" or "cpp"',
    );
    expect(existsSync('no')).toBe(false);
  });

  it.each(['cpp', 'lwtnn'] as const)('refuse a weight that is no number: %s', async (target) => {
    const good = network(randomSource(33), 3, [[4, 'relu']]);
    const layers = good.layers.map((layer) => ({ ...layer, weights: layer.weights.with(0, NaN) }));
    const message = await failure(doors[target](modelOf({ ...good, layers }), { folder: 'no' }), 'export-refused');
    expect(message).toBe('Layer 0 holds a number that is not finite.');
  });
});

describe('verification', () => {
  const dense = network(randomSource(10), 6, [[8, 'relu']]);
  const grown = forest(randomSource(11), 6, 5, 3);
  const [first, ...others] = grown.trees as [TreeBlueprint, ...TreeBlueprint[]];
  /** Models whose blueprint is not what predicts. */
  const damaged: { readonly [what: string]: TrainedModel } = {
    'one weight changed': modelOf(
      {
        ...dense,
        layers: dense.layers.map((layer, i) => (i ? layer : { ...layer, weights: layer.weights.with(3, 1.5) })),
      },
      { predict: predictionsOf(dense) },
    ),
    'another fill value': modelOf({ ...dense, fill: dense.fill.with(0, 2.5) }, { predict: predictionsOf(dense) }),
    'one default direction changed': modelOf(
      {
        ...grown,
        trees: [{ ...first, missingLeft: first.missingLeft.map((left, i) => (i ? left : 1 - left)) }, ...others],
      },
      { predict: predictionsOf(grown) },
    ),
    'thresholds one step lower': modelOf(
      {
        ...grown,
        trees: grown.trees.map((one) => ({ ...one, threshold: one.threshold.map((t) => t - Math.abs(t) * 2 ** -24) })),
      },
      { predict: predictionsOf(grown) },
    ),
  };
  const cases = Object.entries(damaged).flatMap(([what, model]) =>
    targets(model).map((target) => [what, target, model] as const),
  );

  it.each(cases)('fails with %s in %s, and leaves nothing on disk', async (_, target, model) => {
    const before = readdirSync('.', { recursive: true });
    const message = await failure(doors[target](model, { folder: 'damaged' }), 'verification-failed');
    expect(message).toContain('does not give this model');
    expect(readdirSync('.', { recursive: true })).toEqual(before);
  });

  it('writes no C++ without a compiler, and says how to get one', async () => {
    const model = modelOf(grown);
    vi.stubEnv('CXX', '/no/such/compiler -O2');
    const byVariable = await failure(cpp(model, { folder: 'unverified' }), 'engine-missing');
    expect(byVariable).toContain('CXX is "/no/such/compiler -O2", which does not answer');
    vi.stubEnv('CXX', '');
    vi.stubEnv('PATH', base);
    const message = await failure(cpp(model, { folder: 'unverified' }), 'engine-missing');
    expect(message).toContain('cannot be verified here');
    expect(message).toContain('sudo apt-get install g++');
    expect(existsSync('unverified')).toBe(false);
  });

  it('takes the compiler that CXX names, with its flags', async () => {
    vi.stubEnv('CXX', 'g++ -O2 -ffast-math -pedantic -Wconversion -Wshadow');
    for (const blueprint of [dense, grown])
      expect((await cpp(modelOf(blueprint), { folder: 'fast' })).verification.tool).toContain('g++');
  });

  it('of C++ stops when it is cancelled', async () => {
    const stop = new AbortController();
    const onProgress = (message: string) => (message.startsWith('Comparing') ? setTimeout(() => stop.abort(), 50) : 0);
    const exporting = cpp(modelOf(grown), { folder: 'stopped', signal: stop.signal, onProgress });
    await failure(exporting, 'cancelled');
    expect(existsSync('stopped')).toBe(false);
  });
});

describe('a C++ header', () => {
  it('keeps odd names apart from code', async () => {
    const good = forest(randomSource(12), 3, 3, 2);
    const names = ['a"b\\', '??/\n*/ int x;', 'η_τ'];
    const features = good.features.map((feature, i) => ({ ...feature, name: names[i] as string, unit: '"' }));
    const model = modelOf({ ...good, features }, { name: 'x\\\n"; }\u2028 #error ??/' });
    await cpp(model, { folder: 'odd', name: '2-class+' });
    writeFileSync(
      'names.cpp',
      '#include "odd/2-class+.hpp"\n#include <cstdio>\nint main() { for (auto name : model_2_class::feature_names) std::printf("%s|", name); }\n',
    );
    execFileSync('g++', ['-std=c++17', '-o', 'names', 'names.cpp']);
    expect(execFileSync('./names', { encoding: 'utf8' })).toBe(`${names.join('|')}|`);
  });

  it('is included twice, next to another model, and evaluates in several threads', async () => {
    await cpp(modelOf(forest(randomSource(13), 3, 3, 2)), { folder: 'one', name: 'one' });
    await cpp(modelOf(network(randomSource(14), 3, [[4, 'elu']])), { folder: 'two', name: 'two' });
    const includes = '#include "one/one.hpp"\n#include "two/two.hpp"\n';
    writeFileSync('other.cpp', `${includes}float other(const float* x) { return model_one::evaluate(x); }\n`);
    writeFileSync(
      'main.cpp',
      `${includes}#include <thread>
float other(const float* x);
int main() {
  const float x[3] = {0.1f, 0.2f, 0.3f};
  static_assert(noexcept(model_two::evaluate(x)) && model_two::feature_count == 3);
  const float expected = model_two::evaluate(x);
  bool same = other(x) == model_one::evaluate(x);
  bool equal[2] = {true, true};
  auto work = [&](int i) { for (int n = 0; n < 10000; ++n) equal[i] = equal[i] && model_two::evaluate(x) == expected; };
  std::thread first(work, 0), second(work, 1);
  first.join();
  second.join();
  return same && equal[0] && equal[1] ? 0 : 1;
}
`,
    );
    const flags = ['-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread'];
    execFileSync('g++', [...flags, '-o', 'both', 'main.cpp', 'other.cpp']);
    execFileSync('./both');
  });
});

describe('an lwtnn file', () => {
  const events = new Float32Array(6);
  const names = ['x0', 'x1', 'x2'];

  it('finds its inputs by name, in any order of columns', async () => {
    const blueprint = network(randomSource(15), 3, [[4, 'tanh']]);
    await lwtnn(modelOf(blueprint), { folder: 'named', name: 'tagger' });
    const text = readFileSync('named/tagger.lwtnn.json', 'utf8');
    const inOrder = evaluateLwtnn(text, Float32Array.of(1, 2, 3), names);
    expect(evaluateLwtnn(text, Float32Array.of(3, 1, 2), ['x2', 'x0', 'x1'])).toEqual(inOrder);
    expect(evaluateLwtnn(text, Float32Array.of(3, 1, 2), names)).not.toEqual(inOrder);
  });

  it.each([
    ['is no JSON', (text: string) => text.slice(0, -20), 'is not JSON'],
    [
      'has a weight too few',
      (text: string) => text.replace(/"weights":\[[^,]+,/, '"weights":['),
      '11 weights for 3 inputs',
    ],
    ['asks for another input', (text: string) => text.replace('"x1"', '"y1"'), 'unknown input "y1"'],
    ['has another activation', (text: string) => text.replace('"tanh"', '"swish"'), 'unknown activation "swish"'],
    ['lacks a default', (text: string) => text.replace('"x1":', '"y1":'), 'no number for the default of "x1"'],
  ])('is refused when it %s', (_, damage, message) => {
    const text = readFileSync('named/tagger.lwtnn.json', 'utf8');
    expect(() => evaluateLwtnn(damage(text), events, names)).toThrow(message);
  });
});

describe('an XGBoost file', () => {
  it('has its base in the leaves, one scalar base score, and floats spelled as floats', async () => {
    await xgboost(modelOf(forest(randomSource(16), 3, 4, 0)), { folder: 'leaves', name: 'leaves' });
    const text = readFileSync('leaves/leaves.xgboost.json', 'utf8');
    expect(text).toContain('"base_score":"5E-1"');
    for (const [, list] of text.matchAll(/"(?:split_conditions|base_weights|sum_hessian)":\[([^\]]*)\]/g))
      for (const number of (list as string).split(',')) expect(number).toMatch(/[.E]/);
  });

  it('has siblings side by side, as XGBoost 1.7 expects', async () => {
    await xgboost(modelOf(forest(randomSource(19), 3, 4, 4)), { folder: 'siblings', name: 'siblings' });
    interface Tree {
      left_children: number[];
      right_children: number[];
      parents: number[];
    }
    const file = JSON.parse(readFileSync('siblings/siblings.xgboost.json', 'utf8')) as {
      learner: { gradient_booster: { model: { trees: Tree[] } } };
    };
    for (const { left_children, right_children, parents } of file.learner.gradient_booster.model.trees)
      left_children.forEach((left, node) => {
        expect(right_children[node]).toBe(left === -1 ? -1 : left + 1);
        if (left !== -1) expect([parents[left], parents[left + 1]]).toEqual([node, node]);
      });
  });

  it('is read by Python, by the names of its features', async () => {
    const good = forest(randomSource(17), 3, 30, 3);
    const features = good.features.map((feature, i) => ({ ...feature, name: `jet[${i}]` }));
    const model = modelOf({ ...good, features });
    await xgboost(model, { folder: 'python', name: 'tagger' });
    const program = `import json, numpy, xgboost
b = xgboost.Booster(); b.load_model("python/tagger.xgboost.json")
x = numpy.fromfile("python/validation/inputs.f32", "<f4").reshape(-1, 3)
y = numpy.fromfile("python/validation/expected.f32", "<f4")
p = b.predict(xgboost.DMatrix(x, feature_names=["jet_0_", "jet_1_", "jet_2_"]))
print(json.dumps([len(y), float(abs(p - y).max())]))`;
    const python = join(import.meta.dirname, '..', '..', '..', '.venv', 'bin', 'python');
    const said = JSON.parse(execFileSync(python, ['-c', program], { encoding: 'utf8' })) as [number, number];
    expect(said[0]).toBeGreaterThan(200);
    expect(said[1]).toBeLessThanOrEqual(2e-7);
  });
});

describe('exports in one folder', () => {
  it('replace each other, with what stands below', async () => {
    const model = modelOf(forest(randomSource(18), 3, 4, 2));
    await onnx(model, { folder: 'again', name: 'a' });
    cpSync('again', 'foreign', { recursive: true });
    await xgboost(model, { folder: 'again', name: 'a' });
    expect(readdirSync('again').sort()).toEqual(['a.xgboost.json', 'inputs.json', 'manifest.json', 'validation']);
    writeFileSync('foreign/validation/notes.txt', 'mine');
    expect(await failure(xgboost(model, { folder: 'foreign' }), 'export-refused')).toContain('validation/notes.txt');
  });
});
