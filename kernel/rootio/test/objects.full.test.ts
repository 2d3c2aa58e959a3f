import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CygnetError } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { expect, test } from 'vitest';
import { codecs } from './node-codecs.ts';
import { firstDifference } from './same-value.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const python = join(repository, '.venv/bin/python');
const script = join(repository, 'kernel/rootio/fixtures/objects.py');

/** Files that uproot does not open: cut off, and an RNTuple of a test version. */
const notOpened: ReadonlySet<string> = new Set(['uproot-issue70.root', 'uproot-ntpl001_staff.root']);
/** uproot takes the owner of a box of statistics for the box itself. */
const wrongInUproot = /\.fFunctions\[0\]\.fParent\._typename: TH\w+ instead of TPaveStats$/;

test('every object of scikit-hep-testdata 0.3.12 that uproot reads is equal, member by member', async () => {
  const data = execFileSync(python, ['-c', 'import skhep_testdata; print(skhep_testdata.__path__[0])'], {
    encoding: 'utf8',
  });
  const folder = join(data.trim(), 'data');
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith('.root') && !notOpened.has(name))
    .map((name) => join(folder, name));
  const text = execFileSync(python, ['-W', 'ignore', script, ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const golden = JSON.parse(text.replace(/\bNaN\b|-?\bInfinity\b/g, 'null')) as {
    readonly [file: string]: { readonly [path: string]: { readonly _skipped?: string } };
  };
  const different: string[] = [];
  const totals = { objects: 0, equal: 0, onlyHere: 0, refused: 0 };
  for (const [name, objects] of Object.entries(golden)) {
    const file = await openRoot(memorySource(readFileSync(join(folder, name)), name), { codecs });
    for (const [path, expected] of Object.entries(objects)) {
      totals.objects++;
      const value = await file.value(path).catch((error: unknown) => error);
      if (value instanceof Error) {
        expect(value).toBeInstanceOf(CygnetError);
        totals.refused++;
        if (expected._skipped === undefined) different.push(`${name} ${path}: ${value.message}`);
      } else if (expected._skipped !== undefined) totals.onlyHere++;
      else {
        const difference = firstDifference(value, expected);
        if (difference === undefined || wrongInUproot.test(difference)) totals.equal++;
        else different.push(`${name} ${path}${difference}`);
      }
    }
  }
  console.info(JSON.stringify(totals));
  expect(different).toEqual([]);
  expect(totals.equal).toBeGreaterThan(650);
}, 600_000);
