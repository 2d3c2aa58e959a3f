import { exampleTrainingProgress } from '@cygnet/contract';
import { isCygnetError, type CygnetErrorKind } from '@cygnet/columns';
import { randomSource, type RandomSource } from '../src/data/index.ts';
import {
  evaluateBlueprint,
  type Activation,
  type DenseBlueprint,
  type InputFeature,
  type ModelBlueprint,
  type TrainedModel,
  type TreeBlueprint,
  type TreesBlueprint,
} from '../src/models/index.ts';

const features = (count: number): InputFeature[] =>
  Array.from({ length: count }, (_, i) => ({ name: `x${i}`, unit: i % 2 ? '' : 'GeV', min: -3 - i, max: 3 + i }));

/** A random network; the last layer comes by itself. */
export const network = (
  random: RandomSource,
  width: number,
  hidden: readonly [number, Activation][],
): DenseBlueprint => {
  const normals = (length: number, scale = 1) => Float32Array.from({ length }, () => scale * random.normal());
  const sizes = [...hidden, [1, 'linear'] as const];
  return {
    kind: 'dense',
    features: features(width),
    outputs: ['signal'],
    link: 'sigmoid',
    fill: normals(width),
    mean: normals(width),
    inverseScale: normals(width).map((value) => 0.5 + Math.abs(value)),
    layers: sizes.map(([outputs, activation], i) => {
      const inputs = sizes[i - 1]?.[0] ?? width;
      return {
        ...{ inputs, outputs, activation },
        weights: normals(inputs * outputs, 1 / Math.sqrt(inputs)),
        bias: normals(outputs, 0.3),
      };
    }),
  };
};

/** A complete tree of the given depth; depth 0 is a single leaf. */
const tree = (random: RandomSource, width: number, depth: number): TreeBlueprint => {
  const inner = 2 ** depth - 1;
  const nodes = 2 ** (depth + 1) - 1;
  const of = (value: (node: number) => number) => Array.from({ length: nodes }, (_, node) => value(node));
  return {
    output: 0,
    left: Int32Array.from(of((node) => (node < inner ? 2 * node + 1 : -1))),
    right: Int32Array.from(of((node) => (node < inner ? 2 * node + 2 : -1))),
    feature: Int32Array.from(of((node) => (node < inner ? random.below(width) : 0))),
    threshold: Float32Array.from(of((node) => (node < inner ? random.normal() : 0))),
    missingLeft: Uint8Array.from(of((node) => (node < inner ? random.below(2) : 0))),
    value: Float32Array.from(of((node) => (node < inner ? 0 : 0.2 * random.normal()))),
  };
};

/** Random trees, every seventh a single leaf. */
export const forest = (random: RandomSource, width: number, trees: number, depth: number): TreesBlueprint => ({
  kind: 'trees',
  features: features(width),
  trees: Array.from({ length: trees }, (_, i) => tree(random, width, i % 7 === 6 ? 0 : depth)),
  outputs: ['signal'],
  link: 'sigmoid',
  baseMargins: [Math.fround(-0.37)],
});

/** A model around a blueprint, evaluated in plain TypeScript. */
export const modelOf = (blueprint: ModelBlueprint, change: Partial<TrainedModel> = {}): TrainedModel => {
  const random = randomSource(99);
  const kind = blueprint.kind === 'dense' ? 'dense network' : 'boosted trees';
  const names = blueprint.features.map(({ name }) => name);
  const trainedAt = '2026-01-01T00:00:00.000Z';
  return {
    id: 'model-1',
    name: 'Higgs / trees <1>',
    kind,
    features: names,
    task: { kind: 'signal' },
    outputs: ['signal'],
    blueprintKind: blueprint.kind,
    engine: { name: 'wasm', device: 'CPU', library: 'none' },
    history: exampleTrainingProgress,
    provenance: {
      ...{ trainedAt, seed: 1, parameters: {}, trainingEvents: 300, validationEvents: 100 },
      ...{ dataSha256: 'ab', versions: { cygnet: '0.1.0' } },
    },
    referenceEvents: Float32Array.from({ length: 300 * names.length }, () => random.normal()),
    summary: {
      id: 'model-1',
      name: 'n',
      kind,
      engine: 'none',
      features: names,
      trainedAt,
      metrics: {},
      targets: ['onnx'],
    },
    predict: predictionsOf(blueprint),
    predictTable: () => Promise.reject(new Error('not asked for in these tests')),
    blueprint: () => Promise.resolve(blueprint),
    dispose: () => undefined,
    ...change,
  };
};

/** What a model with this blueprint predicts. */
export const predictionsOf = (blueprint: ModelBlueprint) => (events: unknown) =>
  Promise.resolve(evaluateBlueprint(blueprint, events as Float32Array));

/** The message of the error of a kind that a promise ends in. */
export const failure = async (promise: Promise<unknown>, kind: CygnetErrorKind): Promise<string> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isCygnetError(error, kind)) throw new Error(`expected ${kind}, got ${String(error)}`);
  return error.message;
};
