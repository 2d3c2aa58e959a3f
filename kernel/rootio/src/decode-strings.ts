import type { StringColumn } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import { advance, expectEnd, readInt32, readObjectHeader } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { decodeText } from './decode-text.ts';

/** A string after its length: one byte, or 255 and four bytes. */
export const readString = (cursor: Cursor): string => {
  const short = cursor.data[advance(cursor, 1)] as number;
  const length = short === 255 ? readInt32(cursor) : short;
  const start = advance(cursor, length);
  return decodeText(cursor.data.subarray(start, start + length));
};

/** One string an entry. */
export const decodeStrings = (basket: Basket, offsets: Int32Array, hasHeader: boolean, what: string): StringColumn => {
  const values: string[] = [];
  for (let i = 0; i < basket.entries; i++) {
    const cursor: Cursor = { data: basket.data, at: offsets[i] as number, stop: offsets[i + 1] as number, what };
    if (hasHeader) readObjectHeader(cursor);
    values.push(readString(cursor));
    expectEnd(cursor);
  }
  return { kind: 'string', values };
};
