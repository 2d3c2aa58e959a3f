import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCygnetError } from '@cygnet/columns';
import { expect, test } from 'vitest';
import { loadPinnedLibrary } from './pinned-library.ts';

test('a file that is no library for this machine is named, with what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cygnet-library-'));
  const path = join(folder, 'libbroken.so');
  writeFileSync(path, 'not a library');
  try {
    expect(() => loadPinnedLibrary(path)).toThrow(/Cannot load .*libbroken\.so: .*npm run setup/);
    expect(() => loadPinnedLibrary(path)).toThrow(expect.toSatisfy((error) => isCygnetError(error, 'engine-missing')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
