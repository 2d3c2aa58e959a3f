import type { Tensor2D } from '@tensorflow/tfjs';
import type { Dense } from '../../models/index.ts';
import { applyLayers, initialiseLayers } from './dense-layers.ts';
import type { NetworkFrame, NetworkKind } from './network.ts';

const widths = (model: Dense, { inputShape, outputs }: NetworkFrame): readonly number[] => [
  inputShape[0] as number,
  ...model.hidden,
  outputs,
];

/** How the training loop sees a dense network: weights and bias of each layer, in turn. */
export const denseNetwork: NetworkKind<Dense> = {
  layout: () => ({ kind: 'features' }),
  initialise: (model, frame, random) => initialiseLayers(widths(model, frame), model.activation, random),
  outputs: (tf, { activation, dropout }, weights, inputs, _, dropoutSeed) =>
    applyLayers(tf, weights, inputs, { activation, dropout, dropoutSeed }) as Tensor2D,
  layers: (model, frame, weights) => {
    const sizes = widths(model, frame);
    return sizes.slice(1).map((outputs, layer) => ({
      inputs: sizes[layer] as number,
      outputs,
      weights: weights[2 * layer] as Float32Array,
      bias: weights[2 * layer + 1] as Float32Array,
      activation: layer === model.hidden.length ? 'linear' : model.activation,
    }));
  },
};
