import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Link } from '../../models/index.ts';
import type { Tf } from '../networks/network.ts';

/** What a network is trained for: its loss, and how its raw outputs become predictions. */
export interface Objective {
  /** Raw outputs an event. */
  readonly width: number;
  /** Mean weighted loss of a batch: `raw` is events x {@link width}, `targets` as of {@link targets}. */
  loss(tf: Tf, raw: Tensor2D, targets: Tensor1D, weights: Tensor1D): Tensor;
  /** The loss of one event, whose raw outputs start at `at`. */
  eventLoss(raw: Float32Array, at: number, target: number): number;
  /** The sample's labels as the loss takes them. */
  targets(labels: Float32Array): Float32Array;
  /** Predictions are `link(raw * scale + shift)`, number by number. */
  readonly link: Link;
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/** What a classifier's raw outputs need before the link: nothing. */
export const unscaled = (width: number): Pick<Objective, 'scale' | 'shift' | 'targets'> => ({
  scale: Array.from({ length: width }, () => 1),
  shift: Array.from({ length: width }, () => 0),
  targets: (labels) => labels,
});
