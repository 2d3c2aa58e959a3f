import { CygnetError } from '@cygnet/columns';
import type { ByteSource } from '../byte-source.ts';
import type { Codecs } from '../codecs.ts';
import { decompressRecord } from '../decompress.ts';
import { checkKey } from './key.ts';
import type { FileKey } from './key.ts';

/** An open file: its bytes and how to decompress them. */
export interface FileAccess {
  readonly source: ByteSource;
  readonly size: number;
  readonly codecs: Codecs;
}

/** Some bytes of a file. @throws CygnetError `corrupt-data` when the file has none there. */
export const readBytes = async (
  { source, size }: Pick<FileAccess, 'source' | 'size'>,
  start: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> => {
  if (!(start >= 0 && length >= 0 && start + length <= size)) {
    throw new CygnetError('corrupt-data', `${source.name} points outside itself (byte ${start}, ${length} bytes).`);
  }
  if (length === 0) return new Uint8Array(0);
  const [bytes] = await source.read([{ start, length }], signal);
  if (bytes?.length !== length) {
    throw new CygnetError('corrupt-data', `${source.name}: ${bytes?.length ?? 0} bytes came of ${length}.`);
  }
  return bytes;
};

/** The object of a key's whole record, decompressed. */
export const unpackRecord = async (
  record: Uint8Array,
  { keyLength, objectBytes }: Pick<FileKey, 'keyLength' | 'objectBytes'>,
  codecs: Codecs,
  what: string,
): Promise<Uint8Array> => {
  const stored = record.subarray(keyLength);
  if (stored.length >= objectBytes) return stored.subarray(0, objectBytes);
  return decompressRecord(stored, objectBytes, codecs, what);
};

/** The streamed bytes of a key's object, decompressed, with every length checked. */
export const bytesOfKey = async (
  from: FileAccess,
  key: FileKey,
  what: string,
  signal?: AbortSignal,
): Promise<Uint8Array> => {
  checkKey(key, from.size, what);
  return unpackRecord(await readBytes(from, key.seek, key.bytes, signal), key, from.codecs, what);
};
