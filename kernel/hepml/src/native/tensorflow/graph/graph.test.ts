import { isCygnetError } from '@cygnet/columns';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loadTensorFlow, type GraphFunction, type GraphTensor } from '../../index.ts';

const { tf, graphs } = await loadTensorFlow();

/** Runs a function on arrays and gives its outputs as arrays. */
const call = async (
  graph: GraphFunction,
  inputs: readonly (readonly [shape: readonly number[], values: Float32Array])[],
  seed = 0,
): Promise<readonly Float32Array[]> => {
  const tensors = inputs.map(([shape, values]) => graphs.tensor(shape, values));
  const outputs = await graph.run(tensors, seed);
  const values = outputs.map((output) => output.values());
  [...tensors, ...outputs].forEach((tensor: GraphTensor) => tensor.dispose());
  return values;
};

test('a function of tensors runs as one graph, with other values each time', async () => {
  const graph = graphs.capture([[2, 2], [2]], ([matrix, vector]) => {
    const product = tf.matMul(matrix as TensorFlowJs.Tensor2D, (vector as TensorFlowJs.Tensor1D).reshape([2, 1]));
    return [product.mul(10), tf.concat([vector as TensorFlowJs.Tensor1D, tf.ones([1])])];
  });
  const identity = Float32Array.of(1, 0, 0, 1);
  for (const vector of [Float32Array.of(1, 2), Float32Array.of(3, 4)]) {
    const outputs = await call(graph, [
      [[2, 2], identity],
      [[2], vector],
    ]);
    expect(outputs).toEqual([vector.map((value) => 10 * value), Float32Array.of(...vector, 1)]);
  }
  graph.dispose();
});

test('gradients are captured with the rest', async () => {
  const graph = graphs.capture([[3]], ([x]) => [tf.grad((y) => y.square().sum())(x as TensorFlowJs.Tensor)]);
  expect(await call(graph, [[[3], Float32Array.of(1, 2, -3)]])).toEqual([Float32Array.of(2, 4, -6)]);
  graph.dispose();
});

test('dropout drops its fraction of units, others at each seed and each place', async () => {
  const size = 100_000;
  const graph = graphs.capture([[size]], ([x]) => [
    tf.dropout(x as TensorFlowJs.Tensor, 0.3),
    tf.dropout(x as TensorFlowJs.Tensor, 0.3),
  ]);
  const ones = [[[size], new Float32Array(size).fill(1)]] as const;
  const [first, second] = (await call(graph, ones, 1)) as [Float32Array, Float32Array];
  const [again] = await call(graph, ones, 1);
  const [other] = (await call(graph, ones, 2)) as [Float32Array];
  expect(again).toEqual(first);
  const kept = first.filter((value) => value > 0);
  expect(kept.length / size).toBeCloseTo(0.7, 2);
  expect(kept.every((value) => Math.abs(value - 1 / 0.7) < 1e-6)).toBe(true);
  for (const mask of [second, other]) {
    const agreement = mask.reduce((sum, value, place) => sum + (value > 0 === (first[place] as number) > 0 ? 1 : 0), 0);
    expect(agreement / size).toBeCloseTo(0.7 ** 2 + 0.3 ** 2, 2);
  }
  graph.dispose();
});

test('what cannot be part of a graph is refused by name, and tfjs works on as before', () => {
  const before = tf.memory().numTensors;
  const refused = (body: (x: TensorFlowJs.Tensor) => TensorFlowJs.Tensor): string => {
    try {
      graphs.capture([[2]], ([x]) => [body(x as TensorFlowJs.Tensor)]).dispose();
    } catch (error) {
      if (isCygnetError(error, 'unsupported')) return error.message;
      throw error;
    }
    return 'was captured';
  };
  expect(refused((x) => tf.randomNormal([2]).add(x))).toMatch(/^randomNormal cannot/);
  expect(refused((x) => tf.randomUniform([2]).add(x))).toMatch(/^randomUniform cannot/);
  expect(refused((x) => tf.multinomial(x as TensorFlowJs.Tensor1D, 2))).toMatch(/^Multinomial cannot/);
  expect(refused((x) => x.reshape([3]))).toMatch(/Size|reshape/i);
  expect(tf.memory().numTensors).toBe(before);
  expect(tf.tidy(() => tf.scalar(1).add(2).dataSync()[0])).toBe(3);
});

test('the event loop turns while a graph runs', async () => {
  const size = 1500;
  const graph = graphs.capture([[size, size]], ([x]) => {
    let product = x as TensorFlowJs.Tensor2D;
    for (let time = 0; time < 8; time++) product = tf.matMul(product, product).mul(1e-3);
    return [product.sum()];
  });
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const start = performance.now();
  await call(graph, [[[size, size], new Float32Array(size * size).fill(1e-3)]]);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan((performance.now() - start) / 50);
  graph.dispose();
});
