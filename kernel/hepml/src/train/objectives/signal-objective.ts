import type { Objective } from './objective.ts';
import { unscaled } from './objective.ts';

/** Cross entropy of a logit z and a label y is `softplus(z) - y z`: no overflow, no logarithm of zero. */
export const signalObjective: Objective = {
  ...unscaled(1),
  width: 1,
  link: 'sigmoid',
  loss: (_, raw, labels, weights) => {
    const logits = raw.reshape([-1]);
    return logits.softplus().sub(labels.mul(logits)).mul(weights).mean();
  },
  eventLoss: (raw, at, label) => {
    const logit = raw[at] as number;
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - label * logit;
  },
};
