import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareWithGolden } from './compare-golden.ts';
import type { Golden } from './compare-golden.ts';
import { codecs } from './node-codecs.ts';

/** scikit-hep-testdata 0.3.12: what uproot and this reader say of every branch of all of its files. */
const repository = fileURLToPath(new URL('../../../', import.meta.url));
const python = join(repository, '.venv/bin/python');
const script = join(repository, 'kernel/rootio/fixtures/collection.py');
const data = execFileSync(python, ['-c', 'import skhep_testdata; print(skhep_testdata.__path__[0])'], {
  encoding: 'utf8',
});
const folder = join(data.trim(), 'data');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.root'))
  .sort();

/** Where uproot 5.7.7 is wrong, and how that is known. */
const wrongInUproot: readonly RegExp[] = [
  // Of referenced objects, two more bytes follow the flags; uproot takes them for flags of the next object.
  /^Delphes: (?:Track|EFlowTrack|EFlowPhoton|EFlowNeutralHadron)\.fBits: /,
  // The bytes of these two numbers are swapped: 0x5d18f51b, the end of June 2019, becomes 0x1bf5185d.
  /^KM3NET_TIMESLICE_L0: km3net_timeslice_L0\..*\.timeslice_start: \{UTC_seconds/,
];
/** What uproot reads and this reader refuses. */
const refused = /: (?:Another branch has the same name\.|It has \d+ entries, its tree \d+\.)$/;

const totals = { branches: 0, comparable: 0, equal: 0, values: 0, refused: 0, wrongInUproot: 0, onlyHere: 0 };
const golden = mkdtempSync(join(tmpdir(), 'cygnet-collection-'));

beforeAll(() => {
  execFileSync(python, [script, golden], { stdio: ['ignore', 'ignore', 'inherit'] });
}, 1_200_000);

afterAll(() => {
  rmSync(golden, { recursive: true, force: true });
  console.info(JSON.stringify(totals));
});

describe('every file of scikit-hep-testdata 0.3.12', () => {
  test('is there', () => expect(files.length).toBe(140));

  test.each(files)(
    '%s: every branch is equal to what uproot reads, value by value, or refused',
    async (name) => {
      const expected = JSON.parse(readFileSync(join(golden, name.replace(/root$/, 'json')), 'utf8')) as Golden;
      const opening = openRoot(memorySource(readFileSync(join(folder, name)), name), { codecs });
      if (Object.keys(expected.trees).length === 0) {
        const refusal = await opening.then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refusal !== undefined) expect(refusal).toBeInstanceOf(CygnetError);
        return;
      }
      const result = await compareWithGolden(await opening, expected);
      const branches = Object.values(expected.trees).flatMap((tree) => tree.branches);
      totals.branches += branches.length;
      totals.comparable += branches.filter((branch) => branch.skipped === undefined).length;
      totals.equal += result.equal;
      totals.values += result.values;
      totals.refused += result.unreadable.length;
      totals.onlyHere += result.uncompared.length;
      const isKnown = (one: string): boolean => wrongInUproot.some((pattern) => pattern.test(one));
      totals.wrongInUproot += result.different.filter(isKnown).length;
      expect(result.different.filter((one) => !isKnown(one))).toEqual([]);
      expect(result.unreadable.filter((one) => !refused.test(one))).toEqual([]);
    },
    120_000,
  );

  test('most branches are equal', () => {
    expect(totals.equal).toBeGreaterThan(15_300);
    expect(totals.equal + totals.refused + totals.wrongInUproot).toBe(totals.comparable);
  });
});
