import { CygnetError } from '@cygnet/columns';
import { arrowFormat } from '../arrow/write-arrow.ts';
import type { ColumnType } from '../core/column-type.ts';
import { typeName } from '../core/column-type.ts';
import { hdf5Format } from '../hdf5/write-hdf5.ts';
import { npyFormat } from '../numpy/write-npy.ts';
import { npzFormat } from '../numpy/write-npz.ts';
import { parquetFormat } from '../parquet/write-parquet.ts';
import { rootFormat } from '../root/write-root.ts';
import { libsvmFormat } from '../text/write-libsvm.ts';
import { csvFormat, jsonlFormat, tsvFormat } from '../text/write-text.ts';
import type { WritableFormat, WriteFormat, WritePlan } from './writer.ts';

/** Everything that can be written. */
export const writeFormats: readonly WriteFormat[] = [
  rootFormat,
  parquetFormat,
  arrowFormat,
  hdf5Format,
  csvFormat,
  tsvFormat,
  jsonlFormat,
  npzFormat,
  npyFormat,
  libsvmFormat,
];

/** @throws CygnetError `unsupported` when neither the name's ending nor the caller says a format that is written. */
export const formatFor = (path: string, name: WritableFormat | undefined): WriteFormat => {
  const lower = path.toLowerCase();
  const found = writeFormats.find((format) =>
    name === undefined ? format.endings.some((ending) => lower.endsWith(ending)) : format.name === name,
  );
  if (found !== undefined) return found;
  const known = writeFormats.map((format) => `${format.name} (${format.endings[0] ?? ''})`).join(', ');
  throw new CygnetError(
    'unsupported',
    name === undefined
      ? `The ending of "${path}" is that of no format that is written. There are ${known}; or say it: { format: "parquet" }.`
      : `No format "${name}" is written. There are ${known}.`,
  );
};

/** @throws CygnetError `unsupported` naming the column that the format cannot hold, and one that can. */
export const checkColumns = (format: WriteFormat, plan: WritePlan): void => {
  for (const [name, type] of plan.columns) {
    const why = format.refuses(name, type, plan);
    if (why !== undefined)
      throw new CygnetError(
        'unsupported',
        `Column "${name}" (${nameOf(type)}) cannot be written as ${format.title}: ${why} instead; nothing was written.`,
      );
  }
};

const nameOf = (type: ColumnType): string => {
  const name = typeName(type);
  return name.length > 60 ? `${name.slice(0, 57)}…` : name;
};
