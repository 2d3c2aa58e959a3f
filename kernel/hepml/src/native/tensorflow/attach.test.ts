import type * as TensorFlowJs from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loadTensorFlow } from '../index.ts';

const { tf, version } = await loadTensorFlow();

test('tfjs computes on TensorFlow', () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(tf.getBackend()).toBe('tensorflow');
});

test('numbers, whole numbers and booleans cross over and come back', () => {
  tf.tidy(() => {
    expect(
      tf
        .tensor2d([
          [1, 2],
          [3, 4],
        ])
        .matMul(
          tf.tensor2d([
            [0, 1],
            [1, 0],
          ]),
        )
        .dataSync(),
    ).toEqual(Float32Array.of(2, 1, 4, 3));
    expect(tf.tensor1d([5, 7], 'int32').add(tf.scalar(1, 'int32')).dataSync()).toEqual(Int32Array.of(6, 8));
    expect(tf.tensor1d([1, 3]).greater(tf.scalar(2)).dataSync()).toEqual(Uint8Array.of(0, 1));
    expect(tf.zeros([0, 3]).dataSync()).toEqual(new Float32Array(0));
    expect(tf.argMax(tf.tensor1d([1, 9, 3])).dataSync()[0]).toBe(1);
  });
});

test('operations with every kind of attribute run: lists, text, shapes, floats', () => {
  tf.tidy(() => {
    const image = tf.ones<TensorFlowJs.Rank.R4>([1, 4, 4, 1]);
    const kernel = tf.ones<TensorFlowJs.Rank.R4>([3, 3, 1, 2]);
    expect(tf.conv2d(image, kernel, 1, 'same').sum().dataSync()[0]).toBe(2 * (4 * 9 + 8 * 6 + 4 * 4));
    expect(tf.maxPool(image, 2, 2, 'valid').shape).toEqual([1, 2, 2, 1]);
    expect(tf.leakyRelu(tf.tensor1d([-1, 1]), 0.5).dataSync()).toEqual(Float32Array.of(-0.5, 1));
    expect(tf.split(tf.range(0, 6), [1, 2, 3]).map((part) => part.shape[0])).toEqual([1, 2, 3]);
    expect(tf.reverse(tf.range(0, 3)).dataSync()).toEqual(Float32Array.of(2, 1, 0));
  });
});

test('a layers model trains, saves and loads with equal predictions', async () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape: [4] }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'binaryCrossentropy' });
  const x = tf.randomNormal([256, 4], 0, 1, 'float32', 3);
  const y = x.slice([0, 0], [256, 1]).greater(0).cast('float32');
  const { history } = await model.fit(x, y, { epochs: 5, verbose: 0 });
  const losses = history.loss as number[];
  expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  const saved: TensorFlowJs.io.ModelArtifacts[] = [];
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved.push(artifacts);
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved[0] as TensorFlowJs.io.ModelArtifacts));
  const predicted = (layers: typeof loaded) => (layers.predict(x) as TensorFlowJs.Tensor).dataSync();
  expect(predicted(loaded)).toEqual(predicted(model));
});

test("TensorFlow's own message reaches the caller, and nothing leaks", () => {
  const before = tf.memory().numTensors;
  expect(() => tf.tidy(() => tf.engine().runKernel('Reshape', { x: tf.ones([4]) }, { shape: [3] }))).toThrow(
    /TensorFlow, Reshape: .*4 values.*3/,
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('tensors that are disposed of are gone from TensorFlow too', () => {
  const binding = (tf.backend() as unknown as { readonly binding: { getNumOfTensors(): number } }).binding;
  const before = binding.getNumOfTensors();
  const kept = tf.keep(tf.tidy(() => tf.ones([8]).mul(2).add(1)));
  expect(kept.dataSync()[0]).toBe(3);
  expect(binding.getNumOfTensors()).toBeGreaterThan(before);
  kept.dispose();
  expect(binding.getNumOfTensors()).toBe(before);
});
