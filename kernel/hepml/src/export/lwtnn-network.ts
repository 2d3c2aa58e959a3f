import { CygnetError } from '@cygnet/columns';
import type { Activation, DenseBlueprint, DenseLayer, TrainedModel } from '../models/index.ts';
import { cygnetVersion } from '../track/index.ts';
import { signalLayers } from './network-checks.ts';

type LwtnnLayer =
  | {
      readonly architecture: 'dense';
      readonly activation: string | { readonly function: string; readonly alpha: number };
      readonly weights: readonly number[];
      readonly bias: readonly number[];
    }
  | { readonly architecture: 'normalization'; readonly weights: readonly number[]; readonly bias: readonly number[] };

/** Scaled exponential unit (Klambauer et al., arXiv 1706.02515): `scale * elu(x, alpha)`. */
const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

const activations: { readonly [name in Activation]?: string | { readonly function: string; readonly alpha: number } } =
  {
    linear: 'linear',
    relu: 'rectified',
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    elu: { function: 'elu', alpha: 1 },
    selu: { function: 'elu', alpha: selu.alpha },
  };

/** lwtnn keeps weights by output, then input. */
const transposed = ({ inputs, outputs, weights }: DenseLayer): number[] =>
  Array.from(
    { length: inputs * outputs },
    (_, i) => weights[(i % inputs) * outputs + Math.floor(i / inputs)] as number,
  );

const lwtnnLayers = (layer: DenseLayer, index: number): readonly LwtnnLayer[] => {
  const activation = activations[layer.activation];
  if (activation === undefined)
    throw new CygnetError(
      'export-refused',
      `Layer ${index} has activation "${layer.activation}", which lwtnn lacks. Export to "onnx" or "cpp", or train with ` +
        `one of: ${Object.keys(activations).join(', ')}.`,
    );
  const dense = { architecture: 'dense', activation, weights: transposed(layer), bias: [...layer.bias] } as const;
  if (layer.activation !== 'selu') return [dense];
  const [weights, bias] = [selu.scale, 0].map((value) => Array.from({ length: layer.outputs }, () => value));
  return [dense, { architecture: 'normalization', weights: weights ?? [], bias: bias ?? [] }];
};

/**
 * A network in lwtnn's sequential form: inputs by name with `(x + offset) * scale`, defaults for missing values,
 * then layers `activation(W x + b)` and normalizations `w * (x + b)`.
 * @throws CygnetError `export-refused` for an activation that lwtnn lacks.
 */
export const lwtnnNetwork = (blueprint: DenseBlueprint, model: Pick<TrainedModel, 'name' | 'provenance'>): unknown => {
  const { features, fill, mean, inverseScale } = blueprint;
  const names = features.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new CygnetError('export-refused', `lwtnn takes inputs by name, and "${twice}" is the name of two of them.`);
  return {
    inputs: names.map((name, i) => ({
      name,
      offset: -(mean[i] as number),
      scale: inverseScale[i],
    })),
    defaults: Object.fromEntries(names.map((name, i) => [name, fill[i]])),
    layers: signalLayers(blueprint).flatMap(lwtnnLayers),
    outputs: ['signal'],
    miscellaneous: {
      model: model.name,
      producer: `cygnet ${cygnetVersion}`,
      trained: model.provenance.trainedAt,
      missing_values: 'lwt::NanReplacer(config.defaults, lwt::rep::nan)',
    },
  };
};
