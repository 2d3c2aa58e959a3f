import type { Activation } from './blueprint.ts';
import { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';

/** Options of {@link dense}; each has a default. */
export interface DenseOptions {
  /** Units of each hidden layer; `[]` is logistic regression. Default `[64, 64]`. */
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
