import { readFileSync } from 'node:fs';
import { columnTypeName } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import type { ByteRange, ByteSource, RootFile } from '@cygnet/rootio';
import { describe, expect, test } from 'vitest';
import { codecs } from './node-codecs.ts';

const bytesOf = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const openFixture = (name: string): Promise<RootFile> => openRoot(memorySource(bytesOf(name), name), { codecs });

/** A source that writes down what was read. */
const watched = (name: string): { readonly source: ByteSource; readonly read: ByteRange[] } => {
  const inner = memorySource(bytesOf(name), name);
  const read: ByteRange[] = [];
  return {
    read,
    source: {
      ...inner,
      read: (ranges, signal) => {
        read.push(...ranges);
        return inner.read(ranges, signal);
      },
    },
  };
};

describe('a ROOT file', () => {
  test('lists its keys, newest cycles only, and those of its directories', async () => {
    const file = await openFixture('generated-zlib.root');
    expect((await file.keys()).map((key) => [key.path, key.isDirectory])).toEqual([['deep', true]]);
    const keys = await file.keys('deep/inside');
    expect(keys).toMatchObject([{ path: 'deep/inside/events', className: 'TTree', isTree: true, isDirectory: false }]);
    expect((await file.tree('/deep/inside/events')).entries).toBe(1000);
  });

  test('gives objects for drawing', async () => {
    const file = await openFixture('uproot-hepdata-example.root');
    const names = (await file.keys()).map((key) => `${key.name}: ${key.className}`);
    expect(names).toEqual(['hpx: TH1F', 'hpxpy: TH2F', 'hprof: TProfile', 'ntuple: TNtuple']);
    expect(await file.object('hpx')).toMatchObject({ _typename: 'TH1F', fEntries: 75000 });
  });

  test('names close objects when one is not there, and says what is no tree or directory', async () => {
    const file = await openFixture('uproot-hepdata-example.root');
    await expect(file.tree('ntupel')).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('Close: "ntuple"') as string,
    });
    await expect(file.tree('hpx')).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('TH1F') as string,
    });
    await expect(file.keys('hpx')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(file.object('no/where')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('without a codec, only what needs it cannot be read', async () => {
    const source = memorySource(bytesOf('generated-lzma.root'), 'x.root');
    const file = await openRoot(source, { codecs: { zlib: codecs.zlib ?? (() => new Uint8Array()) } });
    const tree = await file.tree('deep/inside/events');
    await expect(tree.read({ branches: ['list_float32'] })).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('lzma') as string,
    });
  });
});

