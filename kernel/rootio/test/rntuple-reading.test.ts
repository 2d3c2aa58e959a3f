import { readFileSync } from 'node:fs';
import { memorySource, openRoot } from '@cygnet/rootio';
import type { BranchInfo, ByteRange, ByteSource, RootTree } from '@cygnet/rootio';
import { describe, expect, test } from 'vitest';
import { codecs } from './node-codecs.ts';

const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/rntuple/${name}`, import.meta.url));
const openFixture = (name: string) => openRoot(memorySource(bytesOf(name), name), { codecs });

/** An RNTuple, and what is read of it from here on. */
const watched = async (
  name: string,
  path: string,
): Promise<{ readonly tree: RootTree; readonly read: ByteRange[]; readonly source: ByteSource }> => {
  const inner = memorySource(bytesOf(name), name);
  const read: ByteRange[] = [];
  const source: ByteSource = {
    ...inner,
    read: (ranges, signal) => {
      read.push(...ranges);
      return inner.read(ranges, signal);
    },
  };
  const tree = await (await openRoot(source, { codecs })).tree(path);
  read.length = 0;
  return { tree, read, source };
};

const find = (branches: readonly BranchInfo[], name: string): BranchInfo | undefined =>
  branches.map((info) => (info.name === name ? info : find(info.children, name))).find((info) => info !== undefined);

describe('an RNTuple', () => {
  test('is listed as a tree, and is no object to draw', async () => {
    const file = await openFixture('root-types-zstd.root');
    expect(await file.keys('deep')).toMatchObject([
      { path: 'deep/events', className: 'ROOT::RNTuple', isTree: true, isDirectory: false },
    ]);
    await expect(file.object('deep/events')).rejects.toMatchObject({ kind: 'unsupported' });
  });

  test('describes its fields in C++ words, members below their records', async () => {
    const tree = await (await openFixture('root-types-zstd.root')).tree('deep/events');
    expect(find(tree.branches, 'vector_vector_int32')?.typeName).toBe('std::vector<std::vector<int32_t>>');
    expect(find(tree.branches, 'rvec_int64')?.typeName).toBe('ROOT::VecOps::RVec<int64_t>');
    const track = find(tree.branches, 'track');
    expect(track).toMatchObject({ typeName: 'Track', unreadable: expect.stringContaining('members') as string });
    expect(track?.children.map((child) => child.name)).toEqual(['track.hits', 'track.p', 'track.first']);
    expect(find(tree.branches, 'track.hits.run')).toMatchObject({ typeName: 'int32_t', entries: 100 });
    const sizes = tree.branches.filter((info) => info.children.length === 0 && info.unreadable === undefined);
    expect(sizes.every((info) => info.compressedBytes > 0 && info.rawBytes >= info.compressedBytes)).toBe(true);
    const precise = await (await openFixture('root-precision.root')).tree('events');
    expect(find(precise.branches, 'double32')?.typeName).toBe('Double32_t');
  });

  test('says why a variant is not read, what is below a record, and which fields are close', async () => {
    const tree = await (await openFixture('root-types-zstd.root')).tree('deep/events');
    await expect(tree.read({ branches: ['variant'] })).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('Variants') as string,
    });
    await expect(tree.read({ branches: ['track'] })).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('"track.hits.run"') as string,
    });
    await expect(tree.read({ branches: ['vector_flaot'] })).rejects.toMatchObject({
      kind: 'column-not-found',
      message: expect.stringContaining('"vector_float"') as string,
    });
  });

  test('without a codec, only what needs it cannot be read', async () => {
    const source = memorySource(bytesOf('root-types-none.root'), 'x.root');
    const tree = await (await openRoot(source, { codecs: {} })).tree('deep/events');
    expect((await tree.read({ branches: ['text'] })).get('text')).toMatchObject({ values: { 1: 'a' } });
    const packed = await openRoot(memorySource(bytesOf('root-types-zstd.root'), 'x.root'), { codecs: {} });
    await expect(packed.tree('deep/events')).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('zstd') as string,
    });
  });
});

describe('reading an RNTuple', () => {
  test('fetches the pages of the fields and entries asked for only', async () => {
    const { tree, read } = await watched('root-types-none.root', 'deep/events');
    const double = find(tree.branches, 'double');
    await tree.read({ branches: ['double'] });
    const checksums = 8;
    const total = (): number => read.reduce((sum, range) => sum + range.length, 0);
    expect(total()).toBeGreaterThanOrEqual(double?.compressedBytes ?? Infinity);
    expect(total()).toBeLessThanOrEqual((double?.compressedBytes ?? 0) + 10 * checksums);
    read.length = 0;
    await tree.read({ branches: ['double'], start: 3, stop: 5 });
    expect(read.length).toBe(1);
    expect(total()).toBeLessThan(200);
  });

  test('reads neighbouring pages together, and a level of a nest at a time', async () => {
    const { tree, read } = await watched('uproot-none.root', 'events');
    await tree.read();
    expect(read.length).toBeLessThan(10);
    read.length = 0;
    await tree.read({ branches: ['nested'], start: 10, stop: 20 });
    expect(read.length).toBeLessThanOrEqual(3);
  });

  test('tells its progress, and ends with everything read', async () => {
    const { tree } = await watched('uproot-zlib.root', 'events');
    const progress: number[] = [];
    await tree.read({ onProgress: ({ bytes, totalBytes }) => progress.push(bytes / totalBytes) });
    expect(progress.at(-1)).toBe(1);
    expect(progress.toSorted((a, b) => a - b)).toEqual(progress);
  });

  test('stops when it is cancelled', async () => {
    const { tree } = await watched('uproot-zlib.root', 'events');
    await expect(tree.read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
    const controller = new AbortController();
    const reading = tree.read({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('gives empty columns for no entries, and refuses a range that is none', async () => {
    const { tree } = await watched('root-types-zstd.root', 'deep/events');
    const columns = await tree.read({ branches: ['text', 'deep', 'float'], start: 50, stop: 50 });
    expect(columns.get('text')).toEqual({ kind: 'string', values: [] });
    expect(columns.get('float')).toEqual({ kind: 'flat', type: 'float32', values: new Float32Array() });
    expect(columns.get('deep')).toMatchObject({ kind: 'jagged', offsets: new Int32Array(1) });
    await expect(tree.read({ start: 5, stop: 3 })).rejects.toThrow(RangeError);
    const tail = await tree.read({ branches: ['float'], start: 95, stop: 1000 });
    expect(tail.get('float')).toMatchObject({ values: { length: 5 } });
  });

  test('a field that was added while writing is zero before', async () => {
    const { tree } = await watched('root-extended.root', 'events');
    const columns = await tree.read({ branches: ['number', 'list', 'shown'], start: 48, stop: 53 });
    expect(columns.get('number')).toMatchObject({ values: Float32Array.of(0, 0, 12.5, 12.75, 13) });
    expect(columns.get('shown')).toEqual(columns.get('number'));
    expect(columns.get('list')).toMatchObject({ offsets: Int32Array.of(0, 0, 0, 2, 5, 5) });
  });
});
