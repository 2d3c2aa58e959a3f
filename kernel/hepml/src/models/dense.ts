import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { Activation } from './blueprint.ts';
import type { NetworkKind, Tf } from './network.ts';
import { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';

/** Options of {@link dense}; each has a default. */
export interface DenseOptions {
  /** Units of each hidden layer. Default `[64, 64]`. */
  readonly hidden?: readonly number[];
  /** Activation of the hidden layers. Default `elu` (Clevert et al., arXiv 1511.07289). */
  readonly activation?: Activation;
  /** Fraction of hidden units dropped at each training step, in [0, 1). Default 0.1. */
  readonly dropout?: number;
  /** Shift and scale inputs to mean 0 and deviation 1, as found on the training sample. Default true. */
  readonly standardise?: boolean;
}

/** Describes a dense network; {@link dense} makes it, `train` fits it. */
export interface Dense extends Required<DenseOptions> {
  readonly kind: 'dense network';
}

const activations: readonly Activation[] = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus'];

/**
 * A fully connected feed-forward network with one logit, trained on cross entropy with Adam (D. Kingma and J. Ba,
 * arXiv 1412.6980). Weights start from He's normal distribution behind `relu` (arXiv 1502.01852), else from Glorot's
 * uniform one (Glorot and Bengio, AISTATS 2010); dropout as in Srivastava et al., JMLR 15 (2014) 1929.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const dnn = await train(models.dense({ hidden: [128, 64], dropout: 0.2 }), table, { epochs: 20 });
 */
export const dense = (options: DenseOptions = {}): Dense => {
  const owner = 'models.dense';
  checkKnownOptions(owner, options, ['hidden', 'activation', 'dropout', 'standardise']);
  const { hidden = [64, 64], activation = 'elu', dropout = 0.1, standardise = true } = options;
  if (!Array.isArray(hidden)) {
    throw new TypeError(`${owner}: option "hidden" must list the units of each hidden layer, for example [64, 64].`);
  }
  hidden.forEach((units: unknown, layer) =>
    checkNumber(owner, `hidden[${layer}]`, units, { min: 1, max: 65_536, integer: true }),
  );
  checkChoice(owner, 'activation', activation, activations);
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  if (typeof standardise !== 'boolean') throw new TypeError(`${owner}: option "standardise" must be true or false.`);
  return { kind: 'dense network', hidden: [...(hidden as readonly number[])], activation, dropout, standardise };
};

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
