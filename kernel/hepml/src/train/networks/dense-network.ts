import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { Activation, Dense } from '../../models/index.ts';
import type { NetworkKind, Tf } from './network.ts';

const widths = (model: Dense, inputs: number): readonly number[] => [inputs, ...model.hidden, 1];

const activate = (tf: Tf, activation: Activation, values: TensorFlowJs.Tensor): TensorFlowJs.Tensor =>
  activation === 'linear' ? values : tf[activation](values);

/** How the training loop sees a dense network: weights and bias of each layer, in turn. */
export const denseNetwork: NetworkKind<Dense> = {
  initialise: (model, inputs, random) => {
    const sizes = widths(model, inputs);
    return sizes.slice(1).flatMap((outputs, layer) => {
      const fanIn = sizes[layer] as number;
      const isRectified = model.activation === 'relu' && layer < model.hidden.length;
      const draw = isRectified
        ? () => Math.sqrt(2 / fanIn) * random.normal()
        : () => Math.sqrt(6 / (fanIn + outputs)) * (2 * random.uniform() - 1);
      return [
        { shape: [fanIn, outputs], values: Float32Array.from({ length: fanIn * outputs }, draw) },
        { shape: [outputs], values: new Float32Array(outputs) },
      ];
    });
  },
  logits: (tf, model, weights, inputs, dropoutSeed) => {
    let values: TensorFlowJs.Tensor = inputs;
    const layers = weights.length / 2;
    for (let layer = 0; layer < layers; layer++) {
      values = tf
        .matMul(values, weights[2 * layer] as TensorFlowJs.Tensor)
        .add(weights[2 * layer + 1] as TensorFlowJs.Tensor);
      if (layer === layers - 1) break;
      values = activate(tf, model.activation, values);
      if (dropoutSeed !== undefined && model.dropout > 0) {
        values = tf.dropout(values, model.dropout, undefined, dropoutSeed + layer);
      }
    }
    return values.reshape([-1]);
  },
  layers: (model, inputs, weights) => {
    const sizes = widths(model, inputs);
    return sizes.slice(1).map((outputs, layer) => ({
      inputs: sizes[layer] as number,
      outputs,
      weights: weights[2 * layer] as Float32Array,
      bias: weights[2 * layer + 1] as Float32Array,
      activation: layer === model.hidden.length ? 'sigmoid' : model.activation,
    }));
  },
};
