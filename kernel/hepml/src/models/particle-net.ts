import { checkBoolean, checkUnits } from './layer-options.ts';
import { checkKnownOptions, checkNumber } from './option-checks.ts';

/** Options of {@link particleNet}; each has a default. */
export interface ParticleNetOptions {
  /** Columns in which neighbours are found at first, for example `['deta', 'dphi']`; later blocks use what they have learned. Default: all features. */
  readonly coordinates?: readonly string[];
  /** Neighbours that each particle looks at. Default 7. */
  readonly neighbours?: number;
  /** Units of the layers of each EdgeConv block. Default `[[32, 32, 32], [64, 64, 64]]`. */
  readonly blocks?: readonly (readonly number[])[];
  /** Units of the dense layers behind the mean over particles. Default `[64]`. */
  readonly hidden?: readonly number[];
  /** Fraction of the dense layers' units dropped at each training step, in [0, 1). Default 0.1. */
  readonly dropout?: number;
  /** Of events with more particles the first ones count: sort them before. Default: as many as there are. */
  readonly maxParticles?: number;
  /** Shift and scale each feature to mean 0 and deviation 1, as found on the training sample's particles. Default true. */
  readonly standardise?: boolean;
}

/** Describes ParticleNet; {@link particleNet} makes it, `train` fits it. */
export interface ParticleNet extends Required<Omit<ParticleNetOptions, 'maxParticles' | 'coordinates'>> {
  readonly kind: 'particle net';
  readonly coordinates?: readonly string[];
  readonly maxParticles?: number;
}

/**
 * ParticleNet: dynamic graph convolutions (EdgeConv) over each particle's nearest neighbours, mean over particles, dense layers (H. Qu and L. Gouskos,
 * arXiv 1902.08570; EdgeConv: Y. Wang et al., arXiv 1801.07829). The defaults are near its "Lite" form; there is no batch
 * normalisation.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const net = await train(models.particleNet({ coordinates: ['deta', 'dphi'] }), jets, { batchSize: 128 });
 */
export const particleNet = (options: ParticleNetOptions = {}): ParticleNet => {
  const owner = 'models.particleNet';
  const known = ['coordinates', 'neighbours', 'blocks', 'hidden', 'dropout', 'maxParticles', 'standardise'];
  checkKnownOptions(owner, options, known);
  const { neighbours = 7, hidden = [64], dropout = 0.1, standardise = true, coordinates, maxParticles } = options;
  const {
    blocks = [
      [32, 32, 32],
      [64, 64, 64],
    ],
  } = options;
  checkNumber(owner, 'neighbours', neighbours, { min: 1, max: 256, integer: true });
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  if (maxParticles !== undefined) checkNumber(owner, 'maxParticles', maxParticles, { min: 2, integer: true });
  if (!Array.isArray(blocks) || blocks.length === 0)
    throw new TypeError(
      `${owner}: option "blocks" lists the units of each block's layers, for example [[32, 32], [64, 64]].`,
    );
  if (coordinates !== undefined && (!Array.isArray(coordinates) || coordinates.length === 0))
    throw new TypeError(`${owner}: option "coordinates" lists columns, for example ['deta', 'dphi'].`);
  return {
    kind: 'particle net',
    neighbours,
    blocks: (blocks as readonly (readonly number[])[]).map((units, i) => checkUnits(owner, `blocks[${i}]`, units, 1)),
    hidden: checkUnits(owner, 'hidden', hidden),
    dropout,
    standardise: checkBoolean(owner, 'standardise', standardise),
    ...(coordinates === undefined ? {} : { coordinates: [...(coordinates as readonly string[])] }),
    ...(maxParticles === undefined ? {} : { maxParticles }),
  };
};
