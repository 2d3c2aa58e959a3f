import { adam } from './adam.ts';
import type { Tf } from './networks/network.ts';
import { lossAndGradients, type StepPlan, type TrainingSteps } from './step-plan.ts';

/** Steps whose operations run one by one, each sent from JavaScript. */
export const eagerSteps = <Description>(tf: Tf, plan: StepPlan<Description>): TrainingSteps => {
  const optimiser = adam(tf, plan.initial, plan.learningRate);
  return {
    train: (batch, seed) => {
      const loss = tf.tidy(() => {
        const tensors = {
          inputs: tf.tensor2d(batch.matrix, [batch.events, plan.featureCount]),
          labels: tf.tensor1d(batch.labels),
          weights: tf.tensor1d(batch.weights),
        };
        const { loss, gradients } = lossAndGradients(tf, plan, optimiser.weights, tensors, seed);
        optimiser.step(gradients);
        return loss.dataSync()[0] as number;
      });
      return Promise.resolve(loss);
    },
    weights: () =>
      optimiser.weights.map((tensor) => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) })),
    dispose: () => optimiser.dispose(),
  };
};
