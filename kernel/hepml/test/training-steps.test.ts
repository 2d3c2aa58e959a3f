import { expect, test } from 'vitest';
import { randomSource } from '../src/data/index.ts';
import { dense, type Dense } from '../src/models/index.ts';
import type { Batch } from '../src/train/batches.ts';
import { eagerSteps } from '../src/train/eager-steps.ts';
import { denseNetwork } from '../src/train/networks/dense-network.ts';
import type { NetworkFrame, NetworkKind, NetworkParameter } from '../src/train/networks/network.ts';
import { signalObjective } from '../src/train/objectives/signal-objective.ts';
import type { StepPlan, TrainingSteps } from '../src/train/step-plan.ts';
import { tensorEngine } from '../src/train/tensor-engine.ts';
import { trainingSteps } from '../src/train/training-steps.ts';

const features = 5;
const engine = await tensorEngine('tensorflow');
const { tf } = engine;

/** Events with weights of both signs. */
const batchOf = (events: number, seed: number): Batch => {
  const random = randomSource(seed);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return {
    events,
    matrix: draw(events * features),
    labels: Float32Array.from({ length: events }, () => random.below(2)),
    weights: draw(events).map((value) => 1 + 0.8 * value),
  };
};

const frame: NetworkFrame = {
  inputShape: [features],
  outputs: 1,
  features: ['a', 'b', 'c', 'd', 'e'],
  mean: [0, 0, 0, 0, 0],
  inverseScale: [1, 1, 1, 1, 1],
};

const planOf = (
  description: Dense,
  change: Partial<StepPlan<Dense>> = {},
  kind: NetworkKind<Dense> = denseNetwork,
): StepPlan<Dense> => ({
  kind,
  description,
  frame,
  objective: signalObjective,
  initial: kind.initialise(description, frame, randomSource(7)),
  events: 80,
  batchSize: 32,
  learningRate: 0.01,
  ...change,
});

const largestDifference = (a: readonly NetworkParameter[], b: readonly NetworkParameter[]): number =>
  Math.max(
    ...a.flatMap(({ values }, index) =>
      Array.from(values, (value, place) => Math.abs(value - (b[index]?.values[place] as number))),
    ),
  );

/** Five epochs of two batches of 32 and one of 16. */
const trainAWhile = async (steps: TrainingSteps, seed = 0): Promise<readonly number[]> => {
  const losses: number[] = [];
  for (let step = 0; step < 15; step++)
    losses.push(await steps.train(batchOf(step % 3 === 2 ? 16 : 32, step), seed + step));
  return losses;
};

test.each(['relu', 'tanh', 'elu', 'selu', 'softplus', 'sigmoid', 'linear'] as const)(
  'a graph gives the losses and weights of single operations: %s, weighted events, a smaller last batch',
  async (activation) => {
    const plan = planOf(dense({ hidden: [16, 8], activation, dropout: 0 }));
    const { steps, report } = await trainingSteps(engine, plan);
    const twin = eagerSteps(tf, plan);
    expect(report.name).toBe('tf-graph');
    expect(report.note).toBeUndefined();
    const [losses, expected] = [await trainAWhile(steps), await trainAWhile(twin)];
    losses.forEach((loss, step) => expect(loss).toBeCloseTo(expected[step] as number, 6));
    expect(largestDifference(steps.weights(), twin.weights())).toBeLessThan(1e-6);
    expect(largestDifference(steps.weights(), plan.initial)).toBeGreaterThan(0.01);
    steps.dispose();
    twin.dispose();
  },
);

test('dropout masks differ from step to step and follow from the seed', async () => {
  const plan = planOf(dense({ hidden: [64, 64], dropout: 0.5 }), { learningRate: 1e-12 });
  const run = async (seeds: readonly number[]): Promise<readonly number[]> => {
    const { steps } = await trainingSteps(engine, plan);
    const losses: number[] = [];
    for (const seed of seeds) losses.push(await steps.train(batchOf(32, 1), seed));
    steps.dispose();
    return losses;
  };
  const losses = await run([1, 2, 3, 1]);
  expect(new Set(losses).size).toBe(3);
  expect(losses[3]).toBe(losses[0]);
  expect(await run([1, 2, 3, 1])).toEqual(losses);
});

test('a network trained with dropout in a graph generalises as one trained with single operations', async () => {
  const plan = planOf(dense({ hidden: [32], dropout: 0.4 }), { events: 512, batchSize: 256 });
  const { steps } = await trainingSteps(engine, plan);
  const twin = eagerSteps(tf, plan);
  const meanLoss = async (side: TrainingSteps): Promise<number> => {
    let sum = 0;
    for (let step = 0; step < 80; step++) {
      const loss = await side.train(batchOf(256, step % 4), step);
      if (step >= 40) sum += loss / 40;
    }
    side.dispose();
    return sum;
  };
  expect(Math.abs((await meanLoss(steps)) - (await meanLoss(twin)))).toBeLessThan(0.02);
});

const outside = tf.scalar(2);
outside.add(1).dispose();
/** Its value has not been sent to TensorFlow yet. */
const fresh = tf.scalar(2);
test.each([
  [
    'draws noise',
    () => tf.randomNormal([1]),
    /randomNormal cannot be part of a graph: its random numbers would be the/,
  ],
  ['reads values', () => tf.scalar(tf.scalar(1).add(2).dataSync()[0] as number), /cannot be part .* reads values/],
  [
    'uses a tensor from outside',
    () => outside,
    /Add cannot be part of a graph: it uses a tensor that was made outside/,
  ],
  [
    'uses a fresh tensor from outside',
    () => fresh,
    /add cannot be part of a graph: it uses a tensor that was made outs/,
  ],
] as const)('a network that %s trains by single operations, and the report says why', async (_, noise, note) => {
  const kind: NetworkKind<Dense> = {
    ...denseNetwork,
    outputs: (...args) => denseNetwork.outputs(...args).add(noise()),
  };
  const before = tf.memory().numTensors;
  const { steps, report } = await trainingSteps(engine, planOf(dense({ hidden: [4] }), {}, kind));
  expect(report).toMatchObject({ name: 'tf-eager', note: expect.stringMatching(note) as string });
  expect(await steps.train(batchOf(32, 1), 1)).toBeGreaterThan(0);
  steps.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('many trainings leave neither tensors nor memory behind', async () => {
  const plan = planOf(dense({ hidden: [64, 64] }));
  const train = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      const { steps } = await trainingSteps(engine, plan);
      await steps.train(batchOf(32, 1), 1);
      steps.dispose();
    }
  };
  const before = tf.memory().numTensors;
  await train(10);
  const start = process.memoryUsage().rss;
  await train(30);
  expect(tf.memory().numTensors).toBe(before);
  const grown = process.memoryUsage().rss - start;
  expect(grown).toBeLessThan(40e6);
});
