import { CygnetError, halfToNumber, newNumericArray } from '@cygnet/columns';
import type { NumericArray, NumericType } from '@cygnet/columns';
import type { ColumnType } from './column-type.ts';
import { flatType } from './column-type.ts';
import type { Decoded } from './decoded.ts';

/** Values of a fixed number of bytes each, as NumPy's arrays and HDF5's compounds have them. */
export type FixedLayout =
  | { readonly kind: 'number'; readonly type: NumericType; readonly bytes: number; readonly isBigEndian: boolean }
  | { readonly kind: 'half'; readonly bytes: 2; readonly isBigEndian: boolean }
  /** A count of units since 1970; `perUnit` microseconds each, or `unitsPer` units a microsecond. */
  | {
      readonly kind: 'time';
      readonly bytes: 8;
      readonly isBigEndian: boolean;
      readonly perUnit: bigint;
      readonly unitsPer: bigint;
    }
  | {
      readonly kind: 'text';
      readonly bytes: number;
      readonly isBigEndian: boolean;
      readonly encoding: 'utf-8' | 'utf-32' | 'latin1';
    }
  | { readonly kind: 'array'; readonly bytes: number; readonly count: number; readonly item: FixedLayout }
  | { readonly kind: 'struct'; readonly bytes: number; readonly fields: readonly FixedField[] };

export interface FixedField {
  readonly name: string;
  readonly offset: number;
  readonly layout: FixedLayout;
}

/** The column type that a layout becomes. */
export const fixedType = (layout: FixedLayout): ColumnType => {
  switch (layout.kind) {
    case 'number':
      return flatType(layout.type);
    case 'half':
      return flatType('float32');
    case 'time':
      return flatType('timestamp');
    case 'text':
      return { kind: 'string' };
    case 'array':
      return { kind: 'jagged', content: fixedType(layout.item) };
    case 'struct':
      return { kind: 'record', fields: new Map(layout.fields.map((field) => [field.name, fixedType(field.layout)])) };
  }
};

/** Where values lie: value `i` of a row's `perRow` begins at `row * rowBytes + offset + i * bytes`. */
export interface Place {
  readonly rows: number;
  readonly rowBytes: number;
  readonly offset: number;
  readonly perRow: number;
}

/** The values one after the other, without what lies between them; shared when nothing does and they are aligned. */
const packed = (from: Uint8Array, bytes: number, place: Place): Uint8Array => {
  const { rows, rowBytes, offset, perRow } = place;
  const run = bytes * perRow;
  if (rowBytes === run && offset === 0) {
    const all = from.subarray(0, rows * run);
    return all.byteOffset % 8 === 0 ? all : all.slice();
  }
  const to = new Uint8Array(rows * run);
  for (let row = 0, at = 0, start = offset; row < rows; row++, start += rowBytes)
    for (let i = 0; i < run; i++) to[at++] = from[start + i] as number;
  return to;
};

const swapped = (values: Uint8Array, size: number): Uint8Array => {
  const copy = Buffer.from(values);
  if (size === 2) copy.swap16();
  else if (size === 4) copy.swap32();
  else if (size === 8) copy.swap64();
  return new Uint8Array(copy.buffer, copy.byteOffset, copy.byteLength).slice();
};

const numbersIn = (bytes: Uint8Array, type: NumericType, count: number): NumericArray => {
  const Numbers = newNumericArray(type, 0).constructor as new (
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
  ) => NumericArray;
  return new Numbers(bytes.buffer, bytes.byteOffset, count);
};

const notATime = -(2n ** 63n);

const timesIn = (raw: BigInt64Array, perUnit: bigint, unitsPer: bigint): Decoded => {
  const values = new BigInt64Array(raw.length);
  let missing: Uint8Array | undefined;
  raw.forEach((value, i) => {
    if (value === notATime) (missing ??= new Uint8Array(raw.length))[i] = 1;
    else if (value % unitsPer !== 0n)
      throw new CygnetError('unsupported', 'A time is not a whole number of microseconds, which are the finest here.');
    else values[i] = (value / unitsPer) * perUnit;
  });
  return { kind: 'flat', type: 'timestamp', values, ...(missing ? { missing } : {}) };
};

const textsIn = (bytes: Uint8Array, size: number, encoding: 'utf-8' | 'utf-32' | 'latin1'): string[] => {
  const texts: string[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; size > 0 && at + size <= bytes.length; at += size) {
    if (encoding === 'utf-32') {
      let stop = at + size;
      while (stop > at && buffer.readUInt32LE(stop - 4) === 0) stop -= 4;
      let text = '';
      for (let i = at; i < stop; i += 4) {
        const point = buffer.readUInt32LE(i);
        if (point > 0x10ffff) throw new CygnetError('corrupt-data', `A text holds ${point}, which is no character.`);
        text += String.fromCodePoint(point);
      }
      texts.push(text);
    } else {
      let stop = at + size;
      while (stop > at && bytes[stop - 1] === 0) stop--;
      texts.push(
        encoding === 'latin1' ? buffer.toString('latin1', at, stop) : decoder.decode(bytes.subarray(at, stop)),
      );
    }
  }
  return texts;
};

/** Values of a layout out of the bytes of some rows. */
export const decodeFixed = (from: Uint8Array, layout: FixedLayout, place: Place): Decoded => {
  const count = place.rows * place.perRow;
  const bytes = (size: number): Uint8Array => {
    const values = packed(from, layout.bytes, place);
    return 'isBigEndian' in layout && layout.isBigEndian && size > 1 ? swapped(values, size) : values;
  };
  switch (layout.kind) {
    case 'number': {
      const values = numbersIn(bytes(layout.bytes), layout.type, count);
      if (layout.type === 'bool') for (let i = 0; i < count; i++) values[i] = values[i] === 0 ? 0 : 1;
      return { kind: 'flat', type: layout.type, values };
    }
    case 'half': {
      const bits = numbersIn(bytes(2), 'uint16', count) as Uint16Array;
      return { kind: 'flat', type: 'float32', values: Float32Array.from(bits, halfToNumber) };
    }
    case 'time':
      return timesIn(numbersIn(bytes(8), 'int64', count) as BigInt64Array, layout.perUnit, layout.unitsPer);
    case 'text': {
      const values =
        layout.bytes === 0
          ? Array.from({ length: count }, () => '')
          : textsIn(bytes(layout.encoding === 'utf-32' ? 4 : 1), layout.bytes, layout.encoding);
      return { kind: 'string', values };
    }
    case 'array': {
      const { count: items, item } = layout;
      if (count * items > 2 ** 31 - 1) throw new CygnetError('unsupported', 'More than 2^31 - 1 items in one piece.');
      const offsets = Int32Array.from({ length: count + 1 }, (_, i) => i * items);
      const content = decodeFixed(from, item, { ...place, perRow: place.perRow * items });
      return { kind: 'jagged', offsets, content };
    }
    case 'struct': {
      if (place.perRow !== 1) {
        const rows = packed(from, layout.bytes, place);
        return decodeFixed(rows, layout, { rows: count, rowBytes: layout.bytes, offset: 0, perRow: 1 });
      }
      const fields = layout.fields.map(({ name, offset, layout: field }): [string, Decoded] => [
        name,
        decodeFixed(from, field, { ...place, offset: place.offset + offset }),
      ]);
      return { kind: 'record', fields: new Map(fields) };
    }
  }
};
