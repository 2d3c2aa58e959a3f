import { open } from 'node:fs/promises';
import type { Column, NumericArray, NumericType } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { openSink } from '../write/byte-sink.ts';
import type { WriteFormat } from '../write/writer.ts';

/** NumPy's name of each type. */
export const codes: { readonly [type in NumericType]: string } = {
  bool: '|b1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float32: '<f4',
  float64: '<f8',
  timestamp: '<M8[us]',
};

/** Text as a literal of Python. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const descrOf = (type: ColumnType): string => {
  if (type.kind === 'flat') return quoted(codes[type.type]);
  if (type.kind === 'record')
    return `[${[...type.fields].map(([name, field]) => `(${quoted(name)}, ${descrOf(field)})`).join(', ')}]`;
  throw new TypeError('Only numbers and records of them are in a NumPy record.');
};

/** Characters of the number of rows: room enough for any, so that it can be filled in at the end. */
const countWidth = 16;

/** The header of an npy array of one dimension, of a length that depends on the type only. */
export const npyHeader = (descr: string, rows: number): Buffer => {
  const head = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${String(rows).padStart(countWidth)},), }`;
  const bytes = Buffer.byteLength(head, 'utf8') + 1;
  const isUnicode = [...head].some((letter) => (letter.codePointAt(0) ?? 0) > 126);
  const [version, start] = isUnicode ? [3, 12] : bytes + 10 > 65_000 ? [2, 12] : [1, 10];
  const padding = (64 - ((start + bytes) % 64)) % 64;
  const prefix = Buffer.alloc(start);
  prefix.write('\x93NUMPY', 'latin1');
  prefix[6] = version;
  if (start === 10) prefix.writeUInt16LE(bytes + padding, 8);
  else prefix.writeUInt32LE(bytes + padding, 8);
  return Buffer.concat([prefix, Buffer.from(`${head}${' '.repeat(padding)}\n`, 'utf8')]);
};

/** The bytes of numbers. */
export const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** The columns of numbers in a table, those in records too, in the order of the descr. */
const numbersIn = (column: Column): readonly NumericArray[] => {
  if (column.kind === 'flat') return [column.values];
  if (column.kind === 'record') return [...column.fields.values()].flatMap(numbersIn);
  throw new TypeError('Only numbers and records of them are in a NumPy record.');
};

/** Rows one after the other, each with its columns side by side. */
const interleaved = (columns: readonly NumericArray[], rows: number): Uint8Array => {
  const rowBytes = columns.reduce((sum, { BYTES_PER_ELEMENT }) => sum + BYTES_PER_ELEMENT, 0);
  const to = new Uint8Array(rows * rowBytes);
  let offset = 0;
  for (const column of columns) {
    const size = column.BYTES_PER_ELEMENT;
    const from = bytesOf(column);
    for (let row = 0, at = offset, start = 0; row < rows; row++, at += rowBytes, start += size)
      for (let i = 0; i < size; i++) to[at + i] = from[start + i] as number;
    offset += size;
  }
  return to;
};

/** NumPy's npy: one structured array, a field a column. */
export const npyFormat: WriteFormat = {
  name: 'npy',
  title: 'npy',
  endings: ['.npy'],
  compressions: ['none'],
  refuses: function refuse(name, type, plan): string | undefined {
    if (type.kind === 'flat') return undefined;
    if (type.kind === 'record')
      return [...type.fields]
        .map(([field, inner]) => refuse(`${name}.${field}`, inner, plan))
        .find((why) => why !== undefined);
    return 'its entries have a fixed number of bytes. Write npz or Parquet';
  },
  open: async (path, plan) => {
    const descr = descrOf({ kind: 'record', fields: plan.columns });
    const sink = await openSink(path);
    await sink.write(npyHeader(descr, 0));
    let rows = 0;
    return {
      write: async (chunk) => {
        const columns = [...plan.columns.keys()].flatMap((name) => numbersIn(chunk.column(name)));
        rows += chunk.length;
        await sink.write(interleaved(columns, chunk.length));
      },
      finish: async () => {
        await sink.finish();
        const handle = await open(path, 'r+');
        const header = npyHeader(descr, rows);
        await handle.write(header, 0, header.length, 0);
        await handle.close();
      },
      abort: () => sink.abort(),
    };
  },
};
