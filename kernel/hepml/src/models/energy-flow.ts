import { deepSetsOptions, type DeepSets, type DeepSetsOptions } from './deep-sets.ts';
import { checkKnownOptions } from './option-checks.ts';

/** Options of {@link energyFlow}; each has a default. */
export interface EnergyFlowOptions extends DeepSetsOptions {
  /** Column with each particle's transverse momentum or energy. Default `pt`. */
  readonly momentum?: string;
}

/** Describes an energy flow network; {@link energyFlow} makes it, `train` fits it. */
export interface EnergyFlow extends Omit<DeepSets, 'kind'> {
  readonly kind: 'energy flow network';
  readonly momentum: string;
}

/**
 * The energy flow network (EFN): `rho(sum over particles of z phi(direction))` with z the particle's share of the momentum. Its output does not
 * change when a particle splits in its own direction or a soft one is added (infrared and collinear safety), which theory
 * can compute (P. Komiske, E. Metodiev, J. Thaler, arXiv 1810.05165). Features other than the momentum are the direction.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const efn = await train(models.energyFlow({ momentum: 'pt' }), jets, { features: ['pt', 'deta', 'dphi'] });
 */
export const energyFlow = (options: EnergyFlowOptions = {}): EnergyFlow => {
  const owner = 'models.energyFlow';
  checkKnownOptions(owner, options, ['momentum', 'phi', 'rho', 'activation', 'dropout', 'maxParticles', 'standardise']);
  const { momentum = 'pt' } = options;
  if (typeof momentum !== 'string')
    throw new TypeError(`${owner}: option "momentum" names a column, for example "pt".`);
  return { kind: 'energy flow network', momentum, ...deepSetsOptions(owner, options) };
};
