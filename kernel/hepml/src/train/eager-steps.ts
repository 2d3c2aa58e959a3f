import { adam } from './adam.ts';
import type { Tf } from './networks/network.ts';
import { lossAndGradients, type StepPlan, type TrainingSteps } from './step-plan.ts';

/** Steps whose operations run one by one, each sent from JavaScript. */
export const eagerSteps = <Description>(tf: Tf, plan: StepPlan<Description>): TrainingSteps => {
  const optimiser = adam(tf, plan.initial, plan);
  return {
    train: (batch, seed, learningRate = plan.learningRate) => {
      const loss = tf.tidy(() => {
        const tensors = {
          inputs: tf.tensor(batch.matrix, [batch.events, ...plan.frame.inputShape]),
          labels: tf.tensor1d(batch.labels),
          weights: tf.tensor1d(batch.weights),
        };
        const { loss, gradients } = lossAndGradients(tf, plan, optimiser.weights, tensors, seed);
        optimiser.step(gradients, learningRate);
        return loss.dataSync()[0] as number;
      });
      return Promise.resolve(loss);
    },
    weights: () =>
      optimiser.weights.map((tensor) => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) })),
    state: () => optimiser.values(),
    dispose: () => optimiser.dispose(),
  };
};
