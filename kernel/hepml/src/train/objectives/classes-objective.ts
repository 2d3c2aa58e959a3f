import type { Objective } from './objective.ts';
import { unscaled } from './objective.ts';

/** Cross entropy of a softmax over the classes; a label is the number of its class. */
export const classesObjective = (classes: number): Objective => ({
  ...unscaled(classes),
  width: classes,
  link: 'softmax',
  loss: (tf, raw, labels, weights) => {
    const isClass = labels.reshape([-1, 1]).equal(tf.range(0, classes)).cast('float32');
    return tf.logSoftmax(raw).mul(isClass).sum(1).mul(weights).mean().neg();
  },
  eventLoss: (raw, at, label) => {
    const logits = raw.subarray(at, at + classes);
    const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit - largest), 0);
    return largest + Math.log(sum) - (logits[label] as number);
  },
});
