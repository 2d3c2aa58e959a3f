import type { NumericArray } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { varint } from './thrift.ts';

/** One leaf of a column: its values, and where lists begin and end around them, as Dremel's levels say it. */
export interface Leaf {
  /** Names from the column down to the leaf, as the schema has them. */
  readonly path: readonly string[];
  readonly values: Extract<Column, { kind: 'flat' | 'string' }>;
  /** Lists around the leaf. */
  readonly depth: number;
  /** A level a value or empty list; empty without lists. */
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
  /** Values, and lists that are empty. */
  readonly slots: number;
}

interface Slots {
  readonly repetition: Uint8Array;
  readonly definition: Uint8Array;
}

/** The slots one list deeper: each that is alive becomes one a item, or dies where the list is empty. */
const deeper = ({ repetition, definition }: Slots, depth: number, offsets: Int32Array): Slots => {
  let count = 0;
  let row = 0;
  for (const level of definition) {
    count += level === depth - 1 ? Math.max(1, (offsets[row + 1] as number) - (offsets[row] as number)) : 1;
    if (level === depth - 1) row++;
  }
  const next = { repetition: new Uint8Array(count), definition: new Uint8Array(count) };
  let at = 0;
  row = 0;
  for (let slot = 0; slot < definition.length; slot++) {
    const items = definition[slot] === depth - 1 ? (offsets[row + 1] as number) - (offsets[row++] as number) : -1;
    next.repetition[at] = repetition[slot] as number;
    next.definition[at++] = items > 0 ? depth : (definition[slot] as number);
    for (let item = 1; item < items; item++) {
      next.repetition[at] = depth;
      next.definition[at++] = depth;
    }
  }
  return next;
};

/** The leaves of a column, in the order of the schema. */
export const leavesOf = (name: string, column: Column, rows: number): readonly Leaf[] => {
  const walk = (one: Column, path: readonly string[], depth: number, slots: Slots | undefined): readonly Leaf[] => {
    switch (one.kind) {
      case 'jagged': {
        const from = slots ?? { repetition: new Uint8Array(rows), definition: new Uint8Array(rows) };
        return walk(one.content, [...path, 'list', 'element'], depth + 1, deeper(from, depth + 1, one.offsets));
      }
      case 'record':
        return [...one.fields].flatMap(([field, inner]) => walk(inner, [...path, field], depth, slots));
      case 'flat':
      case 'string': {
        const none = new Uint8Array(0);
        const { repetition, definition } = slots ?? { repetition: none, definition: none };
        return [
          { path, values: one, depth, repetition, definition, slots: slots ? definition.length : one.values.length },
        ];
      }
    }
  };
  return walk(column, [name], 0, undefined);
};

/** Levels as one run of packed bits, after their length, as a data page has them. */
export const encodeLevels = (levels: Uint8Array, highest: number): Uint8Array => {
  const width = 32 - Math.clz32(highest);
  const groups = Math.ceil(levels.length / 8);
  const header = varint(groups * 2 + 1);
  const bytes = new Uint8Array(4 + header.length + groups * width);
  new DataView(bytes.buffer).setUint32(0, header.length + groups * width, true);
  bytes.set(header, 4);
  const start = (4 + header.length) * 8;
  for (let i = 0; i < levels.length; i++)
    for (let bit = 0; bit < width; bit++)
      if (((levels[i] as number) >> bit) & 1) {
        const at = start + i * width + bit;
        bytes[at >> 3] = (bytes[at >> 3] as number) | (1 << (at & 7));
      }
  return bytes;
};

const textBytes = (texts: readonly string[]): Uint8Array => {
  const encoded = texts.map((text) => Buffer.from(text, 'utf8'));
  const bytes = Buffer.allocUnsafe(encoded.reduce((sum, one) => sum + 4 + one.length, 0));
  let at = 0;
  for (const one of encoded) {
    bytes.writeUInt32LE(one.length, at);
    bytes.set(one, at + 4);
    at += 4 + one.length;
  }
  return bytes;
};

const bytesOf = (values: NumericArray): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Values in Parquet's plain encoding: bits for booleans, at least 32 bits for integers. */
export const encodePlain = (column: Leaf['values']): Uint8Array => {
  if (column.kind === 'string') return textBytes(column.values);
  const { type, values } = column;
  if (type === 'bool') {
    const bits = new Uint8Array(Math.ceil(values.length / 8));
    for (let i = 0; i < values.length; i++)
      if (values[i] !== 0) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
    return bits;
  }
  if (values.BYTES_PER_ELEMENT < 4) return bytesOf(Int32Array.from(values as Int16Array));
  return bytesOf(values);
};
