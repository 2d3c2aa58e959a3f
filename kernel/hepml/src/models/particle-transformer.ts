import { checkBoolean, checkUnits } from './layer-options.ts';
import { checkKnownOptions, checkNumber } from './option-checks.ts';

/** Columns that say how two particles lie to each other. */
export interface PairColumns {
  /** Coordinates whose distance counts, for example `['deta', 'dphi']`. */
  readonly coordinates: readonly string[];
  /** Column with each particle's transverse momentum, for the momentum-dependent pair features. */
  readonly momentum?: string;
}

/** Options of {@link particleTransformer}; each has a default. */
export interface ParticleTransformerOptions {
  /** Numbers that stand for a particle inside; a multiple of `heads`. Default 32. */
  readonly width?: number;
  /** Attention heads. Default 4. */
  readonly heads?: number;
  /** Blocks of attention among particles. Default 2. */
  readonly blocks?: number;
  /**
   * What attention knows of pairs: ln of the squared distance, and with a momentum also ln kT, ln z and ln m^2 (for small angles).
   * Default: nothing, which is a plain transformer.
   */
  readonly pairs?: PairColumns;
  /** Units of the dense layers behind the class token. Default `[32]`. */
  readonly hidden?: readonly number[];
  /** Fraction of units dropped in the feed-forward parts at each training step, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** Of events with more particles the first ones count: sort them before. Default: as many as there are. */
  readonly maxParticles?: number;
  /** Shift and scale each feature to mean 0 and deviation 1, as found on the training sample's particles. Default true. */
  readonly standardise?: boolean;
}

/** Describes a Particle Transformer; {@link particleTransformer} makes it, `train` fits it. */
export interface ParticleTransformer extends Required<Omit<ParticleTransformerOptions, 'maxParticles' | 'pairs'>> {
  readonly kind: 'particle transformer';
  readonly pairs?: PairColumns;
  readonly maxParticles?: number;
}

/**
 * A small Particle Transformer: attention among particles whose weights also depend on how each pair lies (H. Qu, C. Li, S. Qian,
 * arXiv 2202.03772), then a class token that attends to all particles (H. Touvron et al., arXiv 2103.17239). Layer
 * normalisation stands before attention and feed-forward parts.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const pairs = { coordinates: ['deta', 'dphi'], momentum: 'pt' };
 * const part = await train(models.particleTransformer({ pairs }), jets, { schedule: { kind: 'one-cycle' } });
 */
export const particleTransformer = (options: ParticleTransformerOptions = {}): ParticleTransformer => {
  const owner = 'models.particleTransformer';
  const known = ['width', 'heads', 'blocks', 'pairs', 'hidden', 'dropout', 'maxParticles', 'standardise'];
  checkKnownOptions(owner, options, known);
  const { width = 32, heads = 4, blocks = 2, hidden = [32], dropout = 0, standardise = true } = options;
  const { pairs, maxParticles } = options;
  checkNumber(owner, 'heads', heads, { min: 1, max: 64, integer: true });
  checkNumber(owner, 'width', width, { min: heads, max: 4096, integer: true });
  if (width % heads !== 0)
    throw new RangeError(`${owner}: option "width" is ${width}; allowed: a multiple of "heads", which is ${heads}.`);
  checkNumber(owner, 'blocks', blocks, { min: 1, max: 64, integer: true });
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  if (maxParticles !== undefined) checkNumber(owner, 'maxParticles', maxParticles, { min: 1, integer: true });
  if (pairs !== undefined) {
    checkKnownOptions(`${owner}: option "pairs"`, pairs, ['coordinates', 'momentum']);
    if (!Array.isArray(pairs.coordinates) || pairs.coordinates.length === 0)
      throw new TypeError(`${owner}: option "pairs.coordinates" lists columns, for example ['deta', 'dphi'].`);
  }
  return {
    kind: 'particle transformer',
    ...{ width, heads, blocks, dropout },
    hidden: checkUnits(owner, 'hidden', hidden),
    standardise: checkBoolean(owner, 'standardise', standardise),
    ...(pairs === undefined ? {} : { pairs }),
    ...(maxParticles === undefined ? {} : { maxParticles }),
  };
};
