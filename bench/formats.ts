import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Sample } from './harness.ts';
import { startPeer } from './peer-process.ts';
import { timed } from './timed.ts';

const names = Array.from({ length: 28 }, (_, i) => `f${String(i).padStart(2, '0')}`);
/** Text takes ten times as long as the others, and gets fewer rows. */
const textShare = 10;

const kinds = [
  { kind: 'parquet', file: 'a.parquet', isText: false },
  { kind: 'arrow', file: 'a.arrow', isText: false },
  { kind: 'hdf5', file: 'a.h5', isText: false },
  { kind: 'npz', file: 'a.npz', isText: false },
  { kind: 'root', file: 'a.root', isText: false },
  { kind: 'csv', file: 'a.csv', isText: true },
  { kind: 'libsvm', file: 'a.libsvm', isText: true },
] as const;

interface PeerTiming {
  readonly seconds: number;
  readonly cpu: number;
  readonly checksums: readonly string[] | null;
}

const checksum = (values: NodeJS.TypedArray): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

/** Reading and writing of 28 columns of float32 in each format, against the libraries that physicists use for it. */
export const formatsBenchmark = async ({
  events = 1_000_000,
  only,
}: {
  readonly events: number | undefined;
  readonly only: string;
}): Promise<Benchmark> => {
  const { files, Table } = await import('cygnet');
  const folder = await mkdtemp(join(tmpdir(), 'cygnet-bench-'));
  const at = (name: string): string => join(folder, name);
  const peer = startPeer('formats_peer.py');
  const { version } = await peer.ask<{ version: string }>({ op: 'prepare', events, raw: at('raw') });
  const raw = await readFile(at('raw'));
  const values = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
  const table = Table.from(
    {
      label: new Uint8Array(events),
      ...Object.fromEntries(names.map((name, i) => [name, values.subarray(i * events, (i + 1) * events)])),
    },
    { name: 'events', label: 'label' },
  );
  const isChosen = (name: string): boolean => name.includes(only);
  const cases = kinds.filter(({ kind }) => isChosen(`read ${kind}`) || isChosen(`write ${kind}`));
  const rowsOf = (isText: boolean): number => (isText ? Math.ceil(events / textShare) : events);
  for (const { kind, file, isText } of cases)
    await peer.ask({ op: 'write', kind, path: at(file), events: rowsOf(isText) });

  /** Our file as the peer reads it: the same for all rounds, as is what the peer itself has written. */
  const readByPeer = async (kind: string, path: string): Promise<readonly string[]> =>
    (await peer.ask<{ checksums: readonly string[] }>({ op: 'checksum', kind, path })).checksums;

  const ourReading = async (kind: string, path: string) => {
    const types = kind === 'csv' ? { types: Object.fromEntries(names.map((name) => [name, 'float32'])) } : {};
    const { result, ...times } = await timed(async () => {
      const file = await files.open(path, types);
      const read = await file.read();
      await file.close();
      return read;
    });
    const columns = names.map((name, i) => result.numbers(kind === 'libsvm' ? `x${i + 1}` : name));
    const exact = columns.map((column) => (kind === 'libsvm' ? Float32Array.from(column, Number) : column));
    return { ...times, result: exact.map(checksum) };
  };

  return {
    name: 'formats',
    peer: version,
    notes: [
      `${events.toLocaleString('en')} rows of 28 float32 (text: ${rowsOf(true).toLocaleString('en')}), warm files; both sides with their default threads.`,
      'What is read is compared by checksums of all columns; what is written, by those that the peer reads of both files.',
      'Parquet and ROOT with zstd, the others not compressed. ROOT files are written by uproot on both sides, ours through its process.',
    ],
    ours: async () => {
      const samples: Sample[] = [];
      for (const { kind, file, isText } of cases) {
        if (isChosen(`read ${kind}`)) samples.push({ case: `read ${kind}`, ...(await ourReading(kind, at(file))) });
        if (!isChosen(`write ${kind}`)) continue;
        const path = at(`ours-${file}`);
        const some = table.slice(0, rowsOf(isText)).select(kind === 'libsvm' ? table.columnNames : names);
        const { result: _, ...times } = await timed(() => files.write(some, path, { overwrite: true, tree: 'events' }));
        samples.push({ case: `write ${kind}`, ...times, result: await readByPeer(kind, path) });
      }
      return samples;
    },
    theirs: async () => {
      const samples: Sample[] = [];
      for (const { kind, file, isText } of cases) {
        const ask = (op: string, path: string) =>
          peer.ask<PeerTiming>({ op, kind, path, events: rowsOf(isText) }).then(({ seconds, cpu, checksums }) => ({
            seconds,
            cpuSeconds: cpu,
            result: checksums,
          }));
        if (isChosen(`read ${kind}`)) samples.push({ case: `read ${kind}`, ...(await ask('read', at(file))) });
        if (!isChosen(`write ${kind}`)) continue;
        const path = at(`theirs-${file}`);
        const times = await ask('write', path);
        samples.push({ case: `write ${kind}`, ...times, result: await readByPeer(kind, path) });
      }
      return samples;
    },
    agree: (ours, theirs) => JSON.stringify(ours) === JSON.stringify(theirs),
    async close() {
      await peer.close();
      await rm(folder, { recursive: true });
    },
  };
};
