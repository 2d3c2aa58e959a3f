import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPeer } from './peer-process.ts';
import type { PeerProcess } from './peer-process.ts';

/** A file of the cache: what is in it and how it is compressed. */
export interface BenchFile {
  readonly content: 'flat' | 'jagged' | 'wide' | 'large';
  readonly kind: 'tree' | 'rntuple';
  readonly codec: 'none' | 'zlib' | 'zstd' | 'lz4' | 'lzma';
  readonly events: number;
}

const cache = join(import.meta.dirname, 'cache');

export const pathOf = ({ content, kind, codec, events }: BenchFile): string =>
  join(cache, `${content}-${kind}-${codec}-${events}.root`);

/** Uproot writes the files that are not there yet. They stay in `bench/cache`. */
export const generate = async (peer: PeerProcess, files: readonly BenchFile[]): Promise<void> => {
  mkdirSync(cache, { recursive: true });
  const missing = files.filter((file) => !existsSync(pathOf(file)));
  if (missing.length === 0) return;
  process.stderr.write(`writing ${missing.map(pathOf).join(', ')}\n`);
  await peer.ask({ op: 'generate', files: missing.map((file) => ({ ...file, path: pathOf(file) })) });
};

/** The same numbers as ROOT writes them, from a tree that is there. */
export const snapshot = async (
  peer: PeerProcess,
  tree: BenchFile,
  { kind, codec }: Pick<BenchFile, 'kind' | 'codec'>,
): Promise<string> => {
  const path = join(cache, `flat-by-root-${kind}-${codec}-${tree.events}.root`);
  if (!existsSync(path)) {
    process.stderr.write(`writing ${path}\n`);
    await peer.ask({ op: 'snapshot', path, kind, codec, from: pathOf(tree) });
  }
  return path;
};

/** What the peer's environment has. */
export interface PeerParts {
  readonly uproot: string;
  readonly isal?: string;
  readonly aiohttp?: string;
  readonly ROOT?: string;
}

/** The peer in the environment of `CYGNET_BENCH_PYTHON` (a program), which may have more peers, else in the project's. */
export const startRootioPeer = async (): Promise<{ readonly peer: PeerProcess; readonly parts: PeerParts }> => {
  const oneThread = { OMP_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' };
  const program = process.env.CYGNET_BENCH_PYTHON;
  const peer = startPeer('rootio_peer.py', oneThread, ...(program === undefined ? [] : [program]));
  return { peer, parts: await peer.ask<PeerParts>({ op: 'about' }) };
};

export interface PeerReading {
  readonly seconds: number;
  readonly cpu: number;
  readonly checksum: Checksums;
  readonly hashes?: { readonly [column: string]: string };
}

/** By column: the sum of the bits of all numbers, modulo 2^52. */
export type Checksums = { readonly [column: string]: number };

const modulus = 2 ** 52;
const part = 2 ** 20;

export const checksum = (values: NodeJS.TypedArray): number => {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);
  let sum = 0;
  for (let start = 0; start < words.length; start += part) {
    let some = 0;
    for (let i = start; i < Math.min(words.length, start + part); i++) some += words[i] as number;
    sum = (sum + some) % modulus;
  }
  return sum;
};

export const sameChecksums = (ours: unknown, theirs: unknown): boolean => {
  const [a, b] = [ours as Checksums, theirs as Checksums];
  const names = Object.keys(a);
  return names.length > 0 && names.every((name) => a[name] === b[name]);
};
