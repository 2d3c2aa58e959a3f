import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { RandomSource } from '../../data/index.ts';
import type { DenseLayer } from '../../models/index.ts';
import type { InputLayout } from '../input-layout.ts';

/** The tfjs library, whichever engine is behind it; handed in, so that describing a network loads nothing. */
export type Tf = typeof TensorFlowJs;

/** Initial values of one weight tensor. */
export interface NetworkParameter {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What stands around a network: what it is fed, and how many numbers it gives an event. */
export interface NetworkFrame {
  /**
   * Shape of an event: [features], [particles, features + 1] with the mask as the last number of each, or
   * [height, width, channels]. While predicting, the number of particles may be another one.
   */
  readonly inputShape: readonly number[];
  /** Raw outputs an event. */
  readonly outputs: number;
  /** Names of the features of an event or a particle. */
  readonly features: readonly string[];
  /**
   * `(x - mean) * inverseScale` standardises a feature. Particles come as they are in the data, because some networks need
   * them so; other inputs come standardised.
   */
  readonly mean: readonly number[];
  readonly inverseScale: readonly number[];
}

/**
 * A kind of network as functions of its weights. The training loop, the optimiser and inference know nothing else of
 * it, so that a new kind of network is one new file (and a line in `trainers.ts`).
 */
export interface NetworkKind<Description> {
  /** Kernels of tfjs that its training needs and that not every engine has. */
  readonly kernels?: readonly string[];
  /** How it sees an event. */
  layout(description: Description): InputLayout;
  /** Initial weights. `random` follows from the training's seed. */
  initialise(description: Description, frame: NetworkFrame, random: RandomSource): readonly NetworkParameter[];
  /**
   * Raw outputs, events x `frame.outputs`, of inputs of shape events x `frame.inputShape`.
   * @param dropoutSeed Given while training only: drop units, with this seed.
   */
  outputs(
    tf: Tf,
    description: Description,
    weights: readonly TensorFlowJs.Tensor[],
    inputs: TensorFlowJs.Tensor,
    frame: NetworkFrame,
    dropoutSeed?: number,
  ): TensorFlowJs.Tensor2D;
  /** The layers as plain numbers, the last linear; absent for a network that is not made of dense layers alone. */
  layers?(description: Description, frame: NetworkFrame, weights: readonly Float32Array[]): readonly DenseLayer[];
}
