import { fork } from 'node:child_process';
import type { Benchmark, Sample } from './harness.ts';
import { generate, pathOf, startRootioPeer } from './rootio-files.ts';
import type { BenchFile } from './rootio-files.ts';

/** 36 million events of 28 floats are 4 GB. */
const defaultEvents = 36_000_000;

interface Pass {
  readonly seconds: number;
  readonly cpu: number;
  readonly events: number;
  readonly checksum: number;
  readonly peakMB: number;
}

/** One pass in a process of its own, so that its peak of resident memory is its own. */
const passHere = (path: string, threads: number): Promise<Pass> =>
  new Promise((resolve, reject) => {
    const child = fork(`${import.meta.dirname}/rootio-pass.ts`, [path, String(threads)], {
      execArgv: ['--conditions=cygnet:source', '--disable-warning=ExperimentalWarning'],
    });
    child.once('message', (pass) => resolve(pass as Pass));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The pass ended with code ${code}.`)));
  });

/** A pass over a file that is larger than the memory it may take, by us and by uproot's iterate. */
export const rootioStreamBenchmark = async ({
  events = defaultEvents,
}: {
  readonly events: number | undefined;
}): Promise<Benchmark> => {
  const { peer, parts } = await startRootioPeer();
  const file: BenchFile = { content: 'large', kind: 'tree', codec: 'none', events };
  await generate(peer, [file]);
  const path = pathOf(file);
  const peaks = new Map<string, number>();
  const notes = [
    `A pass over a tree of ${events.toLocaleString('en')} events of 28 float32 without compression, summing up every column; chunks of 32 MB.`,
  ];
  const note = (who: string, peakMB: number): void => {
    peaks.set(who, Math.max(peaks.get(who) ?? 0, peakMB));
    notes[1] = `Peak of resident memory: ${[...peaks].map(([name, peak]) => `${name} ${peak.toFixed(0)} MB`).join(', ')}.`;
  };
  const rows = [1, 2] as const;
  return {
    name: 'rootio-stream',
    peer: `uproot ${parts.uproot} iterate`,
    notes,
    ours: async () => {
      const samples: Sample[] = [];
      for (const threads of rows) {
        const pass = await passHere(path, threads);
        note(`ours with ${threads} thread${threads === 1 ? '' : 's'}`, pass.peakMB);
        samples.push({
          case: `${threads} thread${threads === 1 ? '' : 's'}`,
          seconds: pass.seconds,
          cpuSeconds: pass.cpu,
          result: [pass.events, pass.checksum],
        });
      }
      return samples;
    },
    theirs: async () => {
      const pass = await peer.ask<Pass>({ op: 'iterate', path });
      note('uproot', pass.peakMB);
      return rows.map((threads) => ({
        case: `${threads} thread${threads === 1 ? '' : 's'}`,
        seconds: pass.seconds,
        cpuSeconds: pass.cpu,
        result: [pass.events, pass.checksum],
      }));
    },
    agree: (ours, theirs) => JSON.stringify(ours) === JSON.stringify(theirs),
    close: () => peer.close(),
  };
};
