import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Batch } from './batches.ts';
import type { NetworkKind, NetworkParameter, Tf } from './networks/network.ts';

/** A network on its way: moves its weights batch by batch. */
export interface TrainingSteps {
  /**
   * Moves the weights against the gradient of the batch's loss.
   * @param seed What dropout masks follow from: a whole number in [0, 2^30).
   * @returns Mean loss an event, before the move.
   */
  train(batch: Batch, seed: number): Promise<number>;
  /** A copy of the weights as they are now. */
  weights(): readonly NetworkParameter[];
  /** Frees native memory. Not while a step is under way. */
  dispose(): void;
}

/** What any engine needs to know of a training. */
export interface StepPlan<Description> {
  readonly kind: NetworkKind<Description>;
  readonly description: Description;
  readonly initial: readonly NetworkParameter[];
  readonly featureCount: number;
  readonly events: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** A batch as tensors. */
export interface BatchTensors {
  readonly inputs: Tensor2D;
  readonly labels: Tensor1D;
  readonly weights: Tensor1D;
}

/** Cross entropy of a logit z and a label y is `softplus(z) - y z`: no overflow, no logarithm of zero. */
const weightedLoss = (logits: Tensor1D, labels: Tensor1D, weights: Tensor1D): Tensor =>
  logits.softplus().sub(labels.mul(logits)).mul(weights).mean();

/** Loss of a batch and its gradients with respect to the weights. */
export const lossAndGradients = <Description>(
  tf: Tf,
  { kind, description }: StepPlan<Description>,
  parameters: readonly Tensor[],
  { inputs, labels, weights }: BatchTensors,
  dropoutSeed: number,
): { readonly loss: Tensor; readonly gradients: readonly Tensor[] } => {
  const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
    weightedLoss(kind.logits(tf, description, tensors, inputs, dropoutSeed), labels, weights),
  )([...parameters]);
  return { loss: value, gradients: grads };
};
