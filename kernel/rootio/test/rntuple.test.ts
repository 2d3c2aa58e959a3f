import { readFileSync, readdirSync } from 'node:fs';
import { columnLength, columnTypeName, concatColumns } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import type { BranchInfo, RootTree } from '@cygnet/rootio';
import { describe, expect, test } from 'vitest';
import { hashColumn } from './hash-column.ts';
import { codecs } from './node-codecs.ts';

interface Golden {
  readonly ntuple: string;
  readonly entries: number;
  readonly columns: {
    readonly [name: string]: { readonly type: string; readonly sha256: string; readonly first: string };
  };
  /** What is not read yet. */
  readonly unread: readonly string[];
}

const folder = new URL('../fixtures/rntuple/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.root'));
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const goldenOf = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(name.replace(/root$/, 'json'), folder), 'utf8')) as Golden;

const openNtuple = async (name: string, path = goldenOf(name).ntuple): Promise<RootTree> =>
  (await openRoot(memorySource(bytesOf(name), name), { codecs })).tree(path);

const depthFirst = (branches: readonly BranchInfo[]): readonly BranchInfo[] =>
  branches.flatMap((info) => [info, ...depthFirst(info.children)]);

const typesAndHashes = (columns: ReadonlyMap<string, Column>): object =>
  Object.fromEntries(
    [...columns].map(([name, column]) => [name, { type: columnTypeName(column), sha256: hashColumn(column) }]),
  );

test('there are RNTuples to compare', () => {
  expect(files.length).toBeGreaterThan(10);
});

describe.each(files)('%s', (name) => {
  const golden = goldenOf(name);

  test('every field is equal to what ROOT or uproot reads, value by value', async () => {
    const tree = await openNtuple(name);
    expect(tree.entries).toBe(golden.entries);
    const expected = Object.entries(golden.columns).map(([field, { type, sha256 }]) => [field, { type, sha256 }]);
    expect(typesAndHashes(await tree.read())).toEqual(Object.fromEntries(expected));
    const leaves = depthFirst(tree.branches).filter((info) => info.children.length === 0);
    const unread = leaves.filter((info) => info.unreadable !== undefined).map((info) => info.name);
    expect(unread).toEqual(golden.unread);
  });

  test('read in parts, the entries are the same', async () => {
    const tree = await openNtuple(name);
    const whole = await tree.read();
    for (const step of [1, 7, 33]) {
      const parts: ReadonlyMap<string, Column>[] = [];
      for (let start = 0; start === 0 || start < tree.entries; start += step === 1 ? 41 : step) {
        parts.push(await tree.read({ start, stop: start + step }));
      }
      if (step === 1) {
        const due = Math.min(1, tree.entries);
        expect(parts.every((part) => [...part.values()].every((column) => columnLength(column) === due))).toBe(true);
        continue;
      }
      const joined = [...whole.keys()].map((field) => [
        field,
        concatColumns(parts.map((part) => part.get(field) as Column)),
      ]);
      expect(typesAndHashes(new Map(joined as [string, Column][]))).toEqual(typesAndHashes(whole));
    }
  });
});
