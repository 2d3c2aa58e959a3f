import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { Tf } from '../models/index.ts';

/** Adam over all weights at once. */
export interface Adam {
  /** New weights from old ones and their gradients. Call inside `tf.tidy`; the caller keeps what comes back. */
  step(weights: readonly Tensor[], gradients: readonly Tensor[]): readonly Tensor[];
  dispose(): void;
}

/**
 * Adam (D. Kingma and J. Ba, arXiv 1412.6980, with the order of section 2's last paragraph). All weights are handled as
 * one long vector: an eager engine spends its time on dispatching operations, and this takes a quarter of them.
 */
export const adam = (tf: Tf, shapes: readonly (readonly number[])[], learningRate: number): Adam => {
  const beta1 = 0.9;
  const beta2 = 0.999;
  const epsilon = 1e-7;
  const sizes = shapes.map((shape) => shape.reduce((product, length) => product * length, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const constants = [beta1, 1 - beta1, beta2, 1 - beta2, epsilon].map((value) => tf.keep(tf.scalar(value)));
  const [keep1, add1, keep2, add2, eps] = constants as [Tensor, Tensor, Tensor, Tensor, Tensor];
  let first: Tensor = tf.keep(tf.zeros([total]));
  let second: Tensor = tf.keep(tf.zeros([total]));
  let steps = 0;
  const flatten = (tensors: readonly Tensor[]): Tensor =>
    tf.concat(tensors.map((tensor) => tensor.reshape<Tensor1D>([-1])));
  return {
    step: (weights, gradients) => {
      steps++;
      const gradient = flatten(gradients);
      const newFirst = tf.keep(first.mul(keep1).add(gradient.mul(add1)));
      const newSecond = tf.keep(second.mul(keep2).add(gradient.square().mul(add2)));
      tf.dispose([first, second]);
      [first, second] = [newFirst, newSecond];
      const rate = (learningRate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
      const change = newFirst.mul(rate).div(newSecond.sqrt().add(eps));
      return tf
        .split(flatten(weights).sub(change), sizes)
        .map((piece, index) => piece.reshape(shapes[index] as number[]));
    },
    dispose: () => tf.dispose([first, second, ...constants]),
  };
};
