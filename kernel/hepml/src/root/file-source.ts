import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from '@cygnet/rootio';

const whyNot = (error: unknown, path: string): string => {
  const code = (error as { readonly code?: string }).code;
  if (code === 'ENOENT') {
    if (path.startsWith('~')) return 'there is no such file ("~" is not replaced here: write the whole path)';
    return isAbsolute(path) ? 'there is no such file' : `there is no such file in ${process.cwd()}`;
  }
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
};

const fill = async (handle: FileHandle, path: string, start: number, target: Uint8Array): Promise<void> => {
  const { length } = target;
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(target, done, length - done, start + done);
    if (bytesRead === 0) throw new CygnetError('corrupt-data', `${path} ends before byte ${start + length}.`);
    done += bytesRead;
  }
};

const readRange = async (handle: FileHandle, path: string, { start, length }: ByteRange): Promise<Uint8Array> => {
  const bytes = new Uint8Array(length);
  await fill(handle, path, start, bytes);
  return bytes;
};

const throwIfAborted = (path: string, signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new CygnetError('cancelled', `Reading ${path} was cancelled.`, { cause: signal.reason });
};

/**
 * The bytes of a local file.
 *
 * @throws CygnetError `not-found` when it is missing, may not be read or is a folder.
 */
export const fileSource = async (path: string): Promise<ByteSource> => {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw new CygnetError('not-found', `Cannot open "${path}": ${whyNot(error, path)}.`, { cause: error });
  }
  const facts = await handle.stat();
  if (!facts.isFile()) {
    await handle.close();
    throw new CygnetError(
      'not-found',
      `Cannot open "${path}": ${facts.isDirectory() ? 'it is a folder. Name a file in it' : 'it is not a file'}.`,
    );
  }
  return {
    name: path,
    size: () => Promise.resolve(facts.size),
    read: (ranges, signal) => {
      throwIfAborted(path, signal);
      return Promise.all(ranges.map((range) => readRange(handle, path, range)));
    },
    readInto: (start, target, signal) => {
      throwIfAborted(path, signal);
      return fill(handle, path, start, target);
    },
    close: () => handle.close(),
  };
};
