import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { outputNames, type Regression } from '../../models/index.ts';
import type { Tf } from '../networks/network.ts';
import type { Sample } from '../sample.ts';
import { targetMoments } from '../target-moments.ts';
import type { Objective } from './objective.ts';

/** One loss, of the target scaled to mean 0 and deviation 1. */
interface ScaledLoss {
  /** Loss an event, from raw outputs (events x width) and targets (events x 1). */
  tensor(tf: Tf, raw: Tensor2D, target: Tensor2D): Tensor;
  event(raw: Float32Array, at: number, target: number): number;
}

const squared: ScaledLoss = {
  tensor: (_, raw, target) => raw.sub(target).square().sum(1),
  event: (raw, at, target) => ((raw[at] as number) - target) ** 2,
};

const absolute: ScaledLoss = {
  tensor: (_, raw, target) => raw.sub(target).abs().sum(1),
  event: (raw, at, target) => Math.abs((raw[at] as number) - target),
};

/** P. J. Huber, Ann. Math. Statist. 35 (1964) 73, with the step from square to line at one deviation of the target. */
const huber: ScaledLoss = {
  tensor: (tf, raw, target) => {
    const size = raw.sub(target).abs();
    const inner = tf.minimum(size, 1);
    return inner.square().mul(0.5).add(size.sub(inner)).sum(1);
  },
  event: (raw, at, target) => {
    const size = Math.abs((raw[at] as number) - target);
    return size < 1 ? size ** 2 / 2 : size - 0.5;
  },
};

/** Pinball loss of each quantile, summed. */
const pinball = (quantiles: readonly number[]): ScaledLoss => ({
  tensor: (tf, raw, target) => {
    const missed = target.sub(raw);
    const below = tf.tensor1d([...quantiles]);
    return tf.maximum(missed.mul(below), missed.mul(below.sub(1))).sum(1);
  },
  event: (raw, at, target) =>
    quantiles.reduce((sum, quantile, i) => {
      const missed = target - (raw[at + i] as number);
      return sum + Math.max(quantile * missed, (quantile - 1) * missed);
    }, 0),
});

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/** Negative log-likelihood of a normal distribution with mean `raw[0]` and logarithm of the deviation `raw[1]`. */
const gaussian: ScaledLoss = {
  tensor: (tf, raw, target) => {
    const [mean, logSigma] = tf.split(raw, 2, 1) as [Tensor2D, Tensor2D];
    const pull = target.sub(mean).mul(logSigma.neg().exp());
    return pull.square().mul(0.5).add(logSigma).add(halfLogTwoPi).sum(1);
  },
  event: (raw, at, target) => {
    const logSigma = raw[at + 1] as number;
    const pull = (target - (raw[at] as number)) * Math.exp(-logSigma);
    return pull ** 2 / 2 + logSigma + halfLogTwoPi;
  },
};

const named = { mse: squared, mae: absolute, huber, gaussian } as const;

/** Any loss of a regression, on the target scaled by what the training sample shows. */
export const regressionObjective = (task: Regression, training: Sample): Objective => {
  const { mean, deviation } = targetMoments(training);
  const { loss } = task;
  const scaled = typeof loss === 'object' ? pinball(loss.quantiles) : named[loss];
  const width = outputNames(task).length;
  const isGaussian = loss === 'gaussian';
  return {
    width,
    link: isGaussian ? 'mean-and-sigma' : 'identity',
    scale: isGaussian ? [deviation, 1] : Array.from({ length: width }, () => deviation),
    shift: isGaussian ? [mean, Math.log(deviation)] : Array.from({ length: width }, () => mean),
    targets: (labels) => labels.map((label) => (label - mean) / deviation),
    loss: (tf, raw, targets: Tensor1D, weights) =>
      scaled
        .tensor(tf, raw, targets.reshape([-1, 1]))
        .mul(weights)
        .mean(),
    eventLoss: (raw, at, target) => scaled.event(raw, at, target),
  };
};
