import { activationNames } from './activations.ts';
import type { Activation } from './blueprint.ts';
import { checkBoolean, checkUnits } from './layer-options.ts';
import { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';

/** Options of {@link deepSets}; each has a default. */
export interface DeepSetsOptions {
  /** Units of the layers that see each particle by itself; the last ones are summed over the particles. Default `[64, 64, 64]`. */
  readonly phi?: readonly number[];
  /** Units of the layers that see the sums. Default `[64, 64]`. */
  readonly rho?: readonly number[];
  /** Default `elu`; the paper has `relu`, which needs many more steps on small samples. */
  readonly activation?: Activation;
  /** Fraction of the units of `rho` dropped at each training step, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** Of events with more particles the first ones count: sort them before. Default: as many as there are. */
  readonly maxParticles?: number;
  /** Shift and scale each feature to mean 0 and deviation 1, as found on the training sample's particles. Default true. */
  readonly standardise?: boolean;
}

/** Describes a Deep Sets network; {@link deepSets} makes it, `train` fits it. */
export interface DeepSets extends Required<Omit<DeepSetsOptions, 'maxParticles'>> {
  readonly kind: 'particle flow network';
  readonly maxParticles?: number;
}

/** Checks what the two kinds of network of the paper share. */
export const deepSetsOptions = (owner: string, options: DeepSetsOptions): Omit<DeepSets, 'kind'> => {
  const { phi = [64, 64, 64], rho = [64, 64], activation = 'elu', dropout = 0, standardise = true } = options;
  const { maxParticles } = options;
  checkChoice(owner, 'activation', activation, activationNames);
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  if (maxParticles !== undefined) checkNumber(owner, 'maxParticles', maxParticles, { min: 1, integer: true });
  return {
    phi: checkUnits(owner, 'phi', phi, 1),
    rho: checkUnits(owner, 'rho', rho),
    activation,
    dropout,
    standardise: checkBoolean(owner, 'standardise', standardise),
    ...(maxParticles === undefined ? {} : { maxParticles }),
  };
};

/**
 * Deep Sets for jets, the particle flow network (PFN): `rho(sum over particles of phi(particle))`, which is any function of a set that does
 * not depend on the order (P. Komiske, E. Metodiev, J. Thaler, arXiv 1810.05165; M. Zaheer et al., arXiv 1703.06114).
 * Features are columns with a list of numbers an event, one for each particle.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const pfn = await train(models.deepSets(), jets, { features: ['pt', 'deta', 'dphi'], epochs: 20 });
 */
export const deepSets = (options: DeepSetsOptions = {}): DeepSets => {
  const owner = 'models.deepSets';
  checkKnownOptions(owner, options, ['phi', 'rho', 'activation', 'dropout', 'maxParticles', 'standardise']);
  return { kind: 'particle flow network', ...deepSetsOptions(owner, options) };
};
