import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { NetworkParameter, Tf } from './networks/network.ts';

/** What Adam knows: all weights as one vector, and the first and second moments of their gradients. */
export interface AdamState {
  readonly theta: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
}

/** Step size, decay rates and the guard against division by zero, as tensors or numbers. */
interface AdamConstants<Value> {
  readonly keep1: Value;
  readonly add1: Value;
  readonly keep2: Value;
  readonly add2: Value;
  readonly epsilon: Value;
}

const [beta1, beta2] = [0.9, 0.999];
export const adamConstants: AdamConstants<number> = {
  keep1: beta1,
  add1: 1 - beta1,
  keep2: beta2,
  add2: 1 - beta2,
  epsilon: 1e-7,
};

/** Size of step number `step`, counted from 1, with the correction for moments that start at zero. */
export const adamRate = (learningRate: number, step: number): number =>
  (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);

const flat = (tensor: Tensor): Tensor1D => (tensor.rank === 1 ? (tensor as Tensor1D) : tensor.reshape<Tensor1D>([-1]));

/** The pieces of a vector in the shapes of the weights. */
export const shapedWeights = (tf: Tf, theta: Tensor, initial: readonly NetworkParameter[]): Tensor[] =>
  tf
    .split(
      theta,
      initial.map(({ values }) => values.length),
    )
    .map((piece, index) => {
      const { shape } = initial[index] as NetworkParameter;
      return shape.length === 1 ? piece : piece.reshape([...shape]);
    });

/**
 * One step of Adam (D. Kingma and J. Ba, arXiv 1412.6980, with the order of section 2's last paragraph). All weights are
 * handled as one long vector: an eager engine spends its time on dispatching operations, and this takes a fifth of them.
 */
export const adamStep = (
  tf: Tf,
  { theta, first, second }: AdamState,
  gradients: readonly Tensor[],
  rate: number | Tensor,
  constants: AdamConstants<number | Tensor> = adamConstants,
): AdamState => {
  const { keep1, add1, keep2, add2, epsilon } = constants;
  const gradient = tf.concat(gradients.map(flat));
  const nextFirst = first.mul(keep1).add(gradient.mul(add1));
  const nextSecond = second.mul(keep2).add(gradient.square().mul(add2));
  return {
    theta: theta.sub(nextFirst.mul(rate).div(nextSecond.sqrt().add(epsilon))),
    first: nextFirst,
    second: nextSecond,
  };
};

/** Weights that Adam moves, kept as tensors. */
export interface Adam {
  /** The weights as they are now, each in its shape. Valid until the next step. */
  readonly weights: readonly Tensor[];
  /** Moves the weights against their gradients. */
  step(gradients: readonly Tensor[]): void;
  dispose(): void;
}

export const adam = (tf: Tf, initial: readonly NetworkParameter[], learningRate: number): Adam => {
  const constants = tf.tidy(() => {
    const keep = (value: number): Tensor => tf.keep(tf.scalar(value));
    const { keep1, add1, keep2, add2, epsilon } = adamConstants;
    return { keep1: keep(keep1), add1: keep(add1), keep2: keep(keep2), add2: keep(add2), epsilon: keep(epsilon) };
  });
  /** What lives from step to step: the state, and the weights in their shapes. */
  const keepAll = (state: AdamState) => {
    const weights = shapedWeights(tf, state.theta, initial);
    [state.theta, state.first, state.second, ...weights].forEach((tensor) => tf.keep(tensor));
    return { ...state, weights };
  };
  let state = tf.tidy(() => {
    const theta = tf.concat(initial.map(({ values }) => tf.tensor1d(values)));
    return keepAll({ theta, first: tf.zerosLike(theta), second: tf.zerosLike(theta) });
  });
  const release = ({ theta, first, second, weights }: typeof state): void =>
    tf.dispose([theta, first, second, ...weights]);
  let steps = 0;
  return {
    get weights() {
      return state.weights;
    },
    step: (gradients) => {
      const rate = adamRate(learningRate, ++steps);
      const next = tf.tidy(() => keepAll(adamStep(tf, state, gradients, rate, constants)));
      release(state);
      state = next;
    },
    dispose: () => {
      release(state);
      tf.dispose(Object.values(constants));
    },
  };
};
