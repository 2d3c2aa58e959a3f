import { CygnetError } from '@cygnet/columns';
import type { StringColumn } from '@cygnet/columns';
import type { Basket } from './basket.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** ROOT's strings are bytes: UTF-8 where they are valid as that, else Latin-1. */
const decodeText = (bytes: Uint8Array): string => {
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

/** A place in a basket's bytes, moved on by each read. */
export interface Cursor {
  readonly data: Uint8Array;
  at: number;
  readonly stop: number;
  /** For messages. */
  readonly what: string;
}

const damaged = (cursor: Cursor, how: string): CygnetError =>
  new CygnetError('corrupt-data', `${cursor.what}: ${how} (byte ${cursor.at} of a basket).`);

/** Moves on by `length` bytes and gives where they were. @throws CygnetError `corrupt-data` beyond the entry's end. */
export const advance = (cursor: Cursor, length: number): number => {
  if (length < 0 || length > cursor.stop - cursor.at) throw damaged(cursor, 'an entry ends early');
  const start = cursor.at;
  cursor.at += length;
  return start;
};

/** A big-endian, signed 32-bit integer. */
export const readInt32 = (cursor: Cursor): number => {
  const { data } = cursor;
  const at = advance(cursor, 4);
  return (
    ((data[at] as number) << 24) |
    ((data[at + 1] as number) << 16) |
    ((data[at + 2] as number) << 8) |
    (data[at + 3] as number)
  );
};

/** A string after its length: one byte, or 255 and four bytes. */
export const readString = (cursor: Cursor): string => {
  const short = cursor.data[advance(cursor, 1)] as number;
  const length = short === 255 ? readInt32(cursor) : short;
  const start = advance(cursor, length);
  return decodeText(cursor.data.subarray(start, start + length));
};

/** @throws CygnetError `corrupt-data` when an entry was not read to its end. */
export const expectEnd = (cursor: Cursor): void => {
  if (cursor.at !== cursor.stop) throw damaged(cursor, `an entry has ${cursor.stop - cursor.at} bytes too many`);
};

/** One string an entry. */
export const decodeStrings = (basket: Basket, offsets: Int32Array, headerBytes: number, what: string): StringColumn => {
  const values: string[] = [];
  for (let i = 0; i < basket.entries; i++) {
    const cursor: Cursor = { data: basket.data, at: offsets[i] as number, stop: offsets[i + 1] as number, what };
    advance(cursor, headerBytes);
    values.push(readString(cursor));
    expectEnd(cursor);
  }
  return { kind: 'string', values };
};
