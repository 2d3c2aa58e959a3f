import { CygnetError } from '@cygnet/columns';
import { StreamBuffer } from '../streamed/stream-buffer.ts';
import { readBytes } from './file-access.ts';
import type { FileAccess } from './file-access.ts';

/** What the first bytes of a file say. */
export interface FileHeader {
  /** Version of ROOT that wrote it, as 63406. */
  readonly version: number;
  /** Where the first record, the top directory, begins. */
  readonly begin: number;
  /** Bytes from there to the directory itself. */
  readonly nameBytes: number;
  readonly infoSeek: number;
  readonly infoBytes: number;
}

/** A file without a single object. */
const shortestFile = 64;
const headerLength = 64;
/** Added to the version of files beyond 2 GB, whose positions have eight bytes. */
const largeFile = 1_000_000;

const notRoot = (source: FileAccess['source'], text: string): CygnetError => {
  const hint = /^\s*<(!doctype|html|\?xml)/i.test(text)
    ? ' It is a web page: the download gave a message or a log-in form instead of the file. Look at it in a browser.'
    : text.startsWith('version https://')
      ? ' It is a pointer of Git LFS: fetch the file itself with "git lfs pull".'
      : '';
  return new CygnetError('bad-file', `${source.name} is not a ROOT file: it does not begin with "root".${hint}`);
};

/** Reads the header. @throws CygnetError `bad-file` when this is no ROOT file, `corrupt-data`. */
export const readFileHeader = async (
  from: Pick<FileAccess, 'source' | 'size'>,
  signal?: AbortSignal,
): Promise<FileHeader> => {
  const { source, size } = from;
  if (size < shortestFile) {
    throw new CygnetError('bad-file', `${source.name} is not a ROOT file: it has only ${size} bytes.`);
  }
  const bytes = await readBytes(from, 0, headerLength, signal);
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (!text.startsWith('root')) throw notRoot(source, text);
  const buffer = new StreamBuffer(bytes, `${source.name}, header`);
  buffer.take(4);
  const written = buffer.int32();
  const isLarge = written >= largeFile;
  const position = (): number => (isLarge ? buffer.int64() : buffer.int32());
  const begin = buffer.int32();
  position();
  position();
  buffer.take(8);
  const nameBytes = buffer.int32();
  buffer.take(5);
  const infoSeek = position();
  const infoBytes = buffer.int32();
  return { version: isLarge ? written - largeFile : written, begin, nameBytes, infoSeek, infoBytes };
};
