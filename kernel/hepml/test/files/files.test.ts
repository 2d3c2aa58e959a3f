import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Table, TableStream } from '../../src/data/index.ts';
import { open, write } from '../../src/files/index.ts';
import type { OpenOptions } from '../../src/files/index.ts';
import { tableOfKinds } from './every-kind.ts';

let folder = '';
const at = (file: string): string => join(folder, file);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cygnet-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const reading = async (name: string, content: string | Uint8Array, options: OpenOptions = {}): Promise<Table> => {
  await writeFile(at(name), content);
  const file = await open(at(name), options);
  try {
    return await file.read();
  } finally {
    await file.close();
  }
};
const numbers = (table: Table, name: string): readonly number[] => Array.from(table.numbers(name), Number);

describe('a file is recognised', () => {
  test('by its content, whatever its name says', async () => {
    await write(Table.from({ x: [1, 2] }), at('table.parquet'));
    const misnamed = await reading('parquet.csv', await readFile(at('table.parquet')));
    expect(numbers(misnamed, 'x')).toEqual([1, 2]);
    const tabs = await reading('tabs.root', 'a\tb\n1\t2.5\n');
    expect([numbers(tabs, 'a'), numbers(tabs, 'b')]).toEqual([[1], [2.5]]);
    const packed = await reading('lines', gzipSync('{"a": 1}\n{"a": 2}\n'));
    expect(numbers(packed, 'a')).toEqual([1, 2]);
  });

  test('also when its name is a pattern, a quotation or a program of SQL', async () => {
    for (const name of ["it's; DROP TABLE x.csv", 'a*b?[c]{d}.csv', '"quoted".csv', '~.csv']) {
      await writeFile(at(name.replace('*', 'x')), 'a,b\n7,7\n');
      expect(numbers(await reading(name, 'a,b\n1,2\n'), 'b'), name).toEqual([2]);
    }
  });

  test('or told from web pages, pointers, prose, pictures and nothing', async () => {
    const told = (content: string | Uint8Array): Promise<unknown> => reading('odd', content).then(String, String);
    expect(await told('<!DOCTYPE html><html></html>')).toMatch(/web page/);
    expect(await told('version https://git-lfs.github.com/spec/v1\noid sha256:00')).toMatch(/git lfs/);
    expect(await told('')).toMatch(/is empty/);
    expect(await told('Dear colleagues,\n\nplease find attached nothing.\n')).toMatch(/no table that is read here/);
    expect(await told(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1))).toMatch(/no format that is read here/);
    await expect(open(at('missing.csv'))).rejects.toMatchObject({ kind: 'not-found' });
    await mkdir(at('folder'), { recursive: true });
    await expect(open(at('folder'))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(open('https://example.org/a.csv')).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('reading', () => {
  test('names close columns and tables, and says which tables there are', async () => {
    await write(Table.from({ pt: [1, 2], eta: [3, 4] }, { name: 'events' }), at('events.parquet'));
    const file = await open(at('events.parquet'));
    await expect(file.read({ columns: ['ptt'] })).rejects.toThrow('Close: "pt"');
    await expect(file.read({ table: 'event' })).rejects.toThrow('Close: "events"');
    await expect(file.read({ where: 'pt >' })).rejects.toMatchObject({ kind: 'bad-expression' });
    expect(() => file.stream({ columns: ['ptt'] })).toThrow('Close: "pt"');
    expect(() => file.stream({ chunk: 0 })).toThrow(RangeError);
    await expect(file.read({ entries: [2, 1] })).rejects.toThrow(RangeError);
    await file.close();
  });

  test('keeps the rows for which an expression holds, without the columns that only it needs', async () => {
    await writeFile(at('where.csv'), 'a,b\n1,10\n2,20\n3,30\n');
    const file = await open(at('where.csv'));
    const options = { columns: ['b'], where: 'a > 1 && a < pi' };
    expect(numbers(await file.read(options), 'b')).toEqual([20, 30]);
    const stream = file.stream({ ...options, chunk: 1 });
    expect([stream.length, stream.columnNames]).toEqual([undefined, ['b']]);
    expect(numbers(await stream.read(), 'b')).toEqual([20, 30]);
  });

  test('gives streams that know their length where the file tells it, and can be gone through again', async () => {
    await write(tableOfKinds(1000, ['float32', 'lists']), at('again.arrow'), { chunk: 300 });
    const file = await open(at('again.arrow'));
    const stream = file.stream({ chunk: 256 });
    expect(stream.length).toBe(1000);
    for (const _ of [1, 2]) {
      const lengths: number[] = [];
      for await (const chunk of stream) lengths.push(chunk.length);
      expect(lengths).toEqual([256, 256, 256, 232]);
    }
    await file.close();
  });

  test('never rounds whole numbers: what does not fit into 64 bits is an error that says what to do', async () => {
    const smallest = await reading('smallest.jsonl', '{"a": -9223372036854775808}\n{"a": 5}\n');
    expect(smallest.column('a')).toEqual({ kind: 'flat', type: 'int64', values: BigInt64Array.of(-(2n ** 63n), 5n) });
    const large = '{"a": 18446744073709551615}\n{"a": 5}\n';
    await expect(reading('large.jsonl', large)).rejects.toThrow(/types: \{ column/);
    const told = await reading('large.jsonl', large, { types: { a: 'uint64' } });
    expect(told.column('a')).toMatchObject({ values: BigUint64Array.of(2n ** 64n - 1n, 5n) });
  });

  test('takes a damaged comment of ours at the head of a libSVM file for any comment', async () => {
    const head = '# cygnet {"columns":[{"name":"x","type":"float32"}],"labelName":"y","labelType":"uint("}';
    const table = await reading('comment.svm', `${head}\n1 1:2.5\n`);
    expect(table.columnNames).toEqual(['label', 'x1']);
  });

  test('stops when it is cancelled', async () => {
    await write(tableOfKinds(20_000, ['float32', 'float64', 'string']), at('long.parquet'), { chunk: 1000 });
    const file = await open(at('long.parquet'));
    await expect(file.read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
    const control = new AbortController();
    const half = (async () => {
      for await (const chunk of file.stream({ chunk: 1000, signal: control.signal })) {
        expect(chunk.length).toBe(1000);
        control.abort();
      }
    })();
    await expect(half).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('what is missing in a file', () => {
  const lines =
    '{"n": 1, "s": "a", "f": 1.5, "l": [1, 2]}\n{"n": null, "s": null, "f": null, "l": [null]}\n{"n": 3, "s": "c", "f": 2.5, "l": []}\n';
  const opened = async () => {
    await writeFile(at('missing.jsonl'), lines);
    return open(at('missing.jsonl'), { types: { l: 'list of float64' } });
  };

  test('is NaN in floats, in lists of them too, and an error elsewhere that says what to do', async () => {
    const file = await opened();
    const table = await file.read({ columns: ['f', 'l'] });
    expect(numbers(table, 'f')).toEqual([1.5, NaN, 2.5]);
    expect(table.column('l')).toMatchObject({ content: { values: Float64Array.of(1, 2, NaN) } });
    await expect(file.read({ columns: ['n'] })).rejects.toThrow(/Column "n" has no value .* missing: 'drop'/);
    await expect(file.read({ columns: ['s'] })).rejects.toMatchObject({ kind: 'unsupported' });
  });

  test('is left out or replaced when asked so, and never 0 by itself', async () => {
    const file = await opened();
    expect(numbers(await file.read({ missing: 'drop' }), 'n')).toEqual([1, 3]);
    const filled = await file.read({ missing: { n: -1, s: 'none' } });
    expect([numbers(filled, 'n'), filled.column('s')]).toEqual([
      [1, -1, 3],
      { kind: 'string', values: ['a', 'none', 'c'] },
    ]);
    const asFloat = await file.read({ columns: ['n'], missing: { n: NaN } });
    expect([asFloat.column('n').kind === 'flat' && numbers(asFloat, 'n')]).toEqual([[1, NaN, 3]]);
    await expect(file.read({ columns: ['n'], missing: { n: 'x' } })).rejects.toThrow(TypeError);
  });
});

/** A stream of these chunks, which fails where one is an error. */
const streamOf = (parts: readonly (Table | Error)[]): TableStream => {
  // eslint-disable-next-line @typescript-eslint/require-await -- a stream gives its chunks asynchronously
  const open = async function* (): AsyncGenerator<Table> {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield part;
    }
  };
  return TableStream.of({ name: 'gone', columnNames: ['pt'], open });
};

describe('writing', () => {
  const table = Table.from({ pt: [1, 2, 3] }, { name: 'events' });

  test('leaves a file that is there alone, unless told otherwise', async () => {
    await write(table, at('there.csv'));
    await expect(write(table, at('there.csv'))).rejects.toMatchObject({ kind: 'already-exists' });
    expect(await write(table.slice(0, 1), at('there.csv'), { overwrite: true })).toMatchObject({
      rows: 1,
      format: 'csv',
    });
    expect(await readFile(at('there.csv'), 'utf8')).toBe('pt\n1\n');
  });

  test('refuses what a format cannot hold before anything is written, naming column and remedy', async () => {
    const refused: readonly (readonly [string, string, RegExp])[] = [
      ['a.csv', 'lists', /"lists" \(list of float32\).*Write Parquet/],
      ['a.npy', 'string', /"string".*Write npz/],
      ['a.root', 'timestamp', /"timestamp".*Write Parquet/],
      ['a.root', 'deep_lists', /RNTuple/],
      ['a.root', 'particles', /records/],
      ['a.libsvm', 'int64', /"int64"/],
    ];
    for (const [file, column, message] of refused) {
      const made = write(tableOfKinds(3, ['label', column]), at(`no-${file}`));
      await expect(made).rejects.toMatchObject({ kind: 'unsupported' });
      await expect(made).rejects.toThrow(message);
    }
    await expect(write(table, at('no-label.libsvm'))).rejects.toThrow(/label/);
    await expect(write(table, at('no-what.xyz'))).rejects.toThrow(/There are root \(\.root\)/);
    await expect(write(table, at('no-lzma.csv'), { compression: 'lzma' })).rejects.toThrow(/none, gzip/);
    await expect(write(tableOfKinds(9, ['special32']), at('no-inf.jsonl'))).rejects.toThrow(/infinite/);
    expect((await readdir(folder)).filter((name) => name.includes('no-'))).toEqual([]);
  });

  test.each(['parquet', 'arrow', 'h5', 'npz', 'npy', 'csv.gz', 'jsonl', 'root'])(
    'of %s leaves nothing behind when the stream fails, changes its columns or is cancelled',
    async (ending) => {
      const path = at(`gone.${ending}`);
      const failing = streamOf([table, new Error('the disk is on fire')]);
      await expect(write(failing, path)).rejects.toThrow('on fire');
      const changing = streamOf([table, Table.from({ pt: ['a', 'b'] })]);
      await expect(write(changing, path)).rejects.toMatchObject({ kind: 'unsupported' });
      const control = new AbortController();
      const cancelled = write(TableStream.fromTable(table, { chunk: 1 }), path, {
        signal: control.signal,
        onProgress: () => control.abort(),
      });
      await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
      expect((await readdir(folder)).filter((name) => name.includes('gone.'))).toEqual([]);
    },
  );
});
