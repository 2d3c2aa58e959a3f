import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { models as modelTypes } from 'cygnet';
import type { Benchmark, Sample } from './harness.ts';
import { startPeer } from './peer-process.ts';
import { timed } from './timed.ts';

/** Read when the native libraries load, so set before the library is imported. */
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };

const features = 28;
const hidden = [128, 128, 128];
const options = { epochs: 1, batchSize: 1024, learningRate: 1e-3, seed: 1 };
/** Over eight orders of 100,000 events Keras' own mean loss had a standard deviation of 0.0024. */
const tolerance = 0.01;
const fewestEvents = 50_000;
const engines = ['tf-graph', 'tf-eager'] as const;

interface PeerFit {
  readonly seconds: number;
  readonly cpu: number;
  readonly loss: number;
}

/** Normal features; the label follows from a product and a sum of some. */
const generate = (events: number): { readonly matrix: Float32Array; readonly labels: Float32Array } => {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const matrix = Float32Array.from({ length: events * features }, normal);
  const labels = Float32Array.from({ length: events }, (_, event) => {
    const [a, b, c] = matrix.subarray(event * features) as unknown as [number, number, number];
    return a * b + c + normal() > 0 ? 1 : 0;
  });
  return { matrix, labels };
};

/** One epoch of a dense network here and in Keras: the same events, initial weights and optimiser, one thread each. */
export const trainingBenchmark = async ({ events }: { readonly events: number }): Promise<Benchmark> => {
  if (!Number.isInteger(events) || events < fewestEvents)
    throw new RangeError(
      `--events is a whole number of at least ${fewestEvents}: with fewer, the order decides the loss.`,
    );
  Object.assign(process.env, oneThread);
  const { Table, models, train } = await import('cygnet');
  const { matrix, labels } = generate(events);
  const columns = Object.fromEntries(
    Array.from({ length: features }, (_, feature) => [
      `x${feature}`,
      labels.map((_, event) => matrix[event * features + feature] as number),
    ]),
  );
  const table = Table.from({ ...columns, isSignal: Uint8Array.from(labels) }, { label: 'isSignal' });
  const network = models.dense({ hidden, activation: 'relu', dropout: 0, standardise: false });

  const folder = await mkdtemp(join(tmpdir(), 'cygnet-bench-'));
  await writeFile(join(folder, 'matrix.f32'), matrix);
  await writeFile(join(folder, 'labels.f32'), labels);
  // A step of no size leaves the initial weights, which follow from the seed alone.
  const untrained = await train(network, table.slice(0, 2 * options.batchSize), { ...options, learningRate: 1e-30 });
  const { layers } = (await untrained.blueprint()) as modelTypes.DenseBlueprint;
  untrained.dispose();
  const initial = layers.flatMap(({ weights, bias }) => [...weights, ...bias]);
  await writeFile(join(folder, 'weights.f32'), Float32Array.from(initial));

  const peer = startPeer('training_peer.py', { ...oneThread, TF_CPP_MIN_LOG_LEVEL: '2', KERAS_BACKEND: 'tensorflow' });
  const { version } = await peer.ask<{ version: string }>({
    op: 'load',
    folder,
    features,
    hidden,
    learningRate: options.learningRate,
  });

  const fit = async (engine: (typeof engines)[number]): Promise<readonly Sample[]> => {
    process.env.CYGNET_ENGINE = engine === 'tf-eager' ? engine : 'tensorflow';
    const { result: model, ...times } = await timed(() => train(network, table, options));
    if (model.engine.name !== engine) throw new Error(`Asked for ${engine}, got ${JSON.stringify(model.engine)}`);
    const result = model.history.steps.at(-1)?.loss;
    model.dispose();
    return [
      { case: engine, ...times, result },
      { case: `${engine}, without hand-over`, seconds: model.history.elapsedSeconds, result },
    ];
  };

  return {
    name: 'training',
    peer: `Keras ${version} fit`,
    notes: [
      `Dense network ${[features, ...hidden, 1].join('-')}, ${events.toLocaleString('en')} events, batches of ${options.batchSize}, one epoch, Adam, one thread on both sides; same events and initial weights, each side's own order of events.`,
      `Ours is the whole call of train: reading and checking the table, its hash, capture of the graph, training ("without hand-over": training alone). The peer's graph stays from the warm-up.`,
      `Results agree when the mean losses of the epoch differ by less than ${tolerance}; the order of events alone moves it by 0.002.`,
    ],
    ours: async () => [...(await fit('tf-graph')), ...(await fit('tf-eager'))],
    theirs: async () => {
      const { seconds, cpu, loss } = await peer.ask<PeerFit>({ op: 'fit', batch: options.batchSize });
      return engines.flatMap((engine) => [
        { case: engine, seconds, cpuSeconds: cpu, result: loss },
        { case: `${engine}, without hand-over`, seconds, result: loss },
      ]);
    },
    agree: (ours, theirs) => Math.abs((ours as number) - (theirs as number)) < tolerance,
    async close() {
      await peer.close();
      await rm(folder, { recursive: true });
    },
  };
};
