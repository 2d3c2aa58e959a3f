import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { NetworkParameter, Tf } from './networks/network.ts';

/** Weights that Adam moves. */
export interface Adam {
  /** The weights as they are now, each in its shape. Valid until the next step. */
  readonly weights: readonly Tensor[];
  /** Moves the weights against their gradients. */
  step(gradients: readonly Tensor[]): void;
  dispose(): void;
}

const flat = (tensor: Tensor): Tensor1D => (tensor.rank === 1 ? (tensor as Tensor1D) : tensor.reshape<Tensor1D>([-1]));

/**
 * Adam (D. Kingma and J. Ba, arXiv 1412.6980, with the order of section 2's last paragraph). All weights are handled as
 * one long vector: an eager engine spends its time on dispatching operations, and this takes a fifth of them.
 */
export const adam = (tf: Tf, initial: readonly NetworkParameter[], learningRate: number): Adam => {
  const beta1 = 0.9;
  const beta2 = 0.999;
  const epsilon = 1e-7;
  const sizes = initial.map(({ values }) => values.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const constants = tf.tidy(() =>
    [beta1, 1 - beta1, beta2, 1 - beta2, epsilon].map((value) => tf.keep(tf.scalar(value))),
  );
  const [keep1, add1, keep2, add2, eps] = constants as [Tensor, Tensor, Tensor, Tensor, Tensor];
  const shaped = (theta: Tensor): Tensor[] =>
    tf.split(theta, sizes).map((piece, index) => {
      const { shape } = initial[index] as NetworkParameter;
      return shape.length === 1 ? piece : piece.reshape([...shape]);
    });
  /** What lives from step to step: the weights as one vector and in their shapes, first and second moments. */
  const keepAll = (theta: Tensor, first: Tensor, second: Tensor) => {
    const state = { theta, first, second, weights: shaped(theta) };
    [theta, first, second, ...state.weights].forEach((tensor) => tf.keep(tensor));
    return state;
  };
  let state = tf.tidy(() => {
    const theta = tf.concat(initial.map(({ values }) => tf.tensor1d(values)));
    return keepAll(theta, tf.zeros([total]), tf.zeros([total]));
  });
  const release = ({ theta, first, second, weights }: typeof state): void =>
    tf.dispose([theta, first, second, ...weights]);
  let steps = 0;
  return {
    get weights() {
      return state.weights;
    },
    step: (gradients) => {
      steps++;
      const rate = (learningRate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
      const next = tf.tidy(() => {
        const gradient = tf.concat(gradients.map(flat));
        const first = state.first.mul(keep1).add(gradient.mul(add1));
        const second = state.second.mul(keep2).add(gradient.square().mul(add2));
        return keepAll(state.theta.sub(first.mul(rate).div(second.sqrt().add(eps))), first, second);
      });
      release(state);
      state = next;
    },
    dispose: () => {
      release(state);
      tf.dispose(constants);
    },
  };
};
