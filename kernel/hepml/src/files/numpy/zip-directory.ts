import { CygnetError } from '@cygnet/columns';
import type { FileBytes } from '../core/file-bytes.ts';

/** One member of a zip file. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly headerStart: number;
}

const endRecord = 0x06054b50;
const end64Locator = 0x07064b50;
const end64Record = 0x06064b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const tooLarge32 = 0xffffffff;

const damaged = (path: string, what: string): CygnetError =>
  new CygnetError('corrupt-data', `${path} is no whole zip file: ${what}. Was it copied to the end?`);

const number64 = (path: string, buffer: Buffer, at: number): number => {
  const value = Number(buffer.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw damaged(path, 'an impossible length');
  return value;
};

/** Where the directory begins and how long it is, from the record at the file's end. */
const findDirectory = async (file: FileBytes): Promise<{ readonly start: number; readonly length: number }> => {
  const tailLength = Math.min(file.size, 65_557);
  const tailStart = file.size - tailLength;
  const tail = Buffer.from(await file.read(tailStart, tailLength));
  let at = tailLength - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== endRecord) at--;
  if (at < 0) throw damaged(file.path, 'its directory is missing');
  const length = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  if (start !== tooLarge32 && length !== tooLarge32 && tail.readUInt16LE(at + 10) !== 0xffff) return { start, length };
  if (at < 20 || tail.readUInt32LE(at - 20) !== end64Locator) throw damaged(file.path, 'its directory is missing');
  const record = Buffer.from(await file.read(number64(file.path, tail, at - 12), 56));
  if (record.readUInt32LE(0) !== end64Record) throw damaged(file.path, 'its directory is missing');
  return { length: number64(file.path, record, 40), start: number64(file.path, record, 48) };
};

/**
 * The members of a zip file, ZIP64 ones too.
 *
 * @throws CygnetError `corrupt-data`, or `unsupported` for encryption and other compressions.
 */
export const readZipDirectory = async (file: FileBytes): Promise<readonly ZipEntry[]> => {
  const { start, length } = await findDirectory(file);
  if (start + length > file.size || length > 1 << 28) throw damaged(file.path, 'its directory lies beyond its end');
  const directory = Buffer.from(await file.read(start, length));
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== directoryEntry) break;
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    const lengths = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > directory.length) throw damaged(file.path, 'its directory ends too early');
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    let [compressedBytes, bytes, headerStart] = [20, 24, 42].map((offset) => directory.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ];
    for (let extra = at + 46 + nameLength; extra + 4 <= at + 46 + nameLength + extraLength;) {
      const size = directory.readUInt16LE(extra + 2);
      if (directory.readUInt16LE(extra) === 1) {
        let from = extra + 4;
        const wide = (value: number): number => {
          if (value !== tooLarge32) return value;
          if (from + 8 > extra + 4 + size) throw damaged(file.path, 'a length is missing');
          from += 8;
          return number64(file.path, directory, from - 8);
        };
        [bytes, compressedBytes, headerStart] = [wide(bytes), wide(compressedBytes), wide(headerStart)];
      }
      extra += 4 + size;
    }
    if ((flags & 1) !== 0) throw new CygnetError('unsupported', `"${name}" of ${file.path} is encrypted.`);
    if (method !== 0 && method !== 8)
      throw new CygnetError(
        'unsupported',
        `"${name}" of ${file.path} has compression ${method}; only deflate is read.`,
      );
    entries.push({
      name,
      method: method === 0 ? 'stored' : 'deflated',
      crc32: directory.readUInt32LE(at + 16),
      compressedBytes,
      bytes,
      headerStart,
    });
    at = next;
  }
  return entries;
};

/** Where a member's bytes begin. @throws CygnetError `corrupt-data`. */
export const zipDataStart = async (file: FileBytes, entry: ZipEntry): Promise<number> => {
  const header = Buffer.from(await file.read(entry.headerStart, 30));
  if (header.readUInt32LE(0) !== localHeader) throw damaged(file.path, `"${entry.name}" is not where it should be`);
  const start = entry.headerStart + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.compressedBytes > file.size) throw damaged(file.path, `"${entry.name}" lies beyond its end`);
  return start;
};
