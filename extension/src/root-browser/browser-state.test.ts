import { type Column, CygnetError } from '@cygnet/columns';
import type { BranchInfo, ReadOptions, RootFile } from '@cygnet/rootio';
import { describe, expect, it } from 'vitest';
import { BrowserState } from './browser-state.ts';

const branch = (name: string, more: Partial<BranchInfo> = {}): BranchInfo => ({
  name,
  title: name,
  typeName: 'float',
  entries: 3,
  compressedBytes: 12,
  rawBytes: 12,
  children: [],
  ...more,
});

/** A file with one tree; reading waits until it is released. */
const fakeFile = () => {
  const waiting: { readonly options: ReadOptions; readonly release: () => void }[] = [];
  let closed = 0;
  const file: RootFile = {
    name: 'a.root',
    size: 1000,
    keys: () =>
      Promise.resolve([
        {
          path: 'events',
          name: 'events',
          title: '',
          className: 'TTree',
          cycle: 1,
          compressedBytes: 1,
          rawBytes: 1,
          isDirectory: false,
          isTree: true,
        },
      ]),
    tree: (path) =>
      Promise.resolve({
        path,
        title: '',
        entries: 3,
        branches: [branch('pt'), branch('eta'), branch('odd', { unreadable: 'Objects of class Odd are not read.' })],
        read: (options = {}) =>
          new Promise<ReadonlyMap<string, Column>>((resolve, reject) => {
            options.signal?.addEventListener('abort', () => reject(new CygnetError('cancelled', 'cancelled')));
            const column: Column = { kind: 'flat', type: 'float32', values: Float32Array.of(1, 2, 3) };
            waiting.push({ options, release: () => resolve(new Map([[options.branches?.[0] ?? '', column]])) });
          }),
      }),
    value: () => Promise.resolve(null),
    object: () => Promise.resolve({}),
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  return { file, waiting, closed: () => closed };
};

const openedState = async () => {
  const fake = fakeFile();
  let requests = 0;
  const state = new BrowserState({
    open: () => Promise.resolve({ file: fake.file, traffic: () => ({ requests, bytes: requests * 1000 }) }),
    now: () => 0,
  });
  await state.open();
  return { state, ...fake, spend: (count: number) => (requests += count) };
};
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('BrowserState', () => {
  it('opens a file with one tree on its branches', async () => {
    const { state } = await openedState();
    expect(state.status).toEqual({ kind: 'open', size: 1000 });
    expect(state.rows.map(({ node }) => node.name)).toEqual(['events', 'pt', 'eta', 'odd']);
  });

  it('draws a branch and says what it cost', async () => {
    const { state, waiting, spend } = await openedState();
    const drawing = state.activate('branch:events\npt');
    await soon();
    expect(state.view).toEqual({ kind: 'reading', name: 'pt' });
    spend(2);
    waiting[0]?.release();
    await drawing;
    expect(state.view).toMatchObject({
      kind: 'ready',
      caption: '3 entries · 2.0 kB read in 2 requests · 0.00 s',
      picture: { kind: 'histogram', name: 'pt' },
    });
  });

  it('cancels a branch when another is clicked, and never shows the first late', async () => {
    const { state, waiting } = await openedState();
    const first = state.activate('branch:events\npt');
    await soon();
    const second = state.activate('branch:events\neta');
    await soon();
    expect(waiting[0]?.options.signal?.aborted).toBe(true);
    waiting[0]?.release();
    await first;
    expect(state.view).toEqual({ kind: 'reading', name: 'eta' });
    waiting[1]?.release();
    await second;
    expect(state.view).toMatchObject({ kind: 'ready', picture: { name: 'eta' } });
  });

  it('says why a branch cannot be read', async () => {
    const { state } = await openedState();
    await state.activate('branch:events\nodd');
    expect(state.view).toEqual({ kind: 'failed', name: 'odd', message: 'Objects of class Odd are not read.' });
  });

  it('says why a file cannot be opened, and opens it when tried again', async () => {
    const fake = fakeFile();
    let isBroken = true;
    const state = new BrowserState({
      open: () =>
        isBroken
          ? Promise.reject(new CygnetError('corrupt-data', 'It ends early.'))
          : Promise.resolve({ file: fake.file, traffic: () => ({ requests: 0, bytes: 0 }) }),
    });
    await state.open();
    expect(state.status).toMatchObject({ kind: 'failed' });
    expect(state.status.kind === 'failed' && state.status.message).toContain('It ends early. It may be truncated');
    isBroken = false;
    await state.open();
    expect(state.status.kind).toBe('open');
  });

  it('closes the file when disposed or opened again', async () => {
    const { state, closed } = await openedState();
    await state.open();
    expect(closed()).toBe(1);
    state.dispose();
    expect(closed()).toBe(2);
  });
});
