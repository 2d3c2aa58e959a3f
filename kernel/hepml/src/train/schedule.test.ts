import { expect, test } from 'vitest';
import { randomSource } from '../data/index.ts';
import { dense } from '../models/index.ts';
import { denseNetwork } from './networks/dense-network.ts';
import { signalObjective } from './objectives/signal-objective.ts';
import { scheduledRate, scheduleFactor } from './schedule.ts';
import { tensorEngine } from './tensor-engine.ts';
import { trainingSteps } from './training-steps.ts';

test('a schedule goes as its paper says', () => {
  expect(scheduleFactor({ kind: 'cosine' }, 0)).toBe(1);
  expect(scheduleFactor({ kind: 'cosine' }, 0.5)).toBeCloseTo(0.5, 12);
  expect(scheduleFactor({ kind: 'cosine', final: 0.1 }, 1)).toBeCloseTo(0.1, 12);
  expect(scheduleFactor({ kind: 'cosine', warmUp: 0.2 }, 0.1)).toBeCloseTo(0.5, 12);
  expect(scheduleFactor({ kind: 'cosine', warmUp: 0.2 }, 0.2)).toBe(1);
  expect([0, 0.3, 0.34, 0.7].map((share) => scheduleFactor({ kind: 'step' }, share))).toEqual([1, 1, 0.1, 0.1 ** 2]);
  expect(scheduleFactor({ kind: 'step', every: 0.25, factor: 0.5 }, 0.75)).toBeCloseTo(0.125, 12);
  expect(scheduleFactor({ kind: 'one-cycle' }, 0)).toBeCloseTo(1 / 25, 12);
  expect(scheduleFactor({ kind: 'one-cycle' }, 0.3)).toBe(1);
  expect(scheduleFactor({ kind: 'one-cycle' }, 1)).toBeCloseTo(1 / 25e4, 12);
  expect(scheduledRate({ learningRate: 0.3, schedule: { kind: 'constant' } }, 7, 10)).toBe(0.3);
  expect(scheduledRate({ learningRate: 0.3, schedule: { kind: 'constant', warmUp: 0.5 } }, 0, 10)).toBeCloseTo(
    0.03,
    12,
  );
});

const features = 4;
const frame = {
  inputShape: [features],
  outputs: 1,
  features: ['a', 'b', 'c', 'd'],
  mean: [0, 0, 0, 0],
  inverseScale: [1, 1, 1, 1],
};

test('a clipped gradient gives the step of a shorter one: in graphs and by single operations alike', async () => {
  const random = randomSource(3);
  const matrix = Float32Array.from({ length: 32 * features }, () => random.normal());
  const description = dense({ hidden: [8], dropout: 0 });
  const batch = {
    events: 32,
    matrix,
    labels: Float32Array.from({ length: 32 }, (_, i) => i % 2),
    weights: new Float32Array(32).fill(1),
  };
  const firstMoments = async (engineName: string, clipNorm?: number) => {
    const engine = await tensorEngine(engineName);
    const { steps } = await trainingSteps(engine, {
      kind: denseNetwork,
      description,
      frame,
      objective: signalObjective,
      initial: denseNetwork.initialise(description, frame, randomSource(1)),
      events: 32,
      batchSize: 32,
      learningRate: 0.01,
      ...(clipNorm === undefined ? {} : { clipNorm }),
    });
    await steps.train(batch, 1);
    const { first } = steps.state();
    steps.dispose();
    return first;
  };
  // After one step from zero, the first moment is a tenth of the gradient.
  const lengthOf = (moments: Float32Array) => 10 * Math.hypot(...moments);
  const free = await firstMoments('tensorflow');
  expect(lengthOf(free)).toBeGreaterThan(0.02);
  for (const engine of ['tensorflow', 'tf-eager']) {
    const clipped = await firstMoments(engine, 0.01);
    expect(lengthOf(clipped)).toBeCloseTo(0.01, 6);
    clipped.forEach((value, i) => expect(value * lengthOf(free)).toBeCloseTo((free[i] as number) * 0.01, 6));
    const loose = await firstMoments(engine, 1e3);
    loose.forEach((value, i) => expect(value).toBeCloseTo(free[i] as number, 6));
  }
});
