import { createGunzip } from 'node:zlib';
import { CygnetError } from '@cygnet/columns';
import type { FileBytes } from './core/file-bytes.ts';
import type { FormatName } from './core/format.ts';

/** What a file is, as its first bytes tell. */
export interface Recognised {
  readonly format: FormatName;
  /** Whether the whole file is one gzip stream, of something that is text. */
  readonly isGzip: boolean;
}

const looked = 1 << 16;

const startsWith = (bytes: Uint8Array, magic: string, at = 0): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', at, at + magic.length) === magic;

/** HDF5's signature is at byte 0, or at 512, 1024, 2048 and so on, behind whatever somebody put before it. */
const isHdf5 = (bytes: Uint8Array): boolean => {
  const magic = '\x89HDF\r\n\x1a\n';
  if (startsWith(bytes, magic)) return true;
  for (let at = 512; at + 8 <= bytes.length; at *= 2) if (startsWith(bytes, magic, at)) return true;
  return false;
};

/** Undoes gzip as far as the bytes go. */
const inflatedStart = (path: string, bytes: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const gunzip = createGunzip();
    const done = (): void => {
      gunzip.destroy();
      resolve(Buffer.concat(parts).subarray(0, looked));
    };
    gunzip.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length >= looked) done();
    });
    gunzip.on('end', done);
    gunzip.on('error', (error: NodeJS.ErrnoException) => {
      // The part that was looked at ends within the stream: what came so far is what there is to see.
      if (error.code === 'Z_BUF_ERROR') done();
      else reject(new CygnetError('corrupt-data', `${path} is damaged: its gzip stream is broken.`, { cause: error }));
    });
    gunzip.end(bytes);
  });

const notATable = (path: string, what: string): CygnetError => new CygnetError('bad-file', `${path} ${what}.`);

/** A label, then features; a line whose features are all 0 has none. */
const lineOfLibsvm = /^[+-]?[\d.][\d.eE+-]*(\s+qid:\d+)?(\s+\d+:[^\s:]+)*\s*(#.*)?$/;

/** How often each line has a sign; undefined if lines differ. */
const countPerLine = (lines: readonly string[], sign: string): number | undefined => {
  const counts = lines.map((line) => line.split(sign).length - 1);
  return new Set(counts).size === 1 ? counts[0] : undefined;
};

const textFormat = (path: string, bytes: Uint8Array, isWhole: boolean): FormatName => {
  if (bytes.includes(0)) throw notATable(path, 'is in no format that is read here');
  const text = new TextDecoder('utf-8').decode(bytes).replace(/^\ufeff/, '');
  const start = text.trimStart();
  if (start === '') throw notATable(path, 'is empty');
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<LesHouchesEvents[\s>]/.test(start)) return 'lhe';
  if (/^<(!doctype html|html)/i.test(start))
    throw notATable(path, 'is a web page, probably of a login or an error: download the file again');
  if (start.startsWith('version https://git-lfs'))
    throw notATable(path, 'is a pointer of git lfs, not the file itself: run "git lfs pull"');
  if (start.startsWith('<')) throw notATable(path, 'is XML of a kind that is not read here');
  if (start.startsWith('{') || /^\[\s*\{/.test(start)) return 'jsonl';
  const all = text.split(/\r?\n/);
  if (!isWhole) all.pop();
  const lines = all.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, 100);
  if (lines.some((line) => /\s\d+:\S/.test(line)) && lines.every((line) => lineOfLibsvm.test(line.trim())))
    return 'libsvm';
  if (all[0]?.startsWith('# cygnet {')) return 'libsvm';
  // What stands in quotes may hold anything, lines too.
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/g, 'q').split(/\r?\n/);
  const some = (isWhole ? unquoted : unquoted.slice(0, -1)).filter((line) => line.trim() !== '').slice(0, 20);
  const isHeaderOnly = some.length === 1 && !/\s/.test(some[0]?.replaceAll('\t', '') ?? '');
  if (some.length > 1 || isHeaderOnly) {
    if ((countPerLine(some, '\t') ?? 0) > 0) return 'tsv';
    if ([',', ';', '|'].some((sign) => (countPerLine(some, sign) ?? 0) > 0)) return 'csv';
  }
  const isNumbers = some.length > 1 && some.slice(1).every((line) => /^[+-]?[\d.][\d.eE+-]*$/.test(line.trim()));
  if (isNumbers) return 'csv';
  throw notATable(path, 'is text, but no table that is read here. If it is CSV, say so: { format: "csv" }');
};

/**
 * What a file is, by its content alone: its name may say anything.
 *
 * @throws CygnetError `bad-file` when it is none of the known formats, saying what it looks like.
 */
export const recognise = async (file: FileBytes): Promise<Recognised> => {
  const { path } = file;
  if (file.size === 0) throw notATable(path, 'is empty');
  const bytes = await file.read(0, Math.min(file.size, looked));
  const plain = (format: FormatName): Recognised => ({ format, isGzip: false });
  if (startsWith(bytes, 'root')) return plain('root');
  if (startsWith(bytes, 'PAR1')) return plain('parquet');
  if (startsWith(bytes, 'PARE')) throw new CygnetError('unsupported', `${path} is an encrypted Parquet file.`);
  if (startsWith(bytes, 'ARROW1')) return plain('arrow');
  if (startsWith(bytes, 'FEA1'))
    throw new CygnetError('unsupported', `${path} is Feather version 1: write it again as version 2 (Arrow).`);
  if (startsWith(bytes, '\x93NUMPY')) return plain('npy');
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return plain('npz');
  if (startsWith(bytes, '\xff\xff\xff\xff') && bytes.length >= 8) return plain('arrow');
  if (isHdf5(bytes)) return plain('hdf5');
  if (startsWith(bytes, '\x1f\x8b')) {
    const inside = await inflatedStart(path, bytes);
    return { format: textFormat(path, inside, inside.length < looked && file.size <= looked), isGzip: true };
  }
  return plain(textFormat(path, bytes, file.size <= looked));
};
