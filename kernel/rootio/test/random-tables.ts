import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnTypeName, sliceColumn } from '@cygnet/columns';
import { memorySource, openRoot } from '@cygnet/rootio';
import { hashColumn } from './hash-column.ts';
import { codecs } from './node-codecs.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

interface Described {
  readonly type: string;
  readonly entries: number;
  readonly sha256: string;
}

/**
 * Lets uproot write `count` files of random columns and reads them back.
 *
 * @returns How many columns were equal, and every one that was not.
 */
export const compareRandomTables = async (
  seed: number,
  count: number,
): Promise<{ readonly equal: number; readonly different: readonly string[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'cygnet-random-'));
  try {
    const script = join(repository, 'kernel/rootio/fixtures/random_tables.py');
    execFileSync(join(repository, '.venv/bin/python'), ['-W', 'ignore', script, folder, String(seed), String(count)]);
    const tables = JSON.parse(readFileSync(join(folder, 'tables.json'), 'utf8')) as {
      readonly [file: string]: { readonly [tree: string]: { readonly [column: string]: Described } };
    };
    let equal = 0;
    const different: string[] = [];
    for (const [name, trees] of Object.entries(tables)) {
      const file = await openRoot(memorySource(readFileSync(join(folder, name)), name), { codecs });
      for (const [path, columns] of Object.entries(trees)) {
        const tree = await file.tree(path);
        const read = await tree.read({ branches: Object.keys(columns) });
        const part = { start: Math.floor(tree.entries / 3), stop: Math.floor((2 * tree.entries) / 3) };
        const slice = await tree.read({ branches: Object.keys(columns), ...part });
        for (const [column, { sha256, type, entries }] of Object.entries(columns)) {
          const own = read.get(column);
          const sliced = slice.get(column);
          const isEqual =
            own !== undefined &&
            sliced !== undefined &&
            tree.entries === entries &&
            hashColumn(own) === sha256 &&
            hashColumn(sliceColumn(own, part.start, part.stop)) === hashColumn(sliced);
          if (isEqual) equal++;
          else different.push(`${name} ${path} ${column}: ${own ? columnTypeName(own) : 'missing'} instead of ${type}`);
        }
      }
    }
    return { equal, different };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
