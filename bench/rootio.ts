import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Column } from '@cygnet/columns';
import type { Table } from 'cygnet';
import type { Benchmark, Sample } from './harness.ts';
import { checksum, generate, pathOf, sameChecksums, snapshot, startRootioPeer } from './rootio-files.ts';
import type { BenchFile, Checksums, PeerReading } from './rootio-files.ts';
import { timed } from './timed.ts';

const defaultEvents = 2_000_000;
/** lzma takes ten times as long as the others, jsroot too: they get fewer events. */
const slowShare = 4;
const codecs = ['none', 'zlib', 'zstd', 'lz4', 'lzma'] as const;
const someColumns = ['f03', 'f20'];
/** Rounds in which two spinning threads do not get this far count for nothing with two threads. */
const leastSpinning = 1.8;

/** One thing that is timed: how we do it, and how each of its peers does. */
interface Case {
  readonly name: string;
  readonly path: string;
  readonly columns?: readonly string[];
  readonly jagged?: boolean;
  readonly threads: number;
  readonly events: number;
  /** `open`: only the metadata. */
  readonly what: 'read' | 'open';
  /** Name of the peer in the table, and the request that it answers. */
  readonly peers: { readonly [peer: string]: { readonly op: string; readonly [field: string]: unknown } };
}

/** How much faster two threads spin than one, now. */
const spinning = async (): Promise<number> => {
  const code =
    'const { parentPort } = require("node:worker_threads"); parentPort.on("message", () => { const s = performance.now(); let x = 0; for (let i = 0; i < 1.5e8; i++) x = (x * 31 + i) | 0; parentPort.postMessage([performance.now() - s, x]); });';
  const workers = [0, 1].map(() => new Worker(code, { eval: true }));
  const spin = (worker: Worker): Promise<number> =>
    new Promise((resolve) => {
      worker.once('message', ([ms]: readonly [number]) => resolve(ms));
      worker.postMessage('spin');
    });
  const [first, second] = workers as [Worker, Worker];
  await Promise.all([spin(first), spin(second)]);
  const alone = await spin(first);
  const together = Math.max(...(await Promise.all([spin(first), spin(second)])));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return (2 * alone) / together;
};

const numbersOf = (column: Column | undefined): NodeJS.TypedArray => {
  if (column?.kind === 'flat') return column.values;
  if (column?.kind === 'jagged') return numbersOf(column.content);
  throw new Error(`A column that is not numbers: ${column?.kind ?? 'none'}`);
};

