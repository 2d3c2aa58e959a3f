import type {
  Activation,
  DenseBlueprint,
  DenseLayer,
  ModelBlueprint,
  TreeBlueprint,
  TreesBlueprint,
} from './blueprint.ts';

const f = Math.fround;

/** exp overflows float32 above 88.7. */
const sigmoid = (x: number): number => f(1 / f(1 + f(Math.exp(Math.min(-x, 88.7)))));

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

const activations: { readonly [name in Activation]: (x: number) => number } = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  sigmoid,
  tanh: Math.tanh,
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

const leafValue = (tree: TreeBlueprint, events: Float32Array, start: number): number => {
  let node = 0;
  while (tree.left[node] !== -1) {
    const value = events[start + (tree.feature[node] as number)] as number;
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value < (tree.threshold[node] as number);
    node = (goesLeft ? tree.left[node] : tree.right[node]) as number;
  }
  return tree.value[node] as number;
};

const treesScore = (model: TreesBlueprint, events: Float32Array, start: number): number =>
  sigmoid(model.trees.reduce((margin, tree) => f(margin + leafValue(tree, events, start)), model.baseMargin));

const applyLayer = (inputs: Float32Array, layer: DenseLayer): Float32Array =>
  layer.bias.map((bias, output) => {
    let sum = 0;
    for (let input = 0; input < layer.inputs; input++) {
      sum = f(sum + f((inputs[input] as number) * (layer.weights[input * layer.outputs + output] as number)));
    }
    return activations[layer.activation](f(sum + bias));
  });

const denseScore = (model: DenseBlueprint, events: Float32Array, start: number): number => {
  const inputs = model.mean.map((mean, column) => {
    const value = events[start + column] as number;
    const known = Number.isNaN(value) ? (model.fill[column] as number) : value;
    return f(known - mean) * (model.inverseScale[column] as number);
  });
  return model.layers.reduce(applyLayer, inputs)[0] as number;
};

/**
 * Signal probabilities of events straight from a blueprint, in float32 and without any engine: slow, but what the
 * numbers mean. An exporter's file is compared with it.
 *
 * @param events Row-major, events x features of the blueprint.
 */
export const evaluateBlueprint = (model: ModelBlueprint, events: Float32Array): Float32Array => {
  const width = model.features.length;
  const score = model.kind === 'trees' ? treesScore.bind(null, model) : denseScore.bind(null, model);
  return Float32Array.from({ length: events.length / width }, (_, event) => score(events, event * width));
};
