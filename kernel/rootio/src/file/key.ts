import { CygnetError } from '@cygnet/columns';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';

/** Where one object of a file lies. */
export interface FileKey {
  readonly name: string;
  readonly title: string;
  readonly className: string;
  readonly cycle: number;
  /** Of key and object as they are stored, in bytes. */
  readonly bytes: number;
  /** Of the object, decompressed. */
  readonly objectBytes: number;
  readonly keyLength: number;
  readonly seek: number;
}

/** Keys of files beyond 2 GB have positions of eight bytes. */
const largeFileVersion = 1000;
/** No single object of a file is larger than ROOT's own limit of 1 GiB. */
const largestObject = 2 ** 30;

/** The key at the buffer's position. */
export const readKey = (buffer: StreamBuffer): FileKey => {
  const bytes = buffer.int32();
  const version = buffer.int16();
  const objectBytes = buffer.int32();
  buffer.take(4);
  const keyLength = buffer.int16();
  const cycle = buffer.int16();
  const isLarge = version > largeFileVersion;
  const seek = isLarge ? buffer.int64() : buffer.int32();
  buffer.take(isLarge ? 8 : 4);
  const className = buffer.text();
  const name = buffer.text();
  return { bytes, objectBytes, keyLength, cycle, seek, className, name, title: buffer.text() };
};

/** Checks that a key's record lies inside the file and may be as large as it says. */
export const checkKey = ({ seek, bytes, keyLength, objectBytes }: FileKey, size: number, what: string): void => {
  const inside = Number.isSafeInteger(seek) && seek > 0 && keyLength > 0 && bytes >= keyLength && seek + bytes <= size;
  if (!inside || objectBytes < 0 || objectBytes > largestObject) {
    throw new CygnetError('corrupt-data', `${what}: its key points outside the file or is damaged.`);
  }
};
