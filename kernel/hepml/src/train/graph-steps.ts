import { CygnetError } from '@cygnet/columns';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { GraphEngine, GraphFunction, GraphTensor } from '../native/index.ts';
import { adamRate, adamStep, shapedWeights } from './adam.ts';
import type { Batch } from './batches.ts';
import type { NetworkParameter, Tf } from './networks/network.ts';
import { lossAndGradients, type StepPlan, type TrainingSteps } from './step-plan.ts';

/** Values of the weights, one after another. */
const concatenated = (parameters: readonly NetworkParameter[]): Float32Array => {
  const values = new Float32Array(parameters.reduce((sum, parameter) => sum + parameter.values.length, 0));
  let start = 0;
  for (const parameter of parameters) {
    values.set(parameter.values, start);
    start += parameter.values.length;
  }
  return values;
};

const separated = (theta: Float32Array, like: readonly NetworkParameter[]): readonly NetworkParameter[] => {
  let start = 0;
  return like.map(({ shape, values }) => ({ shape, values: theta.slice(start, (start += values.length)) }));
};

/** The whole step as a function of tensors: weights, moments, batch, size of the step. Gives the loss and what follows. */
const stepBody =
  <Description>(tf: Tf, plan: StepPlan<Description>) =>
  (tensors: readonly Tensor[]): readonly Tensor[] => {
    const [theta, first, second, inputs, labels, weights, rate] = tensors as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
      Tensor2D,
      Tensor1D,
      Tensor1D,
      Tensor,
    ];
    const parameters = shapedWeights(tf, theta, plan.initial);
    // The masks follow from the seed that the graph is run with, not from this one.
    const { loss, gradients } = lossAndGradients(tf, plan, parameters, { inputs, labels, weights }, 0);
    const next = adamStep(tf, { theta, first, second }, gradients, rate);
    return [loss, next.theta, next.first, next.second];
  };

/** Weights and moments, in TensorFlow's memory. They go through the graph, which keeps nothing. */
type State = readonly [theta: GraphTensor, first: GraphTensor, second: GraphTensor];

/**
 * Steps that run as one graph each, off the main thread: forward pass, gradients and optimiser, as tfjs defines them, without
 * its dispatch of single operations. Each size of batch has a graph of its own; all work on the same weights.
 *
 * @throws CygnetError `unsupported` naming what cannot be part of a graph.
 */
export const graphSteps = async <Description>(
  tf: Tf,
  graphs: GraphEngine,
  plan: StepPlan<Description>,
  sizes: readonly number[],
): Promise<TrainingSteps> => {
  const { initial, featureCount, learningRate } = plan;
  const theta = concatenated(initial);
  const vector = (values: Float32Array): GraphTensor => graphs.tensor([values.length], values);
  const functions = new Map<number, GraphFunction>();
  let state: State = [vector(theta), vector(new Float32Array(theta.length)), vector(new Float32Array(theta.length))];
  const disposeAll = (tensors: readonly GraphTensor[]): void => tensors.forEach((tensor) => tensor.dispose());
  const dispose = (): void => {
    functions.forEach((graph) => graph.dispose());
    disposeAll(state);
  };

  const run = async (batch: Batch, rate: number, seed: number): Promise<{ loss: number; next: State }> => {
    const graph = functions.get(batch.events);
    if (graph === undefined) throw new RangeError(`No graph was made for a batch of ${batch.events} events.`);
    const fed = [
      graphs.tensor([batch.events, featureCount], batch.matrix),
      vector(batch.labels),
      vector(batch.weights),
      graphs.tensor([], Float32Array.of(rate)),
    ];
    try {
      const outputs = await graph.run([...state, ...fed], seed);
      const [loss, ...next] = outputs as [GraphTensor, ...State];
      const value = loss.values()[0] as number;
      loss.dispose();
      return { loss: value, next };
    } finally {
      disposeAll(fed);
    }
  };

  try {
    for (const events of sizes) {
      const shapes = [[theta.length], [theta.length], [theta.length], [events, featureCount], [events], [events], []];
      functions.set(events, graphs.capture(shapes, stepBody(tf, plan)));
      disposeAll((await rehearsal(run, events, featureCount)).next);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  let steps = 0;
  return {
    train: async (batch, seed) => {
      const { loss, next } = await run(batch, adamRate(learningRate, ++steps), seed);
      disposeAll(state);
      state = next;
      return loss;
    },
    weights: () => separated(state[0].values(), initial),
    dispose,
  };
};

/** A step on empty events that moves nothing: shows that TensorFlow takes the graph before the training relies on it. */
const rehearsal = async <Result>(
  run: (batch: Batch, rate: number, seed: number) => Promise<Result>,
  events: number,
  featureCount: number,
): Promise<Result> => {
  const zeros = (): Float32Array => new Float32Array(events);
  const batch = { events, matrix: new Float32Array(events * featureCount), labels: zeros(), weights: zeros() };
  try {
    return await run(batch, 0, 0);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('unsupported', `TensorFlow refuses the graph: ${reason}`, { cause });
  }
};
