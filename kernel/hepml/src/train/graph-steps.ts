import { CygnetError } from '@cygnet/columns';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { GraphEngine, GraphFunction, GraphTensor } from '../native/index.ts';
import { adamConstants, adamRate, adamStart, adamStep, separatedParameters, shapedWeights } from './adam.ts';
import type { Batch } from './batches.ts';
import type { Tf } from './networks/network.ts';
import { lossAndGradients, type StepPlan, type TrainingSteps } from './step-plan.ts';

/** The whole step as a function of tensors: weights, moments, batch, size of the step. Gives the loss and what follows. */
const stepBody =
  <Description>(tf: Tf, plan: StepPlan<Description>) =>
  (tensors: readonly Tensor[]): readonly Tensor[] => {
    const [theta, first, second, inputs, labels, weights, rate] = tensors as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
      Tensor,
      Tensor1D,
      Tensor1D,
      Tensor,
    ];
    const parameters = shapedWeights(tf, theta, plan.initial);
    // The masks follow from the seed that the graph is run with, not from this one.
    const { loss, gradients } = lossAndGradients(tf, plan, parameters, { inputs, labels, weights }, 0);
    const next = adamStep(tf, { theta, first, second }, gradients, rate, adamConstants, plan.clipNorm);
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
  const { initial, frame } = plan;
  const start = plan.start ?? adamStart(initial);
  const { theta } = start;
  const vector = (values: Float32Array): GraphTensor => graphs.tensor([values.length], values);
  const functions = new Map<number, GraphFunction>();
  let state: State = [vector(theta), vector(start.first), vector(start.second)];
  const disposeAll = (tensors: readonly GraphTensor[]): void => tensors.forEach((tensor) => tensor.dispose());
  const dispose = (): void => {
    functions.forEach((graph) => graph.dispose());
    disposeAll(state);
  };

  const run = async (batch: Batch, rate: number, seed: number): Promise<{ loss: number; next: State }> => {
    const graph = functions.get(batch.events);
    if (graph === undefined) throw new RangeError(`No graph was made for a batch of ${batch.events} events.`);
    const fed = [
      graphs.tensor([batch.events, ...frame.inputShape], batch.matrix),
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
      const inputs = [events, ...frame.inputShape];
      const shapes = [[theta.length], [theta.length], [theta.length], inputs, [events], [events], []];
      functions.set(events, graphs.capture(shapes, stepBody(tf, plan)));
      disposeAll((await rehearsal(run, events, frame.inputShape)).next);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  let { steps } = start;
  return {
    train: async (batch, seed, learningRate = plan.learningRate) => {
      const { loss, next } = await run(batch, adamRate(learningRate, ++steps), seed);
      disposeAll(state);
      state = next;
      return loss;
    },
    weights: () => separatedParameters(state[0].values(), initial),
    state: () => {
      const [theta, first, second] = state.map((tensor) => tensor.values()) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      return { theta, first, second, steps };
    },
    dispose,
  };
};

/** A step on empty events that moves nothing: shows that TensorFlow takes the graph before the training relies on it. */
const rehearsal = async <Result>(
  run: (batch: Batch, rate: number, seed: number) => Promise<Result>,
  events: number,
  inputShape: readonly number[],
): Promise<Result> => {
  const zeros = (): Float32Array => new Float32Array(events);
  const batch = {
    events,
    matrix: new Float32Array(inputShape.reduce((all, length) => all * length, events)),
    labels: zeros(),
    weights: zeros(),
  };
  try {
    return await run(batch, 0, 0);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('unsupported', `TensorFlow refuses the graph: ${reason}`, { cause });
  }
};
