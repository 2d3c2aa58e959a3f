import { CygnetError } from '@cygnet/columns';
import type {
  Activation,
  DenseBlueprint,
  InputFeature,
  Link,
  ModelBlueprint,
  TreesBlueprint,
} from '../models/index.ts';
import { OnnxGraph, type OnnxHeader } from './onnx-graph.ts';

/** Names at the rim of every ONNX file that we write. */
export const onnxInput = 'features';
export const onnxOutput = 'output';

const operators: { readonly [name in Activation]: string | null } = {
  linear: null,
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  elu: 'Elu',
  selu: 'Selu',
  softplus: 'Softplus',
};

/**
 * A model as an ONNX file: one float tensor `features` [N, k] in, one float tensor `output` [N, m] out: the signal
 * probability (m = 1), the class probabilities, or what a regression predicts. N is chosen when the model runs. Preprocessing and missing values (NaN) are inside.
 * @throws CygnetError `export-refused` for a model that ONNX or its runtimes cannot express, naming the part.
 */
export const onnxModel = (blueprint: ModelBlueprint, header: OnnxHeader): Uint8Array => {
  const graph = new OnnxGraph();
  if (blueprint.features.length === 0) throw new CygnetError('export-refused', 'The model has no input features.');
  if (blueprint.kind === 'dense') addNetwork(graph, blueprint);
  else addTrees(graph, blueprint);
  const list = blueprint.features.map((feature, i) => `${i}: ${labelOf(feature)}`).join(', ');
  return graph.encode(
    { name: onnxInput, shape: ['N', blueprint.features.length], description: `One event a row. Columns: ${list}` },
    { name: onnxOutput, shape: ['N', blueprint.outputs.length], description: outputDescription(blueprint) },
    header,
  );
};

const outputDescription = ({ link, outputs }: ModelBlueprint): string => {
  if (link === 'sigmoid') return 'Signal probability in [0, 1]';
  const columns = outputs.map((name, i) => `${i}: ${name}`).join(', ');
  return `${link === 'softmax' ? 'Probability of each class in [0, 1]' : 'Predictions'}. Columns: ${columns}`;
};

/** The link as nodes between the raw outputs, which an earlier node gives under this name, and the file's output. */
const addLink = (graph: OnnxGraph, link: Link, raw: string): void => {
  const mask = (name: string, first: number, second: number): string =>
    graph.constant(name, [2], Float32Array.of(first, second));
  switch (link) {
    case 'identity':
      graph.node('Identity', [raw], onnxOutput);
      return;
    case 'sigmoid':
      graph.node('Sigmoid', [raw], onnxOutput);
      return;
    case 'softmax':
      graph.node('Softmax', [raw], onnxOutput, { axis: { int: 1 } });
      return;
    case 'mean-and-sigma': {
      const mean = graph.node('Mul', [raw, mask('mean_only', 1, 0)], 'mean_part');
      const logarithm = graph.node('Mul', [raw, mask('sigma_only', 0, 1)], 'log_sigma');
      const exponential = graph.node('Exp', [logarithm], 'exponential');
      graph.node('Add', [mean, graph.node('Mul', [exponential, 'sigma_only'], 'sigma_part')], onnxOutput);
    }
  }
};

const labelOf = ({ name, unit }: InputFeature): string => (unit ? `${name} [${unit}]` : name);

const addNetwork = (graph: OnnxGraph, blueprint: DenseBlueprint): void => {
  const { features, fill, mean, inverseScale, layers, link } = blueprint;
  const width = features.length;
  checkNetwork(width, blueprint);
  const isMissing = graph.node('IsNaN', [onnxInput], 'is_missing');
  const filled = graph.node('Where', [isMissing, graph.constant('fill', [width], fill), onnxInput], 'filled');
  const centred = graph.node('Sub', [filled, graph.constant('mean', [width], mean)], 'centred');
  let values = graph.node('Mul', [centred, graph.constant('inverse_scale', [width], inverseScale)], 'standardised');
  layers.forEach((layer, i) => {
    const operator = operators[layer.activation];
    const weights = graph.constant(`weights_${i}`, [layer.inputs, layer.outputs], layer.weights);
    const bias = graph.constant(`bias_${i}`, [layer.outputs], layer.bias);
    values = graph.node('Gemm', [values, weights, bias], `layer_${i}`);
    if (operator) values = graph.node(operator, [values], `${layer.activation}_${i}`);
  });
  addLink(graph, link, values);
};

const checkNetwork = (width: number, { layers, outputs }: DenseBlueprint): void => {
  let inputs = width;
  layers.forEach((layer, i) => {
    if (!(layer.activation in operators))
      throw new CygnetError(
        'export-refused',
        `Layer ${i} has activation "${layer.activation}", which has no ONNX operator.`,
      );
    if (
      layer.inputs !== inputs ||
      layer.weights.length !== inputs * layer.outputs ||
      layer.bias.length !== layer.outputs
    )
      throw new CygnetError(
        'export-refused',
        `Layer ${i} takes ${layer.inputs} inputs with ${layer.weights.length} weights and ${layer.bias.length} biases; ` +
          `${inputs} values come in and ${layer.outputs} go out.`,
      );
    inputs = layer.outputs;
  });
  const last = layers.at(-1);
  if (last?.outputs !== outputs.length || last.activation !== 'linear')
    throw new CygnetError(
      'export-refused',
      `The last layer must be linear and give ${outputs.length} numbers, one an output.`,
    );
};

/** `TreeEnsembleRegressor` of ai.onnx.ml: arrays over all nodes of all trees, and over all leaves. */
const addTrees = (graph: OnnxGraph, { trees, outputs, baseMargins, link }: TreesBlueprint): void => {
  if (trees.length === 0) throw new CygnetError('export-refused', 'The model has no trees.');
  const nodes = trees.flatMap((tree, treeId) =>
    Array.from(tree.left, (left, node) => ({ tree, treeId, node, left, isLeaf: left === -1 })),
  );
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const overNodes = (value: (node: (typeof nodes)[number]) => number | undefined): number[] =>
    nodes.map((node) => (node.isLeaf ? 0 : (value(node) as number)));
  const margin = graph.node(
    'TreeEnsembleRegressor',
    [onnxInput],
    'margin',
    {
      n_targets: { int: outputs.length },
      aggregate_function: { string: 'SUM' },
      post_transform: { string: 'NONE' },
      base_values: { floats: baseMargins },
      nodes_treeids: { ints: nodes.map(({ treeId }) => treeId) },
      nodes_nodeids: { ints: nodes.map(({ node }) => node) },
      nodes_modes: { strings: nodes.map(({ isLeaf }) => (isLeaf ? 'LEAF' : 'BRANCH_LT')) },
      nodes_featureids: { ints: overNodes(({ tree, node }) => tree.feature[node]) },
      nodes_values: { floats: overNodes(({ tree, node }) => tree.threshold[node]) },
      nodes_truenodeids: { ints: overNodes(({ left }) => left) },
      nodes_falsenodeids: { ints: overNodes(({ tree, node }) => tree.right[node]) },
      nodes_missing_value_tracks_true: { ints: overNodes(({ tree, node }) => tree.missingLeft[node]) },
      target_treeids: { ints: leaves.map(({ treeId }) => treeId) },
      target_nodeids: { ints: leaves.map(({ node }) => node) },
      target_ids: { ints: leaves.map(({ tree }) => tree.output) },
      target_weights: { floats: leaves.map(({ tree, node }) => tree.value[node] as number) },
    },
    'ai.onnx.ml',
  );
  addLink(graph, link, margin);
};
