import { crc32, createInflateRaw } from 'node:zlib';
import { CygnetError } from '@cygnet/columns';
import type { FileBytes } from '../core/file-bytes.ts';

/** Bytes of one array, from the beginning on. */
export interface ByteReader {
  /** The next bytes. @throws CygnetError `corrupt-data` when there are fewer. */
  read(length: number): Promise<Uint8Array>;
  /** Goes on without reading. */
  skip(length: number): Promise<void>;
  close(): Promise<void>;
}

/** What is known of bytes when all have been read. */
export interface Expected {
  readonly name: string;
  readonly length: number;
  /** Of all bytes; checked when every one of them was read. */
  readonly crc32?: number;
}

const ends = ({ name }: Expected): CygnetError => new CygnetError('corrupt-data', `${name} ends too early.`);

/** A checksum over bytes that are all read, one after the other. */
const checksum = (expected: Expected) => {
  let value = 0;
  let seen = 0;
  let isComplete = expected.crc32 !== undefined;
  return {
    skipped: (length: number): void => {
      if (length > 0) isComplete = false;
    },
    add: (bytes: Uint8Array): void => {
      if (!isComplete) return;
      value = crc32(bytes, value);
      seen += bytes.length;
      if (seen === expected.length && value !== expected.crc32)
        throw new CygnetError('corrupt-data', `${expected.name} is damaged: its checksum is wrong.`);
    },
  };
};

/** Bytes that lie in a file as they are. */
export const storedReader = (file: FileBytes, start: number, expected: Expected): ByteReader => {
  const sum = checksum(expected);
  let at = 0;
  return {
    read: async (length) => {
      if (at + length > expected.length) throw ends(expected);
      const bytes = await file.read(start + at, length);
      at += length;
      sum.add(bytes);
      return bytes;
    },
    skip: (length) => {
      sum.skipped(length);
      at += length;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};

const step = 1 << 20;

const compressedBytes = async function* (file: FileBytes, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += step) yield await file.read(start + at, Math.min(step, length - at));
};

/** Deflated bytes, inflated as they are asked for; never more than the directory says. */
export const deflatedReader = (file: FileBytes, start: number, length: number, expected: Expected): ByteReader => {
  const sum = checksum(expected);
  const inflate = createInflateRaw({ chunkSize: 1 << 18 });
  const failed = new Promise<never>((_, reject) => {
    inflate.on('error', (error) =>
      reject(new CygnetError('corrupt-data', `${expected.name} cannot be inflated: ${error.message}.`)),
    );
  });
  failed.catch(() => undefined); // seen by whoever reads; nobody may be reading
  const feed = async (): Promise<void> => {
    for await (const bytes of compressedBytes(file, start, length)) {
      if (inflate.destroyed) return;
      if (!inflate.write(bytes))
        await new Promise<void>((resolve) => inflate.once('drain', resolve).once('close', resolve));
    }
    if (!inflate.destroyed) inflate.end();
  };
  let fed: Promise<void> | undefined;
  const chunks = inflate[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let waiting: Uint8Array[] = [];
  let have = 0;
  let given = 0;
  const take = async (count: number): Promise<Uint8Array> => {
    fed ??= feed().catch((error: unknown) => void inflate.destroy(error as Error));
    given += count;
    if (given > expected.length) throw ends(expected);
    while (have < count) {
      const next = await Promise.race([chunks.next(), failed]);
      if (next.done === true) throw ends(expected);
      waiting.push(next.value);
      have += next.value.length;
    }
    const all = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
    waiting = have === count ? [] : [all.subarray(count)];
    have -= count;
    return all.slice(0, count);
  };
  return {
    read: async (count) => {
      const bytes = Uint8Array.from(await take(count));
      sum.add(bytes);
      return bytes;
    },
    skip: async (count) => {
      sum.skipped(count);
      for (let left = count; left > 0; left -= Math.min(step, left)) await take(Math.min(step, left));
    },
    close: async () => {
      inflate.destroy();
      await fed;
    },
  };
};
