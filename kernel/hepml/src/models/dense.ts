import { activationNames } from './activations.ts';
import type { Activation } from './blueprint.ts';
import { checkBoolean, checkUnits } from './layer-options.ts';
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
  const units = checkUnits(owner, 'hidden', hidden);
  checkChoice(owner, 'activation', activation, activationNames);
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  checkBoolean(owner, 'standardise', standardise);
  return { kind: 'dense network', hidden: units, activation, dropout, standardise };
};
