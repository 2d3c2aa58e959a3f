import { basename } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import type { FileBytes } from '../core/file-bytes.ts';
import type { FormatOptions, OpenedFile } from '../core/format.ts';
import { listSource, recordSource, sourcePieces, tablesOf } from '../core/row-source.ts';
import type { RowSource } from '../core/row-source.ts';
import { arrayColumns } from './array-source.ts';
import type { NpyArray } from './array-source.ts';
import { deflatedReader, storedReader } from './byte-reader.ts';
import { readNpyHeader } from './npy-header.ts';
import { readZipDirectory, zipDataStart } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';

const openEntry = async (file: FileBytes, entry: ZipEntry): Promise<NpyArray> => {
  const start = await zipDataStart(file, entry);
  const name = entry.name.replace(/\.npy$/, '');
  const expected = { name: `"${name}" of ${file.path}`, length: entry.bytes, crc32: entry.crc32 };
  if (entry.method === 'stored' && entry.compressedBytes !== entry.bytes)
    throw new CygnetError('corrupt-data', `${expected.name} has two lengths.`);
  const open = () =>
    entry.method === 'stored'
      ? storedReader(file, start, expected)
      : deflatedReader(file, start, entry.compressedBytes, expected);
  const header = await readNpyHeader(expected.name, async (from, length) => {
    const bytes = open();
    try {
      await bytes.skip(Math.min(from, entry.bytes));
      return await bytes.read(Math.max(0, Math.min(length, entry.bytes - from)));
    } finally {
      await bytes.close();
    }
  });
  return { name, header, valueBytes: entry.bytes - header.headerBytes, open };
};

/** Columns as their names say: `pt/offsets` and `pt/content` are lists, other names below one are fields of a record. */
interface Branch {
  source?: RowSource;
  readonly below: Map<string, Branch>;
}

const nested = (arrays: ReadonlyMap<string, RowSource>): Branch => {
  const root: Branch = { below: new Map() };
  for (const [path, source] of arrays) {
    let branch = root;
    for (const part of path.split('/')) {
      const next: Branch = branch.below.get(part) ?? { below: new Map() };
      branch.below.set(part, next);
      branch = next;
    }
    branch.source = source;
  }
  return root;
};

const sourceOf = (name: string, { source, below }: Branch): RowSource | undefined => {
  if (source !== undefined) return below.size === 0 ? source : undefined;
  const parts = [...below].map(([part, branch]) => [part, sourceOf(`${name}/${part}`, branch)] as const);
  const known = new Map(parts.filter((part): part is [string, RowSource] => part[1] !== undefined));
  if (known.size < parts.length) return undefined;
  const [offsets, content] = [known.get('offsets'), known.get('content')];
  if (known.size === 2 && offsets !== undefined && content !== undefined) return listSource(name, offsets, content);
  return new Set([...known.values()].map(({ rows }) => rows)).size === 1 ? recordSource(known) : undefined;
};

/** Arrays of a zip file, stored or deflated, as the columns of one table if all have the same length. */
export const openNpz = async (file: FileBytes, { matrix = 'lists' }: FormatOptions): Promise<OpenedFile> => {
  const entries = (await readZipDirectory(file)).filter(({ name }) => name.endsWith('.npy'));
  if (entries.length === 0) throw new CygnetError('bad-file', `${file.path} is a zip file without NumPy arrays.`);
  const arrays = new Map<string, RowSource>();
  for (const entry of entries) {
    const array = await openEntry(file, entry);
    for (const [name, source] of arrayColumns(array, { isTable: false, matrix })) arrays.set(name, source);
  }
  const columns = new Map<string, RowSource>();
  for (const [name, branch] of nested(arrays).below) {
    const source = sourceOf(name, branch);
    if (source !== undefined) columns.set(name, source);
    else for (const [path, own] of arrays) if (path === name || path.startsWith(`${name}/`)) columns.set(path, own);
  }
  const isDeflated = entries.some(({ method }) => method === 'deflated');
  const tables = tablesOf(
    basename(file.path).replace(/\.npz$/i, ''),
    columns,
    isDeflated ? { compression: 'deflate' } : {},
  );
  return {
    format: 'npz',
    tables: tables.map(({ info }) => info),
    pieces: (request) => sourcePieces(tables, request),
    close: () => file.close(),
  };
};
