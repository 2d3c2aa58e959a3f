import type { Data, Float, Vector } from 'apache-arrow';
import { CygnetError, halfToNumber, newNumericArray } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { sliceDecoded, takeDecoded } from '../core/decoded.ts';
import type { Decoded } from '../core/decoded.ts';
import { timeScale } from './arrow-types.ts';
import type { Arrow } from './library.ts';

const corrupt = (what: string): CygnetError => new CygnetError('corrupt-data', `A damaged Arrow file: ${what}.`);

const missingIn = ({ nullCount, nullBitmap, length }: Data): { readonly missing?: Uint8Array } => {
  if (nullCount === 0 || nullBitmap === undefined || nullBitmap === null || nullBitmap.length === 0) return {};
  if (nullBitmap.length * 8 < length) throw corrupt('a column says too little about which values are missing');
  const missing = new Uint8Array(length);
  let isAny = false;
  for (let i = 0; i < length; i++)
    if (((nullBitmap[i >> 3] as number) & (1 << (i & 7))) === 0) {
      missing[i] = 1;
      isAny = true;
    }
  return isAny ? { missing } : {};
};

/** Offsets that rise and stay within what there is, as numbers that start at 0, and where the first list begins. */
const offsetsOf = (raw: ArrayLike<number | bigint>, length: number, items: number) => {
  if (length === 0) return { offsets: new Int32Array(1), first: 0, last: 0 };
  if (raw.length < length + 1) throw corrupt('a column of lists or texts has too few offsets');
  const first = Number(raw[0]);
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i <= length; i++) {
    const offset = Number(raw[i]);
    if (!(offset >= (i === 0 ? 0 : Number(raw[i - 1]))) || offset > items)
      throw corrupt('a column of lists or texts has impossible offsets');
    offsets[i] = offset - first;
  }
  return { offsets, first, last: first + (offsets[length] as number) };
};

const textsOf = (data: Data): string[] => {
  const bytes = (data.values as Uint8Array | undefined) ?? new Uint8Array();
  const raw = (data.valueOffsets as ArrayLike<number | bigint> | undefined) ?? [];
  const { offsets, first, last } = offsetsOf(raw, data.length, bytes.length);
  const all = Buffer.from(bytes.buffer, bytes.byteOffset + first, last - first);
  return Array.from({ length: data.length }, (_, i) => all.toString('utf8', offsets[i], offsets[i + 1]));
};

const flat = (arrow: Arrow, data: Data, type: Extract<ColumnType, { kind: 'flat' }>): Decoded => {
  const { length } = data;
  const raw = data.values as unknown as ArrayLike<number | bigint> & { readonly buffer: ArrayBufferLike };
  const missing = missingIn(data);
  const needed = type.type === 'bool' ? Math.ceil(length / 8) : length;
  if (length > 0 && (raw === undefined || raw === null || raw.length < needed))
    throw corrupt('a column has too few values');
  const values = newNumericArray(type.type, length);
  if (type.type === 'bool') {
    for (let i = 0; i < length; i++) values[i] = ((raw[i >> 3] as number) >> (i & 7)) & 1;
    if (missing.missing) missing.missing.forEach((is, i) => is === 1 && (values[i] = 0));
  } else if (type.type === 'timestamp') {
    const [perUnit, unitsPer] = timeScale(arrow, data.type);
    for (let i = 0; i < length; i++) {
      if (missing.missing?.[i] === 1) continue;
      const value = BigInt(raw[i] as number | bigint);
      if (value % unitsPer !== 0n)
        throw new CygnetError(
          'unsupported',
          'A time is not a whole number of microseconds, which are the finest here.',
        );
      (values as BigInt64Array)[i] = (value / unitsPer) * perUnit;
    }
  } else if (data.typeId === arrow.Type.Float && (data.type as Float).precision === arrow.Precision.HALF) {
    for (let i = 0; i < length; i++) values[i] = halfToNumber(raw[i] as number);
  } else if (length > 0) {
    (values as Float64Array).set((raw as unknown as Float64Array).subarray(0, length));
  }
  return { kind: 'flat', type: type.type, values, ...missing };
};

const concatenated = (parts: readonly Decoded[]): Decoded => {
  const [first] = parts;
  if (first === undefined || parts.length > 1)
    throw new CygnetError('unsupported', 'A column whose dictionary grows from batch to batch is not read.');
  return first;
};

/** The values of a column of one record batch, copied out of the file's memory. */
export const decodeData = (arrow: Arrow, data: Data, type: ColumnType): Decoded => {
  const { Type } = arrow;
  if (data.offset !== 0) throw corrupt('a column does not begin at its beginning');
  if (data.typeId === Type.Dictionary) {
    const dictionary = (data as unknown as { readonly dictionary?: Vector }).dictionary;
    const words = concatenated((dictionary?.data ?? []).map((part) => decodeData(arrow, part as Data, type)));
    const missing = missingIn(data);
    const size = words.kind === 'jagged' ? words.offsets.length - 1 : words.kind === 'record' ? 0 : words.values.length;
    const indices = Int32Array.from({ length: data.length }, (_, i) => {
      if (missing.missing?.[i] === 1) return 0;
      const index = Number((data.values as unknown as ArrayLike<number | bigint>)[i]);
      if (!(index >= 0 && index < size)) throw corrupt('a value is not in its dictionary');
      return index;
    });
    const values = size === 0 ? sliceDecoded(words, 0, 0) : takeDecoded(words, indices);
    if (size === 0 && data.length > 0) throw corrupt('a dictionary is empty');
    return { ...values, ...missing };
  }
  switch (type.kind) {
    case 'flat':
      return flat(arrow, data, type);
    case 'string':
      return { kind: 'string', values: textsOf(data), ...missingIn(data) };
    case 'jagged': {
      const child = data.children[0];
      if (child === undefined) throw corrupt('a column of lists has no items');
      const stride = data.typeId === Type.FixedSizeList ? (data.type as unknown as { listSize: number }).listSize : 0;
      const raw =
        stride > 0
          ? Array.from({ length: data.length + 1 }, (_, i) => i * stride)
          : ((data.valueOffsets as ArrayLike<number | bigint> | undefined) ?? []);
      const { offsets, first, last } = offsetsOf(raw, data.length, child.length);
      const missing = missingIn(data);
      const content = sliceDecoded(decodeData(arrow, child, type.content), first, last);
      return { kind: 'jagged', offsets, content, ...missing };
    }
    case 'record': {
      const fields = [...type.fields].map(([name, field], i): [string, Decoded] => {
        const child = data.children[i];
        if (child === undefined || child.length < data.length) throw corrupt('a field of a record is too short');
        return [name, sliceDecoded(decodeData(arrow, child, field), 0, data.length)];
      });
      return { kind: 'record', fields: new Map(fields), ...missingIn(data) };
    }
  }
};
