import type { BranchInfo, RootFile, RootKey, RootTree } from '@cygnet/rootio';
import { describe, expect, it } from 'vitest';
import { moveForKey, readChildren, sizeText, visibleRows } from './tree-model.ts';

const key = (path: string, className: string): RootKey => ({
  path,
  name: path.split('/').at(-1) ?? path,
  title: '',
  className,
  cycle: 1,
  compressedBytes: 1234,
  rawBytes: 5000,
  isDirectory: className === 'TDirectoryFile',
  isTree: className === 'TTree',
});

const branch = (name: string, children: readonly BranchInfo[] = []): BranchInfo => ({
  name,
  title: name,
  typeName: 'float',
  entries: 20_000,
  compressedBytes: 80_000,
  rawBytes: 80_000,
  children,
});

const file: RootFile = {
  name: 'a.root',
  size: 1,
  keys: (directory) =>
    Promise.resolve(
      directory === 'plots'
        ? [key('plots/mass', 'TH1F'), key('plots/note', 'TObjString')]
        : [key('events', 'TTree'), key('plots', 'TDirectoryFile')],
    ),
  tree: (path) =>
    Promise.resolve({
      path,
      title: '',
      entries: 20_000,
      branches: [branch('pt'), branch('muon', [branch('muon.eta')])],
      read: () => Promise.resolve(new Map()),
    } satisfies RootTree),
  value: () => Promise.resolve(null),
  object: () => Promise.resolve({}),
  close: () => Promise.resolve(),
};

const opened = async () => {
  const top = await readChildren(file);
  const events = await readChildren(file, top[0]);
  const muon = await readChildren(file, events[1]);
  const plots = await readChildren(file, top[1]);
  return new Map([
    ['', top],
    [top[0]?.id ?? '', events],
    [events[1]?.id ?? '', muon],
    [top[1]?.id ?? '', plots],
  ]);
};

describe('readChildren', () => {
  it('lists directories, trees with their branches, and objects', async () => {
    const children = await opened();
    expect(children.get('')?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['tree events', 'directory plots']);
    expect(children.get('key:events')?.map(({ name, typeName, detail }) => `${name} ${typeName} ${detail}`)).toEqual([
      'pt float 20\u202f000 entries, 80.0 kB',
      'muon float 20\u202f000 entries, 80.0 kB',
    ]);
  });

  it('says why an object cannot be shown', async () => {
    const plots = (await opened()).get('key:plots');
    expect(plots?.[0]?.unreadable).toBeUndefined();
    expect(plots?.[1]?.unreadable).toContain('TObjString');
  });
});

describe('visibleRows', () => {
  it('shows the children of expanded nodes only, with level and place', async () => {
    const children = await opened();
    expect(visibleRows(children, new Set()).map((row) => row.node.name)).toEqual(['events', 'plots']);
    const rows = visibleRows(children, new Set(['key:events']));
    expect(rows.map(({ node, level, position, siblings }) => [node.name, level, position, siblings])).toEqual([
      ['events', 1, 1, 2],
      ['pt', 2, 1, 2],
      ['muon', 2, 2, 2],
      ['plots', 1, 2, 2],
    ]);
  });
});

describe('moveForKey', () => {
  it('walks, opens, closes and activates as trees do', async () => {
    const rows = visibleRows(await opened(), new Set(['key:events']));
    expect(moveForKey(rows, 'key:events', 'ArrowDown')).toEqual({ kind: 'focus', id: 'branch:events\npt' });
    expect(moveForKey(rows, 'branch:events\npt', 'ArrowLeft')).toEqual({ kind: 'focus', id: 'key:events' });
    expect(moveForKey(rows, 'key:events', 'ArrowLeft')).toEqual({ kind: 'collapse', id: 'key:events' });
    expect(moveForKey(rows, 'key:plots', 'ArrowRight')).toEqual({ kind: 'expand', id: 'key:plots' });
    expect(moveForKey(rows, 'key:events', 'End')).toEqual({ kind: 'focus', id: 'key:plots' });
    expect(moveForKey(rows, 'branch:events\npt', 'Enter')).toEqual({ kind: 'activate', id: 'branch:events\npt' });
    expect(moveForKey(rows, 'key:plots', 'ArrowDown')).toBeUndefined();
    expect(moveForKey(rows, 'key:plots', 'x')).toBeUndefined();
  });
});

describe('sizeText', () => {
  it('writes sizes for people', () => {
    expect([0, 999, 1576721, 4e9].map(sizeText)).toEqual(['0 B', '999 B', '1.6 MB', '4.0 GB']);
  });
});
