import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convolution, dense, type Activation, type Task } from '../src/models/index.ts';
import type { Batch } from '../src/train/batches.ts';
import { convolutionNetwork } from '../src/train/networks/convolution-network.ts';
import { denseNetwork } from '../src/train/networks/dense-network.ts';
import type { NetworkParameter } from '../src/train/networks/network.ts';
import { chooseObjective } from '../src/train/objectives/choose-objective.ts';
import { makeSample } from '../src/train/sample.ts';
import type { StepPlan } from '../src/train/step-plan.ts';
import { tensorEngine } from '../src/train/tensor-engine.ts';
import { trainingSteps } from '../src/train/training-steps.ts';

/** Relative, of float32 sums in another order that 50 steps carry on. */
const tolerance = 5e-5;

const folder = new URL('../fixtures/training/', import.meta.url);

interface Golden {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly batch: number;
  readonly learningRate: number;
  readonly clipNorm?: number;
  readonly initial: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  readonly losses: readonly number[];
  readonly final: readonly (readonly number[])[];
}

const activations: { readonly [name: string]: Activation } = { 'signal-clipped': 'tanh', classes: 'relu' };

const taskOf = (name: string): Task => {
  if (name === 'classes') return { kind: 'classes', classes: ['a', 'b', 'c'] };
  if (name === 'mse' || name === 'mae' || name === 'huber') return { kind: 'regression', target: 'y', loss: name };
  return { kind: 'signal' };
};

const planOf = (golden: Golden): Omit<StepPlan<never>, 'kind' | 'description'> => {
  const { name, inputShape, batch, initial, labels, inputs, learningRate, clipNorm } = golden;
  const task = taskOf(name);
  const events = { events: labels.length, featureCount: 1, matrix: Float32Array.from(inputs), rowsPerEvent: 1 };
  const sample = makeSample(events, Float32Array.from(labels), new Float32Array(labels.length).fill(1));
  const objective = chooseObjective(task, sample);
  return {
    frame: { inputShape, outputs: objective.width, features: [], mean: [], inverseScale: [] },
    // Keras' labels are used as they are: only the loss is compared.
    objective,
    initial: initial.map(({ shape, values }): NetworkParameter => ({ shape, values: Float32Array.from(values) })),
    events: labels.length,
    batchSize: batch,
    learningRate,
    ...(clipNorm === undefined ? {} : { clipNorm }),
  };
};

const stepsOf = async (golden: Golden, engineName: string) => {
  const engine = await tensorEngine(engineName);
  const plan = planOf(golden);
  if (golden.name === 'convolution') {
    const description = convolution({ shape: [6, 6], filters: [3], hidden: [8] });
    return trainingSteps(engine, { ...plan, kind: convolutionNetwork, description });
  }
  const description = dense({ hidden: [16, 8], activation: activations[golden.name] ?? 'elu', dropout: 0 });
  return trainingSteps(engine, { ...plan, kind: denseNetwork, description });
};

const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

test('there are golden losses', () => expect(files.length).toBeGreaterThanOrEqual(7));

test.each(files.flatMap((file) => ['tensorflow', 'tf-eager'].map((engine) => [file, engine] as const)))(
  'the losses of 50 steps are those of Keras: %s on %s',
  async (file, engineName) => {
    const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden;
    const { steps, report } = await stepsOf(golden, engineName);
    expect(report.name).toBe(engineName === 'tensorflow' ? 'tf-graph' : 'tf-eager');
    const width = golden.inputs.length / golden.labels.length;
    const batches = golden.labels.length / golden.batch;
    let worst = 0;
    for (const [step, expected] of golden.losses.entries()) {
      const start = (step % batches) * golden.batch;
      const part = (values: readonly number[], of = 1) =>
        Float32Array.from(values.slice(start * of, (start + golden.batch) * of));
      const batch: Batch = {
        events: golden.batch,
        matrix: part(golden.inputs, width),
        labels: part(golden.labels),
        weights: part(golden.weights),
      };
      const loss = await steps.train(batch, 0);
      worst = Math.max(worst, Math.abs(loss / expected - 1));
    }
    expect(worst).toBeLessThan(tolerance);
    steps
      .weights()
      .forEach(({ values }, tensor) =>
        values.forEach((value, i) =>
          expect(Math.abs(value - (golden.final[tensor]?.[i] as number))).toBeLessThan(1e-4),
        ),
      );
    steps.dispose();
  },
);
