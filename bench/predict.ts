import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { models as modelTypes } from 'cygnet';

import type { Benchmark, Sample } from './harness.ts';
import { startPeer } from './peer-process.ts';
import { closeTo, median } from './statistics.ts';

/** Read when the native libraries load, so set before the library is imported. */
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };

const cases = [
  { batch: 1, events: 500 },
  { batch: 10_000, events: 100_000 },
] as const;

const tolerance = 2e-6;

interface PeerScores {
  readonly seconds: number;
  readonly cpu: number;
  readonly scores: readonly number[];
}

/** Median seconds a call of `batch` events, and all scores in order. */
const time = async (
  model: modelTypes.TrainedModel,
  events: Float32Array,
  batch: number,
): Promise<Omit<Sample, 'case'>> => {
  const width = model.features.length * batch;
  const seconds: number[] = [];
  const result: number[] = [];
  const cpu = process.cpuUsage();
  for (let start = 0; start < events.length; start += width) {
    const calls = events.subarray(start, start + width);
    const before = performance.now();
    const scores = await model.predict(calls);
    seconds.push((performance.now() - before) / 1e3);
    for (const score of scores) result.push(score);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: median(seconds), cpuSeconds: (user + system) / 1e6 / seconds.length, result };
};

/** Our trained models against ONNX Runtime in Python on their exported files: the same events, one thread each. */
export const predictBenchmark = async (): Promise<Benchmark> => {
  Object.assign(process.env, oneThread);
  const { datasets, exporters, models, train } = await import('cygnet');
  const higgs = await datasets.load('higgs-uci-20k');
  const network = await train(models.dense({ hidden: [64, 64] }), higgs, { name: 'dense', epochs: 2, seed: 1 });
  const trees = await train(models.boostedTrees({ trees: 200, maxDepth: 4 }), higgs, { name: 'trees', seed: 1 });

  const folder = await mkdtemp(join(tmpdir(), 'cygnet-bench-'));
  const sample = higgs.matrix(network.features);
  const events = new Float32Array(sample.length * 5);
  for (let copy = 0; copy < 5; copy++) events.set(sample, copy * sample.length);
  await writeFile(join(folder, 'events.f32'), events);

  const peer = startPeer('predict_peer.py', oneThread);
  let version = '';
  for (const model of [network, trees]) {
    const exported = await exporters.onnx(model, { folder: join(folder, model.name), name: model.name });
    const file = exported.files.find((path) => path.endsWith('.onnx')) ?? '';
    const request = {
      op: 'load',
      name: model.name,
      file: resolve(file),
      events: join(folder, 'events.f32'),
      features: model.features.length,
    };
    ({ version } = await peer.ask<{ version: string }>(request));
  }

  const everyCase = async (
    measure: (model: modelTypes.TrainedModel, batch: number, count: number) => Promise<Omit<Sample, 'case'>>,
  ): Promise<readonly Sample[]> => {
    const samples: Sample[] = [];
    for (const model of [network, trees])
      for (const { batch, events: count } of cases)
        samples.push({
          case: `${model.name}, batch ${batch.toLocaleString('en')}`,
          ...(await measure(model, batch, count)),
        });
    return samples;
  };

  return {
    name: 'predict',
    peer: `onnxruntime ${version} (Python)`,
    notes: [
      'Dense network 28-64-64-1 and 200 boosted trees of depth 4 on UCI HIGGS events; seconds a call, medians of 500 calls (batch 1) and 10 calls (batch 10,000).',
      `One thread on both sides; the peer runs the file that our exporter wrote. Results agree when every score is equal within ${tolerance}.`,
      `Ours: ${network.engine.library} for the network, ${trees.engine.library} for the trees.`,
    ],
    ours: () =>
      everyCase((model, batch, count) => time(model, events.subarray(0, count * model.features.length), batch)),
    theirs: () =>
      everyCase(async (model, batch, count) => {
        const reply = await peer.ask<PeerScores>({ op: 'predict', name: model.name, batch, events: count });
        return { seconds: reply.seconds, cpuSeconds: reply.cpu, result: reply.scores };
      }),
    agree: (ours, theirs) => closeTo(tolerance)(ours as number[], theirs as number[]),
    async close() {
      await peer.close();
      network.dispose();
      trees.dispose();
      await rm(folder, { recursive: true });
    },
  };
};
