import type {
  Activation,
  DenseBlueprint,
  DenseLayer,
  Link,
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

const treesMargins = (model: TreesBlueprint, events: Float32Array, start: number): Float32Array => {
  const margins = Float32Array.from(model.baseMargins);
  for (const tree of model.trees)
    margins[tree.output] = f((margins[tree.output] as number) + leafValue(tree, events, start));
  return margins;
};

const applyLayer = (inputs: Float32Array, layer: DenseLayer): Float32Array =>
  layer.bias.map((bias, output) => {
    let sum = 0;
    for (let input = 0; input < layer.inputs; input++) {
      sum = f(sum + f((inputs[input] as number) * (layer.weights[input * layer.outputs + output] as number)));
    }
    return activations[layer.activation](f(sum + bias));
  });

const denseMargins = (model: DenseBlueprint, events: Float32Array, start: number): Float32Array => {
  const inputs = model.mean.map((mean, column) => {
    const value = events[start + column] as number;
    const known = Number.isNaN(value) ? (model.fill[column] as number) : value;
    return f(known - mean) * (model.inverseScale[column] as number);
  });
  return model.layers.reduce(applyLayer, inputs);
};

/** @returns The same array, changed. */
const applySoftmax = (values: Float32Array): Float32Array => {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = values.reduce((all, value, i) => f(all + (values[i] = f(Math.exp(f(value - largest))))), 0);
  values.forEach((value, i) => (values[i] = f(value / sum)));
  return values;
};

const links: { readonly [name in Link]: (raw: Float32Array) => Float32Array } = {
  identity: (raw) => raw,
  sigmoid: (raw) => raw.map(sigmoid),
  softmax: applySoftmax,
  'mean-and-sigma': (raw) => raw.map((value, i) => (i === 1 ? Math.exp(value) : value)),
};

/**
 * Predictions for events straight from a blueprint, in float32 and without any engine: slow, but what the numbers
 * mean. An exporter's file is compared with it.
 *
 * @param events Row-major, events x features of the blueprint.
 * @returns Row-major, events x outputs of the blueprint.
 */
export const evaluateBlueprint = (model: ModelBlueprint, events: Float32Array): Float32Array => {
  const width = model.features.length;
  const margins = model.kind === 'trees' ? treesMargins.bind(null, model) : denseMargins.bind(null, model);
  const count = events.length / width;
  const results = new Float32Array(count * model.outputs.length);
  for (let event = 0; event < count; event++)
    results.set(links[model.link](margins(events, event * width)), event * model.outputs.length);
  return results;
};
