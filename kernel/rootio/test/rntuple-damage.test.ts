import { readFileSync } from 'node:fs';
import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { describe, expect, test } from 'vitest';
import { xxh3 } from '../src/rntuple/xxh3.ts';
import { damageKinds as kinds, randomNumbers } from './damage.ts';
import { hashColumn } from './hash-column.ts';
import { codecs } from './node-codecs.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/rntuple/${name}`, import.meta.url)));

/** Reads all there is; gives hashes, or Cygnet's error. Other errors are passed on. */
const readAll = async (bytes: Uint8Array, path: string): Promise<ReadonlyMap<string, string> | CygnetError> => {
  try {
    const file = await openRoot(memorySource(bytes, 'damaged.root'), { codecs });
    const tree = await file.tree(path);
    const hashes = new Map<string, string>();
    for (const part of [{}, { start: 3, stop: 40 }]) {
      for (const [name, column] of await tree.read(part)) hashes.set(`${name} ${part.start}`, hashColumn(column));
    }
    return hashes;
  } catch (error) {
    if (error instanceof CygnetError) return error;
    throw error;
  }
};

interface Place {
  readonly type: number;
  readonly start: number;
  readonly stop: number;
}

/** Envelopes that lie uncompressed in a file, found by their checksums. */
const envelopesOf = (bytes: Uint8Array): readonly Place[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: Place[] = [];
  for (let start = 0; start + 16 < bytes.length; start++) {
    const head = view.getBigUint64(start, true);
    const type = Number(head & 0xffffn);
    const stop = start + Number(head >> 16n);
    if (type < 1 || type > 3 || stop > bytes.length || stop - start < 16) continue;
    if (view.getBigUint64(stop - 8, true) === xxh3(bytes.subarray(start, stop - 8))) places.push({ type, start, stop });
  }
  return places;
};

/** Makes all checksums right again, those of the header in footer and page lists too. */
const seal = (bytes: Uint8Array, envelopes: readonly Place[]): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header = 0n;
  for (const { type, start, stop } of envelopes.toSorted((a, b) => a.type - b.type)) {
    if (type === 2) view.setBigUint64(start + 16, header, true);
    if (type === 3) view.setBigUint64(start + 8, header, true);
    const checksum = xxh3(bytes.subarray(start, stop - 8));
    view.setBigUint64(stop - 8, checksum, true);
    if (type === 1) header = checksum;
  }
};

const names = [
  ['root-types-zstd.root', 'deep/events'],
  ['root-precision.root', 'events'],
  ['root-extended-none.root', 'events'],
  ['root-representations.root', 'events'],
] as const;

describe('damaged RNTuples', () => {
  test.each(names)(
    '%s: cut anywhere, it gives a typed error, or the same values when only the end is gone',
    async (name, path) => {
      const whole = fixture(name);
      const right = await readAll(whole, path);
      for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 50)) {
        const result = await readAll(whole.slice(0, length), path);
        if (result instanceof CygnetError) expect(kinds, result.message).toContain(result.kind);
        else expect(result, `cut at ${length}`).toEqual(right);
      }
    },
  );

  test.each(names)('%s: with flipped bits, it gives a typed error or the same values', async (name, path) => {
    const whole = fixture(name);
    const right = await readAll(whole, path);
    const random = randomNumbers(5);
    for (let round = 0; round < 60; round++) {
      const bytes = whole.slice();
      for (let flips = 1 + random(4); flips > 0; flips--) {
        const at = random(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      }
      const result = await readAll(bytes, path);
      if (result instanceof CygnetError) expect(kinds, result.message).toContain(result.kind);
      else expect(result, `round ${round}`).toEqual(right);
    }
  });

  test('metadata that lie under right checksums give a typed error or other values, soon and in little memory', async () => {
    const whole = fixture('root-extended-none.root');
    const envelopes = envelopesOf(whole);
    expect(envelopes.map(({ type }) => type).toSorted()).toEqual([1, 2, 3, 3]);
    const random = randomNumbers(9);
    const lies = [0xffffffff, 0x7fffffff, 0x80000000, 0x40000000, 0x00ffffff, 65535, 255, 1, 0];
    let errors = 0;
    const rounds = 400;
    const started = Date.now();
    for (let round = 0; round < rounds; round++) {
      const bytes = whole.slice();
      const { start, stop } = envelopes[random(envelopes.length)] as Place;
      const at = start + 8 + random(stop - start - 20);
      const view = new DataView(bytes.buffer);
      if (random(2) === 0) view.setUint32(at, lies[random(lies.length)] ?? 0, true);
      else view.setUint8(at, random(256));
      seal(bytes, envelopes);
      const result = await readAll(bytes, 'events');
      if (!(result instanceof CygnetError)) continue;
      errors++;
      expect(kinds, result.message).toContain(result.kind);
    }
    expect(errors).toBeGreaterThan(rounds / 4);
    expect(Date.now() - started).toBeLessThan(60_000);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(2 ** 29);
  });

  test('a damaged page is told by its checksum, even where it is stored uncompressed', async () => {
    const whole = fixture('root-types-none.root');
    const right = await readAll(whole, 'deep/events');
    expect(right).not.toBeInstanceOf(CygnetError);
    const bytes = whole.slice();
    // A number that only the pages of the field "int64" hold.
    const needle = new Uint8Array(BigInt64Array.of(BigInt.asIntN(64, 3n * 11400714819323198485n)).buffer);
    const at = bytes.findIndex((_, i) => needle.every((byte, k) => bytes[i + k] === byte));
    expect(at).toBeGreaterThan(0);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await readAll(bytes, 'deep/events')).toMatchObject({
      kind: 'corrupt-data',
      message: expect.stringContaining('checksum of a page') as string,
    });
  });
});
