import type { StringColumn } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import { advance, expectEnd, readInt32, readObjectHeader } from './cursor.ts';
import type { Cursor } from './cursor.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** ROOT's strings are bytes: UTF-8 where they are valid as that, else Latin-1. */
export const decodeText = (bytes: Uint8Array): string => {
  let isAscii = bytes.length < 64;
  for (let i = 0; isAscii && i < bytes.length; i++) isAscii = (bytes[i] as number) < 128;
  if (isAscii) return String.fromCharCode(...bytes);
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return latin1.decode(bytes);
    throw error;
  }
};

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
