import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { CygnetError } from '@cygnet/columns';

/** A local file, of which parts are read. */
export interface FileBytes {
  readonly path: string;
  readonly size: number;
  /** Exactly these bytes, in an array of their own. @throws CygnetError `corrupt-data` beyond the end. */
  read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

const whyNot = (error: unknown): string => {
  const { code } = error as { readonly code?: string };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
};

/** @throws CygnetError `not-found` when it is missing, may not be read or is no file. */
export const openBytes = async (path: string): Promise<FileBytes> => {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw new CygnetError('not-found', `Cannot open "${path}": ${whyNot(error)}.`, { cause: error });
  }
  const facts = await handle.stat();
  if (!facts.isFile()) {
    await handle.close();
    const what = facts.isDirectory() ? 'it is a folder. Name a file in it' : 'it is not a file';
    throw new CygnetError('not-found', `Cannot open "${path}": ${what}.`);
  }
  const { size } = facts;
  return {
    path,
    size,
    read: async (start, length) => {
      if (start < 0 || length < 0 || start + length > size)
        throw new CygnetError('corrupt-data', `${path} ends at byte ${size}, before byte ${start + length}.`);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
        if (bytesRead === 0) throw new CygnetError('corrupt-data', `${path} ends before byte ${start + length}.`);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
};
