import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { write } from '../../src/files/index.ts';
import { runProgram } from '../run-program.ts';
import { everyKind, tableOfKinds } from './every-kind.ts';

const kinds = [...everyKind(0).keys()];
const flat = ['label', 'bool', 'int16', 'uint32', 'int64', 'float32', 'float64', 'timestamp', 'string'];

const lhe = `<LesHouchesEvents version="3.0">
<header><initrwgt><weight id='1'> a </weight></initrwgt></header>
<init>
2212 2212 6.5e3 6.5e3 0 0 1 1 3 1
1.5 0.1 1.0 1
</init>
${Array.from({ length: 40 }, (_, i) => `<event>\n2 1 ${i}.5 91.2 0.0078 0.118\n11 1 0 0 0 0 1. 2. 3.${i} 4. 0. 0. 9.\n-11 1 0 0 0 0 1. 2. 3. 4. 0. 0. 9.\n<rwgt><wgt id='1'> ${i} </wgt></rwgt>\n</event>\n`).join('')}</LesHouchesEvents>
`;

/** The formats, each with the columns of the file that is damaged. */
export const damageCases: readonly (readonly [file: string, columns: readonly string[]])[] = [
  ['a.parquet', kinds],
  ['a.arrow', kinds],
  ['a.h5', kinds],
  ['a.npz', kinds],
  ['deflated.npz', kinds],
  ['a.npy', ['int16', 'float64', 'record']],
  ['a.csv', flat],
  ['a.csv.gz', flat],
  ['a.jsonl', ['int16', 'string', 'lists', 'particles']],
  ['a.libsvm', ['label', 'float32', 'int16']],
  ['a.lhe', []],
  ['a.root', ['float32', 'int64', 'string', 'lists']],
];

interface Outcome {
  readonly ends: { readonly [end: string]: number };
  readonly strange: readonly string[];
  readonly slowest: number;
  readonly memory: number;
}

/** Damages one file in so many ways, in a process of its own, and checks that each reading ends as it should. */
export const checkDamage = async (
  file: string,
  columns: readonly string[],
  rounds: number,
  seed: number,
): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'cygnet-damage-'));
  try {
    const path = join(folder, file);
    if (file.endsWith('.lhe')) await writeFile(path, lhe);
    else await write(tableOfKinds(200, columns), path, file.startsWith('deflated') ? { compression: 'gzip' } : {});
    const { code, stdout, stderr } = await runProgram('read-damaged.ts', [path, String(rounds), String(seed)]);
    expect([code, stderr], stderr).toEqual([0, '']);
    const outcome = JSON.parse(stdout) as Outcome;
    expect(outcome.strange).toEqual([]);
    const total = Object.values(outcome.ends).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(rounds);
    expect(Object.keys(outcome.ends)).not.toContain('other');
    // Cut and lying files are noticed: were all read, the damage would not have reached the reader.
    expect((outcome.ends.read ?? 0) < total).toBe(true);
    expect(outcome.slowest).toBeLessThan(30_000);
    return outcome;
  } finally {
    await rm(folder, { recursive: true });
  }
};
