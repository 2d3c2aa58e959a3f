import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { AdamValues } from './adam.ts';
import type { Batch } from './batches.ts';
import type { NetworkFrame, NetworkKind, NetworkParameter, Tf } from './networks/network.ts';
import type { Objective } from './objectives/objective.ts';

/** A network on its way: moves its weights batch by batch. */
export interface TrainingSteps {
  /**
   * Moves the weights against the gradient of the batch's loss.
   * @param seed What dropout masks follow from: a whole number in [0, 2^30).
   * @param learningRate Of this step. Default: the plan's.
   * @returns Mean loss an event, before the move.
   */
  train(batch: Batch, seed: number, learningRate?: number): Promise<number>;
  /** A copy of the weights as they are now. */
  weights(): readonly NetworkParameter[];
  /** A copy of all that the next step starts from. */
  state(): AdamValues;
  /** Frees native memory. Not while a step is under way. */
  dispose(): void;
}

/** What any engine needs to know of a training. */
export interface StepPlan<Description> {
  readonly kind: NetworkKind<Description>;
  readonly description: Description;
  readonly frame: NetworkFrame;
  readonly objective: Pick<Objective, 'loss'>;
  readonly initial: readonly NetworkParameter[];
  /** Where to go on from; absent: from the initial weights. */
  readonly start?: AdamValues;
  readonly events: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Largest length of the gradient as one vector; longer ones are shortened to it. */
  readonly clipNorm?: number;
}

/** A batch as tensors. */
export interface BatchTensors {
  /** Events x the frame's input shape. */
  readonly inputs: Tensor;
  readonly labels: Tensor1D;
  readonly weights: Tensor1D;
}

/** Loss of a batch and its gradients with respect to the weights. */
export const lossAndGradients = <Description>(
  tf: Tf,
  { kind, description, frame, objective }: StepPlan<Description>,
  parameters: readonly Tensor[],
  { inputs, labels, weights }: BatchTensors,
  dropoutSeed: number,
): { readonly loss: Tensor; readonly gradients: readonly Tensor[] } => {
  const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
    objective.loss(tf, kind.outputs(tf, description, tensors, inputs, frame, dropoutSeed), labels, weights),
  )([...parameters]);
  return { loss: value, gradients: grads };
};
