import { open } from 'node:fs/promises';
import { createGzip } from 'node:zlib';
import type { Gzip } from 'node:zlib';

/** A new file that bytes are added to. */
export interface ByteSink {
  /** Bytes added so far, before gzip. */
  readonly position: number;
  /** The array may not be changed before the promise is settled. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Writes what waits, and closes the file. */
  finish(): Promise<void>;
  /** Gives up; the file may be anything. */
  abort(): Promise<void>;
}

const bufferBytes = 1 << 20;

/** Makes a file; text is gathered to megabytes before it is written. */
export const openSink = async (path: string, { gzip = false } = {}): Promise<ByteSink> => {
  const handle = await open(path, 'wx');
  let position = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const writeAll = async (bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
  };
  const zip: Gzip | undefined = gzip ? createGzip() : undefined;
  let failure: unknown;
  const zipped = (async () => {
    if (zip) for await (const part of zip as AsyncIterable<Uint8Array>) await writeAll(part);
  })().catch((error: unknown) => {
    failure ??= error;
  });
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const bytes = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    if (zip === undefined) await writeAll(bytes);
    else if (!zip.write(bytes)) await new Promise<void>((resolve) => zip.once('drain', resolve).once('close', resolve));
    if (failure !== undefined) throw failure as Error;
  };
  return {
    get position() {
      return position;
    },
    write: async (bytes) => {
      const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
      position += raw.length;
      waiting.push(raw);
      waitingBytes += raw.length;
      if (waitingBytes >= bufferBytes) await flush();
    },
    finish: async () => {
      await flush();
      zip?.end();
      await zipped;
      if (failure !== undefined) throw failure as Error;
      await handle.close();
    },
    abort: async () => {
      zip?.destroy();
      await zipped;
      await handle.close();
    },
  };
};
