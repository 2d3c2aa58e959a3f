import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableSha256 } from '../../src/data/index.ts';
import { open, write } from '../../src/files/index.ts';
import { tableOfKinds } from './every-kind.ts';

const command = resolve(import.meta.dirname, '../../bin/cygnet.mjs');
let folder = '';
const at = (file: string): string => join(folder, file);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command on the library's sources; `interrupt` gets the process to stop it. */
const cygnet = (
  args: readonly string[],
  interrupt?: (stop: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--conditions=cygnet:source', command, ...args], { cwd: folder });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part));
    child.on('error', failed).on('close', (code) => done({ code, ...text }));
    interrupt?.((signal) => child.kill(signal));
  });

const columns = ['label', 'float32', 'int64', 'string', 'lists'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cygnet-command-'));
  await write(tableOfKinds(1000, columns), at('in.parquet'), { chunk: 300 });
});
afterAll(() => rm(folder, { recursive: true }));

describe('cygnet inspect', () => {
  test('tells format, tables, columns, types, units and entries, for people', async () => {
    const { code, stdout } = await cygnet(['inspect', 'in.parquet']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^in\.parquet: parquet, 1 table$/m);
    expect(stdout).toMatch(/1,000 entries, 5 columns, zstd/);
    expect(stdout).toMatch(/^ {2}float32 +float32 +GeV +[\d.]+ kB$/m);
    expect(stdout).toMatch(/^ {2}lists +list of float32/m);
    expect(stdout).toMatch(/^ {2}label +uint8 .*label$/m);
  });

  test('and as JSON', async () => {
    const { stdout } = await cygnet(['inspect', 'in.parquet', '--json']);
    const { format, tables } = JSON.parse(stdout) as {
      format: string;
      tables: { entries: number; columns: object[] }[];
    };
    expect([format, tables[0]?.entries, tables[0]?.columns[1]]).toMatchObject([
      'parquet',
      1000,
      { name: 'float32', type: 'float32' },
    ]);
  });

  test('says what is wrong, and exits with 1 for the file and 2 for the command line', async () => {
    await writeFile(at('prose.txt'), 'This is no table.\nNot at all.\n');
    expect(await cygnet(['inspect', 'prose.txt'])).toMatchObject({ code: 1, stdout: '' });
    expect((await cygnet(['inspect', 'nothing.csv'])).stderr).toMatch(/there is no such file/);
    expect(await cygnet(['inspect'])).toMatchObject({ code: 2 });
    expect((await cygnet(['inspect', 'in.parquet', '--jsn'])).stderr).toMatch(/--jsn[\s\S]*cygnet inspect FILE/);
    expect(await cygnet(['inspect', '--help'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('cygnet convert', () => {
  test('takes a table through every format and back, the same', async () => {
    const steps = ['a.arrow', 'b.h5', 'c.npz', 'd.jsonl', 'e.root', 'f.parquet'];
    let from = 'in.parquet';
    for (const to of steps) {
      const types = from.endsWith('.jsonl') ? ['--types', 'label=uint8,float32=float32,lists=list of float32'] : [];
      const { code, stderr } = await cygnet(['convert', from, to, '--chunk', '300', ...types]);
      expect([to, code, stderr]).toEqual([to, 0, '']);
      from = to;
    }
    const file = await open(at(from));
    const [back, table] = [await file.read(), tableOfKinds(1000, columns)];
    expect(back.columnNames).toEqual(columns);
    for (const name of columns) expect([name, tableSha256(back, [name])]).toEqual([name, tableSha256(table, [name])]);
    expect(file.info().facts.provenance).toMatchObject({ convertedFrom: 'e.root' });
    await file.close();
  });

  test('selects columns, rows and events', async () => {
    const options = ['--columns', 'int64,float32', '--where', 'label == 1', '--entries', '100:200', '--label', 'label'];
    expect(await cygnet(['convert', 'in.parquet', 'part.csv', ...options])).toMatchObject({ code: 0 });
    const lines = (await readFile(at('part.csv'), 'utf8')).trim().split('\n');
    expect([lines[0], lines.length]).toEqual(['int64,float32,label', 51]);
  });

  test('does not overwrite unless asked, and names what it cannot do', async () => {
    await writeFile(at('there.csv'), 'mine\n');
    const refused = await cygnet(['convert', 'in.parquet', 'there.csv', '--columns', 'label']);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/already there/)]);
    expect(await readFile(at('there.csv'), 'utf8')).toBe('mine\n');
    expect(await cygnet(['convert', 'in.parquet', 'there.csv', '--columns', 'label', '--overwrite'])).toMatchObject({
      code: 0,
    });
    expect((await cygnet(['convert', 'in.parquet', 'lists.csv'])).stderr).toMatch(/Column "lists".*Parquet/);
    expect((await cygnet(['convert', 'in.parquet', 'x.csv', '--where', 'pt > 1'])).stderr).toMatch(/pt/);
    expect(await cygnet(['convert', 'in.parquet', 'x.csv', '--chunk', 'many'])).toMatchObject({ code: 2 });
    expect(await cygnet(['convert', 'in.parquet'])).toMatchObject({ code: 2 });
  });

  test.each(['big.csv', 'big.root', 'big.h5', 'big.npz'])(
    'leaves nothing of %s behind when it is interrupted',
    async (to) => {
      const lines = Array.from({ length: 40_000 }, (_, i) => `${i},${i / 7},text${i}`);
      await writeFile(at('big-in.csv'), `a,b,c\n${lines.join('\n')}\n`);
      const ended = await cygnet(['convert', 'big-in.csv', to, '--chunk', '50'], (stop) => {
        const look = setInterval(() => {
          void readdir(folder).then((names) => {
            if (!names.some((name) => name.startsWith(`.${to}`))) return;
            clearInterval(look);
            stop('SIGINT');
          });
        }, 20);
      });
      expect([ended.code, ended.stderr]).toEqual([130, 'Stopped; nothing was written.\n']);
      expect((await readdir(folder)).filter((name) => name.includes(to))).toEqual([]);
    },
  );
});
