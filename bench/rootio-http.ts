import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Benchmark, Sample } from './harness.ts';
import { checksum, generate, pathOf, sameChecksums, snapshot, startRootioPeer } from './rootio-files.ts';
import type { BenchFile, PeerReading } from './rootio-files.ts';
import { timed } from './timed.ts';

const defaultEvents = 2_000_000;
const columns = ['f03', 'f20'];
const latencyMs = 50;

interface Traffic {
  readonly url: string;
  readonly requests: number;
  readonly bytes: number;
}

/** A server in a process of its own; it tells what went through since it was last asked. */
const startServer = (path: string, ranges: string) => {
  const child: ChildProcess = fork(`${import.meta.dirname}/rootio-server.ts`, [path, ranges, String(latencyMs)], {
    execArgv: ['--conditions=cygnet:source', '--disable-warning=ExperimentalWarning'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}.`)));
  });
  ended.catch(() => undefined); // told to whoever asks
  const ask = (): Promise<Traffic> => {
    const answer = new Promise<Traffic>((resolve) => child.once('message', (traffic) => resolve(traffic as Traffic)));
    child.send('traffic');
    return Promise.race([answer, ended]);
  };
  return { ask, stop: () => void child.disconnect() };
};

const kinds = ['tree', 'rntuple'] as const;
const manners = { several: 'several ranges a request', one: 'one range a request' } as const;

/** Two of 28 columns from a web server that answers after 50 ms. */
export const rootioHttpBenchmark = async ({
  events = defaultEvents,
}: {
  readonly events: number | undefined;
}): Promise<Benchmark> => {
  const { root } = await import('cygnet');
  const { peer, parts } = await startRootioPeer();
  const files = kinds.map((kind): BenchFile => ({ content: 'flat', kind, codec: 'zstd', events }));
  await generate(peer, files);
  const [tree, rntuple] = files as [BenchFile, BenchFile];
  const served = [
    { kind: 'tree', path: pathOf(tree) },
    ...(parts.ROOT === undefined ? [] : [{ kind: 'tree written by ROOT', path: await snapshot(peer, tree, tree) }]),
    { kind: 'rntuple', path: pathOf(rntuple) },
  ];
  const cases = await Promise.all(
    served.flatMap(({ kind, path }) =>
      (['several', 'one'] as const).map(async (manner) => {
        const server = startServer(path, manner);
        const opened = await root.open(path);
        const { branches } = await opened.tree('events');
        await opened.close();
        const needed = branches.filter(({ name }) => columns.includes(name));
        const neededBytes = needed.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
        return { name: `${kind}, ${manners[manner]}`, server, url: (await server.ask()).url, neededBytes };
      }),
    ),
  );
  const notes = [
    `${columns.join(' and ')} of 28 columns of ${events.toLocaleString('en')} events, zstd, from 127.0.0.1, each answer after ${latencyMs} ms; opening included; one thread. Uproot writes a tree's metadata into the middle of the file, where nobody looks first; ROOT at its end.`,
    parts.aiohttp === undefined
      ? 'Uproot reads with its MultithreadedHTTPSource: its default needs aiohttp, which this environment lacks (see CYGNET_BENCH_PYTHON).'
      : `Uproot reads with its default, fsspec and aiohttp ${parts.aiohttp}.`,
  ];
  const traffic = new Map<string, string>();
  const note = (name: string, who: string, { requests, bytes }: Traffic, neededBytes: number): void => {
    traffic.set(`${name}, ${who}`, `${requests} requests, ${(bytes / neededBytes).toFixed(3)} x the bytes of the data`);
    notes.splice(2, notes.length - 2, ...[...traffic].map(([key, text]) => `${key}: ${text}.`));
  };
  return {
    name: 'rootio-http',
    peer: `uproot ${parts.uproot}`,
    notes,
    ours: async () => {
      const samples: Sample[] = [];
      for (const { name, server, url, neededBytes } of cases) {
        await server.ask();
        const reading = () => root.readTable(url, { branches: columns, threads: 1 });
        const { result: table, ...times } = await timed(reading);
        note(name, 'ours', await server.ask(), neededBytes);
        const result = Object.fromEntries(
          columns.map((column) => {
            const found = table.column(column);
            return [column, found.kind === 'flat' ? checksum(found.values) : 0];
          }),
        );
        samples.push({ case: name, ...times, result });
      }
      return samples;
    },
    theirs: async () => {
      const samples: Sample[] = [];
      for (const { name, server, url, neededBytes } of cases) {
        await server.ask();
        const reply = await peer.ask<PeerReading>({
          ...{ op: 'http', path: url, columns, hasAiohttp: parts.aiohttp !== undefined },
        });
        note(name, 'uproot', await server.ask(), neededBytes);
        samples.push({ case: name, seconds: reply.seconds, cpuSeconds: reply.cpu, result: reply.checksum });
      }
      return samples;
    },
    agree: sameChecksums,
    close: async () => {
      for (const { server } of cases) server.stop();
      await peer.close();
    },
  };
};
