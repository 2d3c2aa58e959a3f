import { readFileSync } from 'node:fs';
import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { describe, expect, test, vi } from 'vitest';
import { damageKinds as kinds, randomNumbers } from './damage.ts';
import { hashColumn } from './hash-column.ts';
import { codecs } from './node-codecs.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

/** Reads everything a file has; gives the hashes of its columns. Errors other than Cygnet's are passed on. */
const readAll = async (bytes: Uint8Array): Promise<ReadonlyMap<string, string> | CygnetError> => {
  try {
    const file = await openRoot(memorySource(bytes, 'damaged.root'), { codecs });
    const hashes = new Map<string, string>();
    for (const key of await file.keys()) {
      const paths = key.isTree
        ? [key.path]
        : key.isDirectory
          ? (await file.keys(key.path)).map((inner) => inner.path)
          : [];
      for (const path of paths) {
        const tree = await file.tree(path);
        for (const [name, column] of await tree.read()) hashes.set(`${path} ${name}`, hashColumn(column));
      }
    }
    return hashes;
  } catch (error) {
    if (error instanceof CygnetError) return error;
    throw error;
  }
};

describe('damaged files', () => {
  test.each(['uproot-leaflist.root', 'uproot-stl_containers.root', 'uproot-double32-float16.root'])(
    '%s: cut anywhere, it gives a typed error',
    async (name) => {
      const whole = fixture(name);
      for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 60)) {
        const result = await readAll(whole.slice(0, length));
        expect(result, `cut at ${length}`).toBeInstanceOf(CygnetError);
      }
    },
  );

  test.each([
    'uproot-leaflist.root',
    'uproot-vectorVectorDouble.root',
    'uproot-stl_containers.root',
    'uproot-double32-float16.root',
    'uproot-sample-6.20.04-zlib.root',
    'generated-lz4.root',
    'generated-zstd.root',
  ])(
    '%s: with flipped bits, it gives a typed error or other values in the damaged place, and never hangs',
    async (name) => {
      const whole = fixture(name);
      const random = randomNumbers(7);
      for (let round = 0; round < 60; round++) {
        const bytes = whole.slice();
        for (let flips = 1 + random(4); flips > 0; flips--) {
          const at = random(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        }
        const started = Date.now();
        const result = await readAll(bytes);
        if (result instanceof CygnetError) expect(kinds, result.message).toContain(result.kind);
        expect(Date.now() - started, `round ${round}`).toBeLessThan(10_000);
      }
    },
  );

  test('lying lengths in the metadata of a tree give a typed error', async () => {
    const whole = fixture('uproot-leaflist.root');
    const random = randomNumbers(11);
    for (let round = 0; round < 200; round++) {
      const bytes = whole.slice();
      new DataView(bytes.buffer).setUint32(
        random(bytes.length - 4),
        [0xffffffff, 0x7fffffff, 0x40000000, 0][random(4)] ?? 0,
      );
      const result = await readAll(bytes);
      if (result instanceof CygnetError) expect(kinds, result.message).toContain(result.kind);
    }
  });

  test('a directory that contains itself is refused, however deep it is looked into', async () => {
    const bytes = fixture('generated-none.root').slice();
    const text = new TextDecoder('latin1').decode(bytes);
    const view = new DataView(bytes.buffer);
    const topAt = view.getInt32(8) + view.getInt32(28);
    // The directory "deep" gets the list of keys of the top one, in which it is itself.
    const inner = text.indexOf('TDirectory', topAt);
    const key = inner - 27;
    const at = view.getInt32(key + 18) + view.getInt16(key + 14);
    bytes.copyWithin(at, topAt, topAt + 42);
    const file = await openRoot(memorySource(bytes, 'cyclic.root'), { codecs });
    await expect(file.keys('deep')).rejects.toMatchObject({ kind: 'corrupt-data' });
    await expect(file.keys('deep/deep/deep')).rejects.toMatchObject({ kind: 'corrupt-data' });
  });

  test('what is no ROOT file is named as such', async () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(5000), new TextEncoder().encode('pt,eta\n'.repeat(100))]) {
      expect(await readAll(bytes)).toMatchObject({ kind: 'bad-file' });
    }
  });

  test('nothing is printed about damage', async () => {
    const printed = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const bytes = fixture('uproot-stl_containers.root').slice();
    bytes.fill(0xff, bytes.length - 3000, bytes.length - 1000);
    await readAll(bytes);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
