import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { NetworkParameter, Tf } from './networks/network.ts';

/** What Adam knows: all weights as one vector, and the first and second moments of their gradients. */
export interface AdamState {
  readonly theta: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
}

/** The same as plain numbers, and how many steps have been made. */
export interface AdamValues {
  readonly theta: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly steps: number;
}

/** Values of the weights, one after another. */
export const joinedParameters = (parameters: readonly NetworkParameter[]): Float32Array => {
  const joined = new Float32Array(parameters.reduce((sum, { values }) => sum + values.length, 0));
  let start = 0;
  for (const { values } of parameters) {
    joined.set(values, start);
    start += values.length;
  }
  return joined;
};

/** The reverse of {@link joinedParameters}; copies. */
export const separatedParameters = (
  joined: Float32Array,
  like: readonly NetworkParameter[],
): readonly NetworkParameter[] => {
  let start = 0;
  return like.map(({ shape, values }) => ({ shape, values: joined.slice(start, (start += values.length)) }));
};

/** Where Adam starts: at the initial weights, with moments of zero. */
export const adamStart = (initial: readonly NetworkParameter[]): AdamValues => {
  const theta = joinedParameters(initial);
  return { theta, first: new Float32Array(theta.length), second: new Float32Array(theta.length), steps: 0 };
};

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

/** A gradient no longer than `norm` (Pascanu, Mikolov and Bengio, arXiv 1211.5063). */
const clipped = (tf: Tf, gradient: Tensor, norm: number | undefined): Tensor =>
  norm === undefined ? gradient : gradient.mul(tf.minimum(tf.div(norm, gradient.norm().add(1e-12)), 1));

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
  clipNorm?: number,
): AdamState => {
  const { keep1, add1, keep2, add2, epsilon } = constants;
  const gradient = clipped(tf, tf.concat(gradients.map(flat)), clipNorm);
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
  step(gradients: readonly Tensor[], learningRate: number): void;
  /** A copy of all that the next step starts from. */
  values(): AdamValues;
  dispose(): void;
}

export const adam = (
  tf: Tf,
  initial: readonly NetworkParameter[],
  options: { readonly start?: AdamValues; readonly clipNorm?: number } = {},
): Adam => {
  const { start = adamStart(initial), clipNorm } = options;
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
  let state = tf.tidy(() =>
    keepAll({ theta: tf.tensor1d(start.theta), first: tf.tensor1d(start.first), second: tf.tensor1d(start.second) }),
  );
  const release = ({ theta, first, second, weights }: typeof state): void =>
    tf.dispose([theta, first, second, ...weights]);
  let { steps } = start;
  return {
    get weights() {
      return state.weights;
    },
    values: () => {
      const [theta, first, second] = [state.theta, state.first, state.second].map((tensor) =>
        Float32Array.from(tensor.dataSync()),
      ) as [Float32Array, Float32Array, Float32Array];
      return { theta, first, second, steps };
    },
    step: (gradients, learningRate) => {
      const rate = adamRate(learningRate, ++steps);
      const next = tf.tidy(() => keepAll(adamStep(tf, state, gradients, rate, constants, clipNorm)));
      release(state);
      state = next;
    },
    dispose: () => {
      release(state);
      tf.dispose(Object.values(constants));
    },
  };
};
