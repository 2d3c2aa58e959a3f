import { CygnetError } from '@cygnet/columns';
import { openArrow } from './arrow/open-arrow.ts';
import { dataFile, guarded } from './core/data-file.ts';
import type { DataFile } from './core/data-file.ts';
import { openBytes } from './core/file-bytes.ts';
import type { FileBytes } from './core/file-bytes.ts';
import type { FormatName, FormatOptions, OpenedFile } from './core/format.ts';
import { openWithDuckDb } from './duckdb/open-duckdb.ts';
import { openHdf5 } from './hdf5/open-hdf5.ts';
import { openNpy } from './numpy/open-npy.ts';
import { openNpz } from './numpy/open-npz.ts';
import { recognise } from './recognise.ts';
import { openRootFile } from './root/open-root.ts';
import { openLhe } from './text/lhe.ts';
import { openLibsvm } from './text/libsvm.ts';

export interface OpenOptions extends FormatOptions {
  /** What the file is, when its content should not be asked. */
  readonly format?: FormatName;
}

/** Formats that read the file by themselves, by its path. */
const openByPath = async (
  file: FileBytes,
  format: FormatName,
  isGzip: boolean,
  options: OpenOptions,
): Promise<OpenedFile> => {
  const { path } = file;
  switch (format) {
    case 'npy':
      return openNpy(file, options);
    case 'npz':
      return openNpz(file, options);
    case 'root':
      return openRootFile(path, options.signal);
    case 'parquet':
    case 'csv':
    case 'tsv':
    case 'jsonl':
      return openWithDuckDb(path, format, isGzip, options);
    case 'arrow':
      return openArrow(path);
    case 'hdf5':
      return openHdf5(path, options);
    case 'libsvm':
      return openLibsvm(path, isGzip, options);
    case 'lhe':
      return openLhe(path, isGzip, options.signal);
  }
};

/**
 * Opens a local file and finds out by its content what it is: ROOT, Parquet, CSV or TSV, JSON lines, HDF5, Arrow (Feather),
 * npy, npz, libSVM, Les Houches events; text also gzipped. Close it when you are done.
 *
 * @throws CygnetError `not-found`, `bad-file` (no known format), `corrupt-data`, `unsupported`, `cancelled`.
 * @example
 * const file = await files.open('events.parquet');
 * const table = await file.read({ columns: ['pt', 'eta'], where: 'pt > 20' });
 * await file.close();
 */
export const open = async (path: string, options: OpenOptions = {}): Promise<DataFile> => {
  if (typeof path !== 'string' || path === '')
    throw new TypeError("files.open needs a path: files.open('events.csv').");
  if (/^[a-z]+:\/\//i.test(path))
    throw new CygnetError(
      'unsupported',
      `Cannot open ${path}: files.open reads local files. ROOT files are read over HTTP by root.open.`,
    );
  const file = await openBytes(path);
  let opened: OpenedFile;
  let format: FormatName | undefined;
  try {
    const found = options.format === undefined ? await recognise(file) : await forced(file, options.format);
    format = found.format;
    opened = await guarded(path, found.format, () => openByPath(file, found.format, found.isGzip, options));
  } catch (error) {
    await file.close();
    throw error;
  }
  if (format !== 'npy' && format !== 'npz') await file.close();
  return dataFile(path, opened);
};

const forced = async (
  file: FileBytes,
  format: FormatName,
): Promise<{ readonly format: FormatName; readonly isGzip: boolean }> => {
  const start = await file.read(0, Math.min(2, file.size));
  return { format, isGzip: start[0] === 0x1f && start[1] === 0x8b };
};
