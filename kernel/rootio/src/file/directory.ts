import { CygnetError } from '@cygnet/columns';
import { StreamBuffer } from '../streamed/stream-buffer.ts';
import { readBytes } from './file-access.ts';
import type { FileAccess } from './file-access.ts';
import { readKey } from './key.ts';
import type { FileKey } from './key.ts';

/** A directory of a file: where its list of keys lies, and the list. */
export interface Directory {
  readonly keysSeek: number;
  readonly keys: readonly FileKey[];
}

/** Versions above have positions of eight bytes. */
const largeFileVersion = 1000;
const longestDirectory = 42;
/** No list of keys is longer: some ten million objects. */
const longestKeys = 2 ** 30;

/** The directory whose numbers lie at byte `start`. @throws CygnetError `corrupt-data`. */
export const readDirectory = async (
  from: FileAccess,
  start: number,
  what: string,
  signal?: AbortSignal,
): Promise<Directory> => {
  const bytes = await readBytes(from, start, Math.min(longestDirectory, Math.max(0, from.size - start)), signal);
  const buffer = new StreamBuffer(bytes, what);
  const isLarge = buffer.int16() > largeFileVersion;
  buffer.take(8);
  const keysBytes = buffer.int32();
  buffer.take(4);
  buffer.take(isLarge ? 16 : 8);
  const keysSeek = isLarge ? buffer.int64() : buffer.int32();
  if (keysSeek === 0) return { keysSeek, keys: [] };
  if (keysBytes < 0 || keysBytes > longestKeys) {
    throw new CygnetError('corrupt-data', `${what}: its list of keys has an impossible length (${keysBytes} bytes).`);
  }
  const list = new StreamBuffer(await readBytes(from, keysSeek, keysBytes, signal), `${what}, keys`);
  readKey(list);
  const count = list.count(18);
  const keys: FileKey[] = [];
  for (let i = 0; i < count; i++) keys.push(readKey(list));
  return { keysSeek, keys };
};
