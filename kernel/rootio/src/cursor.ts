import { CygnetError } from '@cygnet/columns';

/** Set in the first word of an object: the rest is its length in bytes. */
const byteCountFlag = 0x40000000;
/** Set in the version of a collection whose members are stored one after the other. */
const memberWiseFlag = 0x4000;

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

/** @throws CygnetError `corrupt-data` when an entry was not read to its end. */
export const expectEnd = (cursor: Cursor): void => {
  if (cursor.at !== cursor.stop) throw damaged(cursor, `an entry has ${cursor.stop - cursor.at} bytes too many`);
};

/**
 * The six bytes before an object: how many bytes it has, with a flag, and its version.
 *
 * @throws CygnetError `corrupt-data` when the length is not that of the entry, `unsupported`.
 */
export const readObjectHeader = (cursor: Cursor): void => {
  const start = cursor.at;
  const byteCount = readInt32(cursor);
  const versionAt = advance(cursor, 2);
  const version = ((cursor.data[versionAt] as number) << 8) | (cursor.data[versionAt + 1] as number);
  if ((byteCount & byteCountFlag) === 0 || (byteCount & ~byteCountFlag) !== cursor.stop - start - 4) {
    throw damaged(cursor, "an object's length does not fit its entry");
  }
  if ((version & memberWiseFlag) !== 0) {
    throw new CygnetError('unsupported', `${cursor.what}: vectors stored member by member are not read yet.`);
  }
};
