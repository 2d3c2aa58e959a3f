import { readFileSync } from 'node:fs';
import { memorySource, openRoot } from '@cygnet/rootio';
import type { PlainObject, RootFile } from '@cygnet/rootio';
import { describe, expect, test } from 'vitest';
import { codecs } from './node-codecs.ts';
import { firstDifference } from './same-value.ts';

const fixture = (name: string): Promise<RootFile> =>
  openRoot(memorySource(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)), name), { codecs });
const golden = JSON.parse(readFileSync(new URL('../fixtures/objects-golden.json', import.meta.url), 'utf8')) as {
  readonly [file: string]: { readonly [path: string]: object };
};

describe('an object as plain data', () => {
  test.each(Object.keys(golden))('%s: every member is equal to what uproot reads', async (name) => {
    const file = await fixture(name);
    for (const [path, expected] of Object.entries(golden[name] ?? {})) {
      const difference = firstDifference(await file.value(path), expected);
      // uproot takes the owner of a box of statistics for the box itself.
      expect(difference ?? '').toMatch(/^(?:\.fFunctions\[0\]\.fParent\._typename: TH1F instead of TPaveStats)?$/);
    }
  });

  test('has its members by their C++ names, those of bases too, and knows its class', async () => {
    const value = (await (await fixture('uproot-hepdata-example.root')).value('hpx')) as PlainObject;
    expect(value).toMatchObject({
      _typename: 'TH1F',
      fName: 'hpx',
      fEntries: 75000,
      fXaxis: { _typename: 'TAxis', fNbins: 100 },
    });
    const contents = value['fArray'] as Float32Array;
    expect(contents).toBeInstanceOf(Float32Array);
    expect(contents.reduce((sum, one) => sum + one, 0)).toBe(75000);
  });

  test('that points to itself is one object', async () => {
    const value = (await (await fixture('uproot-hepdata-example.root')).value('hpx')) as PlainObject;
    const [box] = value['fFunctions'] as readonly PlainObject[];
    expect(box?._typename).toBe('TPaveStats');
    expect(box?.['fParent']).toBe(value);
  });

  test('is no directory, and what is not there is named', async () => {
    const file = await fixture('generated-none.root');
    await expect(file.value('deep')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(file.value('nothing')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
