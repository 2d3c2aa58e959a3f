import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Sample } from './harness.ts';
import { startPeer } from './peer-process.ts';
import { timed } from './timed.ts';

const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
const replicas = 20;

type Case =
  | { readonly name: string; readonly op: 'curve'; readonly events: number; readonly weighted: boolean }
  | { readonly name: string; readonly op: 'bootstrap'; readonly events: number };

const cases: readonly Case[] = [
  { name: 'ROC curve and area, 5 million events, weighted', op: 'curve', events: 5_000_000, weighted: true },
  { name: 'ROC curve and area, 5 million events', op: 'curve', events: 5_000_000, weighted: false },
  {
    name: `Bootstrap of the area, 1 million weighted events, ${replicas} replicas`,
    op: 'bootstrap',
    events: 1_000_000,
  },
];

interface Reply {
  readonly seconds: number;
  readonly cpu: number;
  readonly result: readonly number[];
}

/** ROC curves of large samples against scikit-learn: the same events, one thread each. */
export const metricsBenchmark = async (): Promise<Benchmark> => {
  const { metrics } = await import('cygnet');
  const { labels, scores, weights } = events(5_000_000);
  const folder = await mkdtemp(join(tmpdir(), 'cygnet-bench-'));
  const file = (name: string): string => join(folder, name);
  await Promise.all([
    writeFile(file('labels'), labels),
    writeFile(file('scores'), scores),
    writeFile(file('weights'), weights),
  ]);
  const peer = startPeer('metrics_peer.py', oneThread);
  const load = { op: 'load', labels: file('labels'), scores: file('scores'), weights: file('weights') };
  const { version } = await peer.ask<{ version: string }>(load);

  const work = (one: Case): readonly number[] => {
    const [truth, values] = [labels.subarray(0, one.events), scores.subarray(0, one.events)];
    const of = { weights: weights.subarray(0, one.events) };
    if (one.op === 'bootstrap') {
      const area = metrics.bootstrapAuc(truth, values, { ...of, replicas, seed: 1 });
      return [area.value, area.error];
    }
    const curve = metrics.rocCurve(truth, values, one.weighted ? of : {});
    return [curve.auc, metrics.rejectionAt(curve, 0.5).backgroundEfficiency];
  };
  const ours = async (one: Case): Promise<Sample> => ({
    case: one.name,
    ...(await timed(() => Promise.resolve(work(one)))),
  });
  const theirs = async (one: Case): Promise<Sample> => {
    const reply = await peer.ask<Reply>({ ...one, replicas });
    return { case: one.name, seconds: reply.seconds, cpuSeconds: reply.cpu, result: reply.result };
  };
  return {
    name: 'metrics',
    peer: `scikit-learn ${version}`,
    notes: [
      'Float64 scores, 40 % signal, exponential weights. Ours gives errors of every point and of the area too, the peer does not.',
      'Results agree when areas are equal to 1e-9, background efficiencies at 50 % signal efficiency to 1e-5, and bootstrap errors',
      `within 70 %: each is known to ${Math.round(100 / Math.sqrt(2 * replicas))} % from ${replicas} replicas. The peer draws Poisson weights and calls roc_auc_score.`,
    ],
    async ours() {
      const samples: Sample[] = [];
      for (const one of cases) samples.push(await ours(one));
      return samples;
    },
    async theirs() {
      const samples: Sample[] = [];
      for (const one of cases) samples.push(await theirs(one));
      return samples;
    },
    agree(a, b, name) {
      const [mine, other] = [a as number[], b as number[]];
      const [area, second] = [0, 1].map((i) => Math.abs((mine[i] as number) - (other[i] as number))) as [
        number,
        number,
      ];
      const allowed = name.startsWith('Bootstrap') ? 0.7 * (other[1] as number) : 1e-5;
      return area < 1e-9 && second < allowed;
    },
    async close() {
      await peer.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** Scores of a classifier with an area of some 0.87, the same in every run. */
const events = (count: number) => {
  let state = 1;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const labels = new Uint8Array(count);
  const [scores, weights] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    labels[i] = uniform() < 0.4 ? 1 : 0;
    const margin = 2 * (uniform() + uniform() + uniform() - 1.5 + 0.8 * (labels[i] as number));
    scores[i] = 1 / (1 + Math.exp(-margin));
    weights[i] = -Math.log(1 - uniform());
  }
  return { labels, scores, weights };
};
