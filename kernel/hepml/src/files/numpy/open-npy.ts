import { basename } from 'node:path';
import type { FileBytes } from '../core/file-bytes.ts';
import type { FormatOptions, OpenedFile } from '../core/format.ts';
import { sourcePieces, tablesOf } from '../core/row-source.ts';
import { arrayColumns } from './array-source.ts';
import { storedReader } from './byte-reader.ts';
import { readNpyHeader } from './npy-header.ts';

/** A NumPy array: a structured one as a table of its fields, another one as a table of one column. */
export const openNpy = async (file: FileBytes, { matrix = 'lists' }: FormatOptions): Promise<OpenedFile> => {
  const name = basename(file.path).replace(/\.npy$/i, '');
  const header = await readNpyHeader(file.path, (start, length) =>
    file.read(Math.min(start, file.size), Math.max(0, Math.min(length, file.size - start))),
  );
  const expected = { name: file.path, length: file.size };
  const open = () => storedReader(file, 0, expected);
  const array = { name, header, valueBytes: file.size - header.headerBytes, open };
  const tables = tablesOf(name, arrayColumns(array, { isTable: true, matrix }));
  return {
    format: 'npy',
    tables: tables.map(({ info }) => info),
    pieces: (request) => sourcePieces(tables, request),
    close: () => file.close(),
  };
};
