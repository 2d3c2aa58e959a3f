import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { RandomSource } from '../../data/index.ts';
import type { Activation } from '../../models/index.ts';
import type { NetworkParameter, Tf } from './network.ts';

export const activate = (tf: Tf, activation: Activation, values: TensorFlowJs.Tensor): TensorFlowJs.Tensor =>
  activation === 'linear' ? values : tf[activation](values);

/** Initial weights of one layer: He's normal distribution behind `relu`, else Glorot's uniform one. */
export const initialWeights = (
  shape: readonly number[],
  fan: { readonly inputs: number; readonly outputs: number },
  isRectified: boolean,
  random: RandomSource,
): NetworkParameter => {
  const draw = isRectified
    ? () => Math.sqrt(2 / fan.inputs) * random.normal()
    : () => Math.sqrt(6 / (fan.inputs + fan.outputs)) * (2 * random.uniform() - 1);
  return { shape, values: Float32Array.from({ length: shape.reduce((all, size) => all * size, 1) }, draw) };
};

export const zeroBias = (outputs: number): NetworkParameter => ({
  shape: [outputs],
  values: new Float32Array(outputs),
});

/** Weights and bias of each layer between consecutive sizes, in turn. The last layer counts as linear. */
export const initialiseLayers = (
  sizes: readonly number[],
  activation: Activation,
  random: RandomSource,
  options: { readonly isLastActivated?: boolean } = {},
): readonly NetworkParameter[] =>
  sizes.slice(1).flatMap((outputs, layer) => {
    const inputs = sizes[layer] as number;
    const isActivated = options.isLastActivated === true || layer < sizes.length - 2;
    return [
      initialWeights([inputs, outputs], { inputs, outputs }, activation === 'relu' && isActivated, random),
      zeroBias(outputs),
    ];
  });

/** How {@link applyLayers} runs. */
export interface LayerRun {
  readonly activation: Activation;
  /** Whether the last layer is activated (and dropped) like the others. Default false. */
  readonly isLastActivated?: boolean;
  readonly dropout?: number;
  /** Given while training only. */
  readonly dropoutSeed?: number | undefined;
}

/** Dense layers over the last axis of events x features. */
export const applyLayers = (
  tf: Tf,
  weights: readonly TensorFlowJs.Tensor[],
  inputs: TensorFlowJs.Tensor,
  { activation, isLastActivated = false, dropout = 0, dropoutSeed }: LayerRun,
): TensorFlowJs.Tensor => {
  let values = inputs;
  const layers = weights.length / 2;
  for (let layer = 0; layer < layers; layer++) {
    values = tf
      .matMul(values, weights[2 * layer] as TensorFlowJs.Tensor)
      .add(weights[2 * layer + 1] as TensorFlowJs.Tensor);
    if (layer === layers - 1 && !isLastActivated) break;
    values = activate(tf, activation, values);
    if (dropoutSeed !== undefined && dropout > 0) values = tf.dropout(values, dropout, undefined, dropoutSeed + layer);
  }
  return values;
};
