/// <reference types="jsroot" />
import { CygnetError, isCygnetError } from '@cygnet/columns';
import { FileProxy, openFile } from 'jsroot/io';
import type { ByteSource } from './byte-source.ts';
import { CheckedBuffer } from './checked-buffer.ts';
import type { FileKey } from './file/key.ts';
import { quietly } from './quiet-console.ts';

/** How long JSROOT may take over one object: some of its promises never settle. */
const objectTimeoutMs = 60_000;

/** What is used of a file of JSROOT. */
export interface JsrootFile {
  readObject(path: string, cycle?: number): Promise<unknown>;
}

const Proxy = FileProxy as unknown as new () => object;
const open = openFile as unknown as (proxy: object) => Promise<unknown>;

/** Lets JSROOT read through a byte source. Remembers its last failure, which JSROOT turns into other words. */
class SourceProxy extends Proxy {
  readonly #source: ByteSource;
  readonly #size: number;
  readonly #signal: AbortSignal | undefined;
  failure: unknown;
  constructor(source: ByteSource, size: number, signal: AbortSignal | undefined) {
    super();
    this.#source = source;
    this.#size = size;
    this.#signal = signal;
  }
  openFile(): Promise<boolean> {
    return Promise.resolve(true);
  }
  getFileName(): string {
    return this.#source.name;
  }
  getFileSize(): number {
    return this.#size;
  }
  /** `place` is position, length, position, length, …; JSROOT asks for more than there is in short files. */
  async readBuffers(place: readonly number[]): Promise<readonly DataView[]> {
    try {
      const ranges = [];
      for (let i = 0; i + 1 < place.length; i += 2) {
        const start = Number(place[i]);
        const length = Math.min(Number(place[i + 1]), this.#size - start);
        if (!(start >= 0 && length > 0)) {
          throw new CygnetError('corrupt-data', `${this.#source.name} points outside itself (byte ${start}).`);
        }
        ranges.push({ start, length });
      }
      const parts = await this.#source.read(ranges, this.#signal);
      return parts.map((part) => new DataView(part.buffer, part.byteOffset, part.byteLength));
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
  closeFile(): void {}
}

/** Rejects when `work` has not settled in time. */
export const withTimeout = async <T>(work: Promise<T>, ms: number, what: string): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new CygnetError('corrupt-data', `${what}: reading did not finish in ${ms / 1000} s.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Turns whatever was thrown while metadata were read into an error of ours. */
const asCygnetError = (error: unknown, what: string): CygnetError => {
  if (isCygnetError(error)) return error;
  return new CygnetError('corrupt-data', `${what}: damaged, or of a kind that is not understood.`, { cause: error });
};

/** Opens a file with JSROOT: header, keys and streamer information. */
export const openWithJsroot = async (source: ByteSource, size: number, signal?: AbortSignal): Promise<JsrootFile> => {
  const proxy = new SourceProxy(source, size, signal);
  try {
    const file: unknown = await quietly(() => withTimeout(open(proxy), objectTimeoutMs, source.name));
    if (typeof file !== 'object' || file === null) throw new Error('JSROOT could not open it');
    return file as JsrootFile;
  } catch (error) {
    throw asCygnetError(proxy.failure ?? error, source.name);
  }
};

/** An object through JSROOT's own reading: for drawing. */
export const objectWithJsroot = async (
  file: JsrootFile,
  path: string,
  cycle: number,
  what: string,
): Promise<unknown> => {
  try {
    return await quietly(() => withTimeout(file.readObject(path, cycle), objectTimeoutMs, what));
  } catch (error) {
    throw asCygnetError(error, what);
  }
};

/** The object of a key, streamed by JSROOT. */
export const objectOfKey = async (file: JsrootFile, key: FileKey, raw: Uint8Array, what: string): Promise<object> => {
  const object = {};
  try {
    await quietly(() => {
      const buffer = new CheckedBuffer(raw, file);
      buffer.fTagOffset = key.keyLength;
      buffer.mapObject(1, object);
      buffer.classStreamer(object, key.className);
      return Promise.resolve();
    });
  } catch (error) {
    throw asCygnetError(error, what);
  }
  return object;
};
