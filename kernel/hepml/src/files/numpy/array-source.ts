import { CygnetError } from '@cygnet/columns';
import { decodeFixed, fixedType } from '../core/fixed-layout.ts';
import type { FixedLayout } from '../core/fixed-layout.ts';
import type { RowSource } from '../core/row-source.ts';
import type { ByteReader } from './byte-reader.ts';
import { arraysOf } from './dtype.ts';
import type { NpyHeader } from './npy-header.ts';

/** One array of a file: its header, and its bytes from the values on. */
export interface NpyArray {
  readonly name: string;
  readonly header: NpyHeader;
  /** Bytes that the file has for values. */
  readonly valueBytes: number;
  /** Reads from the beginning of the header. */
  open(): ByteReader;
}

const bytesOf = ({ layout, shape }: NpyHeader): number => shape.reduce((bytes, size) => bytes * size, layout.bytes);

/** A copy of a matrix that was kept column by column. */
const rowsFirst = (bytes: Uint8Array, [rows = 0, columns = 0]: readonly number[], size: number): Uint8Array => {
  const to = new Uint8Array(bytes.length);
  for (let column = 0, from = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const at = (row * columns + column) * size;
      for (let i = 0; i < size; i++) to[at + i] = bytes[from++] as number;
    }
  return to;
};

/** The bytes of some rows, read once for all columns that lie in them. */
interface RowBytes {
  read(start: number, stop: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

const openRows = (array: NpyArray, rowBytes: number): RowBytes => {
  const { header } = array;
  const bytes = array.open();
  const isTransposed = header.isFortranOrder && header.shape.length === 2;
  let at: number | undefined;
  let whole: Uint8Array | undefined;
  let last: { readonly start: number; readonly stop: number; readonly bytes: Promise<Uint8Array> } | undefined;
  const next = async (start: number, stop: number): Promise<Uint8Array> => {
    if (at === undefined) await bytes.read(header.headerBytes);
    if (isTransposed) {
      at = 0;
      whole ??= rowsFirst(await bytes.read((header.shape[0] ?? 0) * rowBytes), header.shape, header.layout.bytes);
      return whole.subarray(start * rowBytes, stop * rowBytes);
    }
    await bytes.skip((start - (at ?? 0)) * rowBytes);
    at = stop;
    return bytes.read((stop - start) * rowBytes);
  };
  return {
    read: (start, stop) => {
      if (last?.start !== start || last.stop !== stop) last = { start, stop, bytes: next(start, stop) };
      return last.bytes;
    },
    close: () => bytes.close(),
  };
};

/** Part of each entry of an array as a column: the whole entry, a field, or one column of a matrix. */
const partSource = (array: NpyArray, rowBytes: number, layout: FixedLayout, offset: number): RowSource => {
  const rows = array.header.shape[0] ?? 1;
  return {
    rows,
    type: fixedType(layout),
    bytes: rows * layout.bytes,
    open: (session) => {
      const shared = (session.get(array) as RowBytes | undefined) ?? openRows(array, rowBytes);
      session.set(array, shared);
      return Promise.resolve({
        read: async (start: number, stop: number) => {
          const place = { rows: stop - start, rowBytes, offset, perRow: 1 };
          return decodeFixed(await shared.read(start, stop), layout, place);
        },
        close: () => shared.close(),
      });
    },
  };
};

/**
 * The columns of one array: of a structured one its fields if `isTable`, of a matrix its columns if asked so, else
 * one column with the array's name.
 *
 * @throws CygnetError `corrupt-data` when the file is too short for the shape that it tells.
 */
export const arrayColumns = (
  array: NpyArray,
  { isTable, matrix }: { readonly isTable: boolean; readonly matrix: 'lists' | 'columns' },
): ReadonlyMap<string, RowSource> => {
  const { name, header, valueBytes } = array;
  const { layout, shape } = header;
  if (bytesOf(header) > valueBytes)
    throw new CygnetError(
      'corrupt-data',
      `${name} has ${valueBytes} bytes of values; its shape (${shape.join(', ')}) needs ${bytesOf(header)}.`,
    );
  if (header.isFortranOrder && shape.length > 2) {
    const unreadable = 'an array of three or more dimensions in Fortran order; save it with numpy.ascontiguousarray';
    return new Map([[name, { ...partSource(array, 0, layout, 0), unreadable }]]);
  }
  const inner = shape.slice(1);
  const row = arraysOf(layout, inner);
  if (isTable && layout.kind === 'struct' && inner.length === 0)
    return new Map(
      layout.fields.map((field) => [field.name, partSource(array, row.bytes, field.layout, field.offset)]),
    );
  const [width = 0] = inner;
  if (matrix === 'columns' && inner.length === 1)
    return new Map(
      Array.from({ length: width }, (_, i) => [`${name}_${i}`, partSource(array, row.bytes, layout, i * layout.bytes)]),
    );
  return new Map([[name, partSource(array, row.bytes, row, 0)]]);
};