/** Reading of ROOT files, with uproot as documented, its fastest inflate, and ROOT's bulk reading where that is installed. */
export const rootioBenchmark = async ({
  events = defaultEvents,
  only,
}: {
  readonly events: number | undefined;
  readonly only: string;
}): Promise<Benchmark> => {
  const { root } = await import('cygnet');
  const { peer, parts } = await startRootioPeer();
  const flat = (kind: BenchFile['kind'], codec: BenchFile['codec']): BenchFile => {
    return { content: 'flat', kind, codec, events: codec === 'lzma' ? events / slowShare : events };
  };
  const wide: BenchFile = { content: 'wide', kind: 'tree', codec: 'zlib', events: 200 };
  const jagged = (kind: BenchFile['kind']): BenchFile => ({ content: 'jagged', kind, codec: 'zlib', events });
  const uproot = `uproot ${parts.uproot}`;
  const read = (file: BenchFile, threads: number, more: object = {}) => ({
    op: 'read',
    path: pathOf(file),
    threads,
    ...more,
  });
  const flatCases = (['tree', 'rntuple'] as const).flatMap((kind) =>
    codecs.map((codec): Case => {
      const file = flat(kind, codec);
      const isRoot = kind === 'tree' && codec !== 'lzma' && parts.ROOT !== undefined;
      return {
        name: `${kind}, ${codec}`,
        path: pathOf(file),
        threads: 1,
        events: file.events,
        what: 'read',
        peers: {
          [uproot]: read(file, 1),
          ...(codec === 'zlib' && parts.isal
            ? { 'uproot with isal (private switch)': read(file, 1, { isal: true }) }
            : {}),
          ...(isRoot ? { [`ROOT ${parts.ROOT} bulk`]: { op: 'root', path: pathOf(file), events: file.events } } : {}),
        },
      };
    }),
  );
  const more: readonly Case[] = [
    ...(['tree', 'rntuple'] as const).map((kind): Case => ({
      ...{ name: `${kind} of lists, zlib`, path: pathOf(jagged(kind)), threads: 1, events, what: 'read', jagged: true },
      columns: kind === 'tree' ? ['jet_pt', 'jet_eta'] : ['pt', 'eta'],
      peers: {
        [uproot]: read(jagged(kind), 1, {
          jagged: true,
          columns: kind === 'tree' ? ['jet_pt', 'jet_eta'] : ['pt', 'eta'],
        }),
      },
    })),
    ...(['zlib', 'zstd'] as const).map((codec): Case => {
      const file = flat('tree', codec);
      return {
        ...{ name: `tree, ${codec}, two threads`, path: pathOf(file), threads: 2, events, what: 'read' },
        peers: { [`${uproot}, two threads`]: read(file, 2) },
      };
    }),
    {
      ...{ name: 'tree, zlib, 2 of 28 columns', path: pathOf(flat('tree', 'zlib')), threads: 1, events, what: 'read' },
      columns: someColumns,
      peers: { [uproot]: read(flat('tree', 'zlib'), 1, { columns: someColumns }) },
    },
    {
      ...{ name: 'opening 1,500 branches', path: pathOf(wide), threads: 1, events: wide.events, what: 'open' },
      peers: { [uproot]: { op: 'open', path: pathOf(wide) } },
    },
  ];
  const chosen = (cases: readonly Case[]): readonly Case[] => cases.filter(({ name }) => name.includes(only));
  const kinds = ['tree', 'rntuple'] as const;
  await generate(peer, [
    ...kinds.flatMap((kind) => codecs.map((codec) => flat(kind, codec))),
    ...kinds.map(jagged),
    wide,
  ]);
  const byRoot: Case[] = [];
  for (const codec of parts.ROOT === undefined ? [] : (['zlib', 'zstd', 'lz4'] as const)) {
    const name = `rntuple written by ROOT, ${codec}`;
    if (!name.includes(only)) continue;
    const path = await snapshot(peer, flat('tree', 'none'), { kind: 'rntuple', codec });
    byRoot.push({
      name,
      path,
      threads: 1,
      events,
      what: 'read',
      peers: { [uproot]: { op: 'read', path, threads: 1 } },
    });
  }
  const cases = chosen([...flatCases, ...byRoot, ...more]);
  if (cases.length === 0) throw new RangeError(`No case has "${only}" in its name.`);

  const notes = [
    `${events.toLocaleString('en')} events of 28 float32 (lists: of two lists of 4 on average; lzma: a quarter), warm file cache, one thread each unless said, opening included; files written by uproot (its RNTuples are neither split nor checked)${parts.ROOT === undefined ? '' : ', some by ROOT'}.`,
    `Ours decompresses with ${Object.values(await root.codecs())
      .map(({ library }) => library)
      .join(', ')}. "own" rows compare us with ourselves.`,
    'Results agree when the sums of the bits of every column do; in the warm-up also the SHA-256 of every column.',
    ...(parts.isal && parts.ROOT
      ? []
      : [
          'More peers: set CYGNET_BENCH_PYTHON to the Python of an environment with uproot, awkward, isal and root (pip install).',
        ]),
  ];
  let countedRounds = 0;
  const steady = new Map<number, Promise<boolean>>();
  /** Whether two threads get two processors in this round. */
  const isSteady = (round: number): Promise<boolean> => {
    const known = steady.get(round);
    if (known !== undefined) return known;
    const looking = spinning().then((ratio) => {
      if (ratio >= leastSpinning && round > 0) countedRounds++;
      return ratio >= leastSpinning;
    });
    steady.set(round, looking);
    return looking;
  };
  const counts = async (one: Case, round: number): Promise<boolean> => one.threads === 1 || isSteady(round);
  const hashes = new Map<string, { readonly [column: string]: string }>();

  /** Ourselves as the peer: two threads and one, two columns and all. */
  const pairs: readonly (readonly [name: string, fast: string, slow: string])[] = [
    ...(['zlib', 'zstd'] as const).map(
      (codec) =>
        [`tree, ${codec}, two threads | own, one thread`, `tree, ${codec}, two threads`, `tree, ${codec}`] as const,
    ),
    ['tree, zlib, 2 of 28 columns | own, all 28', 'tree, zlib, 2 of 28 columns', 'tree, zlib'],
  ];
  const ownRows = (own: ReadonlyMap<string, Sample>): readonly Sample[] =>
    pairs.flatMap(([name, fast, slow]) => {
      const [sample, against] = [own.get(fast), own.get(slow)];
      return sample && against ? [{ ...sample, case: name, against }] : [];
    });
  const readTable = (one: Case): Promise<Table> =>
    root.readTable(one.path, { threads: one.threads, ...(one.columns ? { branches: one.columns } : {}) });
  const ours = async (round: number): Promise<readonly Sample[]> => {
    const samples: Sample[] = [];
    const own = new Map<string, Sample>();
    for (const one of cases) {
      if (!(await counts(one, round))) continue;
      let sample: Omit<Sample, 'case'>;
      if (one.what === 'open') {
        sample = await timed(async () => {
          const file = await root.open(one.path);
          const tree = await file.tree('events');
          await file.close();
          return tree.branches.length;
        });
      } else {
        const { result: table, ...times } = await timed(() => readTable(one));
        const columns = table.columnNames.map((name) => [name, numbersOf(table.column(name))] as const);
        if (round === 0) {
          const digest = (values: NodeJS.TypedArray): string => createHash('sha256').update(values).digest('hex');
          hashes.set(one.name, Object.fromEntries(columns.map(([name, values]) => [name, digest(values)])));
        }
        const result: Checksums = Object.fromEntries(columns.map(([name, values]) => [name, checksum(values)]));
        sample = { ...times, result };
      }
      own.set(one.name, { case: one.name, ...sample });
      for (const name of Object.keys(one.peers)) samples.push({ case: `${one.name} | ${name}`, ...sample });
    }
    return [...samples, ...ownRows(own)];
  };
  const checkHashes = (one: Case, theirs: PeerReading['hashes']): void => {
    const mine = hashes.get(one.name) ?? {};
    const odd = Object.keys(mine).find((name) => mine[name] !== theirs?.[name]);
    if (odd !== undefined) throw new Error(`${one.name}: column "${odd}" is not what uproot reads.`);
  };

  return {
    name: 'rootio',
    peer: uproot,
    notes,
    ours,
    theirs: async (round) => {
      const samples: Sample[] = [];
      for (const one of cases) {
        if (!(await counts(one, round))) continue;
        for (const [name, request] of Object.entries(one.peers)) {
          const isUproot = name.startsWith(uproot);
          const reply = await peer.ask<PeerReading & { readonly branches?: number }>({
            ...request,
            ...(round === 0 && isUproot ? { hashes: true } : {}),
          });
          if (round === 0 && isUproot && one.what === 'read') checkHashes(one, reply.hashes);
          const result = one.what === 'open' ? reply.branches : reply.checksum;
          samples.push({ case: `${one.name} | ${name}`, seconds: reply.seconds, cpuSeconds: reply.cpu, result });
        }
      }
      return samples;
    },
    agree: (mine, other) => (typeof mine === 'number' ? mine === other : sameChecksums(mine, other)),
    close: async () => {
      process.stderr.write(`two threads: ${countedRounds} rounds counted (spinning at least ${leastSpinning})\n`);
      await peer.close();
    },
  };
};
