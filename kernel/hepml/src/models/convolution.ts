import { activationNames } from './activations.ts';
import type { Activation } from './blueprint.ts';
import { checkBoolean, checkUnits } from './layer-options.ts';
import { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';

/** Options of {@link convolution}; all but the shape have a default. */
export interface ConvolutionOptions {
  /** Of an event: `[length]`, `[height, width]` or `[height, width, channels]`. */
  readonly shape: readonly number[];
  /** Filters of each convolution. Default `[16, 32]`. */
  readonly filters?: readonly number[];
  /** Length of a filter's side, in pixels. Default 3. */
  readonly kernel?: number;
  /** The largest of so many pixels a side is kept behind each convolution; 1 keeps all. Default 2. */
  readonly pool?: number;
  /** Units of the dense layers behind the convolutions. Default `[64]`. */
  readonly hidden?: readonly number[];
  /** Default `relu`. */
  readonly activation?: Activation;
  /** Fraction of the dense layers' units dropped at each training step, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** Shift and scale each channel to mean 0 and deviation 1, as found on the training sample's pixels. Default true. */
  readonly standardise?: boolean;
}

/** Describes a convolutional network; {@link convolution} makes it, `train` fits it. */
export interface Convolution extends Required<Omit<ConvolutionOptions, 'shape'>> {
  readonly kind: 'convolutional network';
  readonly shape: readonly [height: number, width: number, channels: number];
}

const imageShape = (owner: string, shape: unknown): Convolution['shape'] => {
  const isList = Array.isArray(shape) && shape.length >= 1 && shape.length <= 3;
  if (!isList)
    throw new TypeError(
      `${owner}: option "shape" is [length], [height, width] or [height, width, channels], for example [32, 32].`,
    );
  const sizes = checkUnits(owner, 'shape', shape, 1);
  const [first = 1, second = 1, third = 1] = sizes;
  return sizes.length === 1 ? [1, first, 1] : [first, second, third];
};

/**
 * A convolutional network on images or sequences: convolutions, each followed by an activation and max pooling, then dense
 * layers (Y. LeCun et al., Proc. IEEE 86 (1998) 2278; jet images: L. de Oliveira et al., arXiv 1511.05190). An image is a column with a list
 * of `height x width x channels` numbers an event, row by row, or so many columns of one number.
 *
 * @throws TypeError or RangeError naming an option that is unknown or outside what is allowed.
 * @example
 * const cnn = await train(models.convolution({ shape: [32, 32] }), table, { features: ['image'], batchSize: 128 });
 */
export const convolution = (options: ConvolutionOptions): Convolution => {
  const owner = 'models.convolution';
  const known = ['shape', 'filters', 'kernel', 'pool', 'hidden', 'activation', 'dropout', 'standardise'];
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${owner} needs the image's shape: models.convolution({ shape: [32, 32] }).`);
  checkKnownOptions(owner, options, known);
  const { filters = [16, 32], kernel = 3, pool = 2, hidden = [64], activation = 'relu' } = options;
  const { dropout = 0, standardise = true } = options;
  const shape = imageShape(owner, options.shape);
  checkNumber(owner, 'kernel', kernel, { min: 1, max: 64, integer: true });
  checkNumber(owner, 'pool', pool, { min: 1, max: 64, integer: true });
  checkChoice(owner, 'activation', activation, activationNames);
  checkNumber(owner, 'dropout', dropout, { min: 0, below: 1 });
  return {
    kind: 'convolutional network',
    shape,
    filters: checkUnits(owner, 'filters', filters, 1),
    kernel,
    pool,
    hidden: checkUnits(owner, 'hidden', hidden),
    activation,
    dropout,
    standardise: checkBoolean(owner, 'standardise', standardise),
  };
};
