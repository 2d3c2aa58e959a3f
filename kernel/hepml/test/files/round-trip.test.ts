import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnTypeName } from '@cygnet/columns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../src/data/index.ts';
import { TableStream, tableSha256 } from '../../src/data/index.ts';
import { open, write } from '../../src/files/index.ts';
import type { FormatOptions, WriteOptions } from '../../src/files/index.ts';
import { everyKind, tableOfKinds } from './every-kind.ts';
import { runPeers } from './peer-process.ts';

const kinds = [...everyKind(0).keys()];
const flat = [...everyKind(0)].filter(([, column]) => column.kind === 'flat').map(([name]) => name);
const without = (...left: readonly string[]) => kinds.filter((name) => !left.includes(name));
const numbers = flat.filter((name) => name !== 'timestamp');
const svmNumbers = numbers.filter((name) => !name.includes('int64'));
const records = ['record', 'particles'];
const treeLists = ['lists', 'whole_lists', 'bool_lists'];

/** Each way to write, with the columns that it can hold. */
interface Case {
  readonly file: string;
  readonly columns: readonly string[];
  readonly options?: WriteOptions;
  /** Why the other libraries read it otherwise. */
  readonly onlyOurs?: string;
}

const cases: readonly Case[] = [
  { file: 'a.parquet', columns: kinds },
  { file: 'none.parquet', columns: kinds, options: { compression: 'none' } },
  { file: 'gzip.parquet', columns: kinds, options: { compression: 'gzip' } },
  { file: 'a.arrow', columns: kinds },
  { file: 'a.feather', columns: kinds },
  { file: 'a.h5', columns: kinds },
  { file: 'gzip.h5', columns: kinds, options: { compression: 'gzip' } },
  { file: 'a.npz', columns: kinds },
  { file: 'deflated.npz', columns: kinds, options: { compression: 'gzip' } },
  { file: 'a.npy', columns: [...flat, 'record'] },
  { file: 'a.csv', columns: [...flat, 'string'] },
  { file: 'a.csv.gz', columns: [...flat, 'string'] },
  { file: 'a.tsv', columns: [...flat, 'string'] },
  { file: 'a.jsonl', columns: without('special32', 'special64') },
  { file: 'a.jsonl.gz', columns: without('special32', 'special64') },
  { file: 'a.libsvm', columns: svmNumbers.filter((name) => !name.startsWith('special')) },
  { file: 'special.libsvm', columns: svmNumbers, onlyOurs: 'SciPy makes 0 of -0 in sparse matrices' },
  { file: 'tree.root', columns: [...numbers, 'string', ...treeLists] },
  { file: 'zlib.root', columns: [...numbers, 'string', ...treeLists], options: { compression: 'gzip' } },
  { file: 'lz4.root', columns: [...numbers, 'string', ...treeLists], options: { compression: 'lz4' } },
  { file: 'ntuple.root', columns: without('timestamp', ...records), options: { layout: 'rntuple' } },
];

const rows = 1003;
let folder = '';
const at = (file: string): string => join(folder, file);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cygnet-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const hashes = (table: Table): { readonly [column: string]: string } =>
  Object.fromEntries(table.columnNames.map((name) => [name, tableSha256(table, [name])]));

const typesOf = (table: Table): { readonly [column: string]: string } =>
  Object.fromEntries(table.columnNames.map((name) => [name, columnTypeName(table.column(name))]));

/** CSV and JSON have no types; what reads them is told. */
const optionsFor = (file: string, table: Table): FormatOptions =>
  /csv|tsv|jsonl/.test(file) ? { types: typesOf(table) } : {};

describe('what is written is read back equal,', () => {
  const formats: { [file: string]: string } = {};

  test.each(cases)('whole and in chunks: $file', async ({ file, columns, options = {} }) => {
    const table = tableOfKinds(rows, columns);
    const written = await write(TableStream.fromTable(table, { chunk: 400 }), at(file), options);
    expect(written.rows).toBe(rows);
    const opened = await open(at(file), optionsFor(file, table));
    formats[file] = opened.format;
    const back = await opened.read();
    expect(back.columnNames).toEqual(table.columnNames);
    expect(hashes(back)).toEqual(hashes(table));
    const parts = await opened.stream({ chunk: 101 }).read();
    expect(hashes(parts)).toEqual(hashes(table));
    const middle = await opened.read({ entries: [399, 777], columns: columns.slice(1, 4) });
    expect(hashes(middle)).toEqual(hashes(table.slice(399, 777).select(columns.slice(1, 4))));
    const none = await opened.read({ entries: [rows, rows + 5] });
    expect([none.length, typesOf(none)]).toEqual([0, typesOf(table)]);
    await opened.close();
  });

  test('and by the libraries that physicists have', async () => {
    const shared = cases.filter(({ onlyOurs }) => onlyOurs === undefined);
    const requests = shared.map(({ file, columns }) => ({
      path: at(file),
      format: formats[file],
      types: typesOf(tableOfKinds(0, columns)),
    }));
    const answers = (await runPeers(['read'], requests)) as readonly { readonly [column: string]: string }[];
    expect(answers.length).toBe(shared.length);
    shared.forEach(({ file, columns }, i) => {
      expect({ file, ...answers[i] }).toEqual({ file, ...hashes(tableOfKinds(rows, columns)) });
    });
  });

  test('also a table without rows, but for JSON lines, which then are an empty file', async () => {
    for (const { file, columns, options = {} } of cases.filter(({ file }) => !file.includes('jsonl'))) {
      const table = tableOfKinds(0, columns);
      await write(table, at(`empty-${file}`), options);
      const opened = await open(at(`empty-${file}`), optionsFor(file, table));
      const back = await opened.read();
      expect({ file, length: back.length, ...typesOf(back) }).toEqual({ file, length: 0, ...typesOf(table) });
      await opened.close();
    }
  });

  test('with label, units and descriptions where the format has a place for them', async () => {
    for (const file of ['a.parquet', 'a.arrow', 'a.h5', 'tree.root', 'ntuple.root', 'a.libsvm']) {
      const opened = await open(at(file));
      const table = await opened.read({ columns: ['float32', 'float64', 'label'] });
      expect([file, table.name, table.label, table.units, table.descriptions]).toEqual([
        file,
        'every kind',
        'label',
        { float32: 'GeV' },
        { float64: 'a number of "many" digits' },
      ]);
      expect(opened.info().facts.provenance?.cygnet).toMatch(/^\d/);
      await opened.close();
    }
  });

  test('and no temporary file stays', async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('files of other libraries', () => {
  test('are read equal: pyarrow, NumPy, h5py, scikit-learn, uproot', async () => {
    interface Peer {
      readonly file: string;
      readonly format: string;
      readonly columns: { readonly [column: string]: string };
      readonly options: FormatOptions;
    }
    const theirs = (await runPeers(['write', folder])) as readonly Peer[];
    expect(theirs.length).toBeGreaterThan(20);
    for (const { file, format, columns, options } of theirs) {
      const opened = await open(at(file), options);
      expect([file, opened.format]).toEqual([file, format]);
      const table = await opened.read({ columns: Object.keys(columns) });
      expect({ file, ...hashes(table) }).toEqual({ file, ...columns });
      await opened.close();
    }
  });
});
