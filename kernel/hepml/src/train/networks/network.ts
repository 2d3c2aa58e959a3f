import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { RandomSource } from '../../data/index.ts';
import type { DenseLayer } from '../../models/index.ts';

/** The tfjs library, whichever engine is behind it; handed in, so that describing a network loads nothing. */
export type Tf = typeof TensorFlowJs;

/** Initial values of one weight tensor. */
export interface NetworkParameter {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * A kind of network as functions of its weights. The training loop, the optimiser and inference know nothing else of
 * it, so that a new kind of network is one new file (and a line in `trainers.ts`).
 */
export interface NetworkKind<Description> {
  /** Initial weights. `random` follows from the training's seed. */
  initialise(description: Description, inputs: number, random: RandomSource): readonly NetworkParameter[];
  /**
   * Logits, one an event, of standardised inputs (events x features).
   * @param dropoutSeed Given while training only: drop units, with this seed.
   */
  logits(
    tf: Tf,
    description: Description,
    weights: readonly TensorFlowJs.Tensor[],
    inputs: TensorFlowJs.Tensor2D,
    dropoutSeed?: number,
  ): TensorFlowJs.Tensor1D;
  /** The layers as plain numbers, the last with activation `sigmoid`. */
  layers(description: Description, inputs: number, weights: readonly Float32Array[]): readonly DenseLayer[];
}