describe('a tree', () => {
  test('describes its branches in C++ words', async () => {
    const tree = await (await openFixture('uproot-HZZ.root')).tree('events');
    const types = new Map(tree.branches.map((branch) => [branch.name, branch.typeName]));
    expect(types.get('NJet')).toBe('int32_t');
    expect(types.get('Jet_Px')).toBe('float[]');
    expect(types.get('Jet_ID')).toBe('bool[]');
    expect(tree.branches.every((branch) => branch.entries === 2421 && branch.compressedBytes > 0)).toBe(true);
  });

  test('reads only some entries, equal to those of the whole', async () => {
    const tree = await (await openFixture('generated-zstd.root')).tree('deep/inside/events');
    const whole = await tree.read({ branches: ['list_int8', 'float64'] });
    const part = await tree.read({ branches: ['list_int8', 'float64'], start: 295, stop: 320 });
    const floats = [whole.get('float64'), part.get('float64')].map((column) =>
      column?.kind === 'flat' ? column.values : undefined,
    );
    expect(floats[1]).toEqual(floats[0]?.subarray(295, 320));
    const list = part.get('list_int8');
    expect(list?.kind === 'jagged' && [list.offsets[0], list.offsets.length]).toEqual([0, 26]);
    expect((await tree.read({ branches: ['text'], start: 5, stop: 5 })).get('text')).toEqual({
      kind: 'string',
      values: [],
    });
    expect((await tree.read({ branches: ['bool'], start: 990, stop: 5000 })).get('bool')).toMatchObject({
      values: { length: 10 },
    });
    await expect(tree.read({ start: 5, stop: 3 })).rejects.toThrow(RangeError);
  });

  test('reads the ranges of the branches asked for only, and tells its progress', async () => {
    const { source, read } = watched('uproot-HZZ.root');
    const tree = await (await openRoot(source, { codecs })).tree('events');
    read.length = 0;
    const progress: number[] = [];
    await tree.read({
      branches: ['NJet', 'Jet_Px'],
      onProgress: ({ bytes, totalBytes }) => progress.push(bytes / totalBytes),
    });
    const total = read.reduce((sum, range) => sum + range.length, 0);
    expect(total).toBe(1625 + 14171);
    expect(read.length).toBe(1);
    expect(progress.at(-1)).toBe(1);
  });

  test('names close branches when one is not there', async () => {
    const tree = await (await openFixture('uproot-HZZ.root')).tree('events');
    await expect(tree.read({ branches: ['Jet_px'] })).rejects.toMatchObject({
      kind: 'column-not-found',
      message: expect.stringContaining('"Jet_Px"') as string,
    });
  });

  test('a leaf list gives a column a leaf, together or one by one', async () => {
    const tree = await (await openFixture('uproot-leaflist.root')).tree('tree');
    const [branch] = tree.branches;
    const names = branch?.children.map((leaf) => leaf.name) ?? [];
    expect([...(await tree.read()).keys()]).toEqual(names);
    const one = await tree.read({ branches: [names[1] ?? ''] });
    expect([...one.keys()]).toEqual([names[1]]);
  });

  test('what cannot be read says why, and stays out of a reading of all', async () => {
    const tree = await (await openFixture('uproot-issue213.root')).tree('T');
    const pointer = tree.branches[0]?.children.find((branch) => branch.name === 'eventPack.fGenInfo');
    expect(pointer?.unreadable).toContain('JPetGeantEventInformation*');
    expect((await tree.read()).has('eventPack.fGenInfo')).toBe(false);
    await expect(tree.read({ branches: ['eventPack.fGenInfo'] })).rejects.toMatchObject({ kind: 'unsupported' });
  });

  test('objects are records by the names of their members, maps are lists of records', async () => {
    const event = (await (await openFixture('uproot-small-evnt-tree-nosplit.root')).tree('tree')).read();
    const fields = (await event).get('evt');
    expect(fields?.kind === 'record' && [...fields.fields.keys()].slice(0, 4)).toEqual(['Beg', 'I16', 'I32', 'I64']);
    const point = fields?.kind === 'record' ? fields.fields.get('P3') : undefined;
    expect(point && columnTypeName(point)).toBe('{Px: int32, Py: float64, Pz: int32}');
    const maps = await (await (await openFixture('uproot-stl_containers.root')).tree('tree')).read();
    const map = maps.get('map_string_vector_string') ?? maps.get('map_string_int16');
    expect(map && columnTypeName(map)).toMatch(/^list of \{first: string, second: /);
  });

  test('fields of records can be read by themselves, by their paths, and lists of records give lists', async () => {
    const tree = await (await openFixture('uproot-small-evnt-tree-nosplit.root')).tree('tree');
    const point = tree.branches[0]?.children.find(({ name }) => name === 'evt.P3');
    expect(point?.children.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['evt.P3.Px', 'int32_t'],
      ['evt.P3.Py', 'double'],
      ['evt.P3.Pz', 'int32_t'],
    ]);
    const columns = await tree.read({ branches: ['evt', 'evt.P3.Py', 'evt.ArrayF32', 'evt.P3'] });
    expect([...columns.keys()].sort()).toEqual(['evt', 'evt.ArrayF32', 'evt.P3', 'evt.P3.Py']);
    const whole = columns.get('evt');
    const fields = whole?.kind === 'record' ? whole.fields : undefined;
    expect(columns.get('evt.ArrayF32')).toEqual(fields?.get('ArrayF32'));
    expect(columns.get('evt.P3')).toEqual(fields?.get('P3'));
    const stl = await (await openFixture('uproot-stl_containers.root')).tree('tree');
    const map = stl.branches.find(({ typeName }) => typeName.startsWith('std::map<'));
    const keys = (await stl.read({ branches: [`${map?.name}.first`] })).get(`${map?.name}.first`);
    const records = (await stl.read({ branches: [map?.name ?? ''] })).get(map?.name ?? '');
    const content = records?.kind === 'jagged' && records.content.kind === 'record' ? records.content : undefined;
    expect(keys).toMatchObject({ kind: 'jagged', content: content?.fields.get('first') });
    expect((await tree.read()).size).toBe(1);
  });

  test('a branch of a collection with branches of its own says how many items there are', async () => {
    const tree = await (await openFixture('uproot-issue213.root')).tree('T');
    const columns = await tree.read({ branches: ['eventPack.fMCHits', 'eventPack.fMCHits.fMCHits.fTime'] });
    const counts = columns.get('eventPack.fMCHits');
    const times = columns.get('eventPack.fMCHits.fMCHits.fTime');
    const lengths =
      times?.kind === 'jagged' ? times.offsets.slice(1).map((end, i) => end - (times.offsets[i] ?? 0)) : [];
    expect(counts).toEqual({ kind: 'flat', type: 'int32', values: Int32Array.from(lengths) });
  });

  test('reading stops when it is cancelled', async () => {
    const tree = await (await openFixture('uproot-HZZ.root')).tree('events');
    await expect(tree.read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
    const controller = new AbortController();
    const reading = tree.read({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
