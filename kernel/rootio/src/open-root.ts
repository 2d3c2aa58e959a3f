import { CygnetError, didYouMean, isCygnetError } from '@cygnet/columns';
import type { ByteSource } from './byte-source.ts';
import type { Codecs } from './codecs.ts';
import { readDirectory } from './file/directory.ts';
import type { Directory } from './file/directory.ts';
import { bytesOfKey, readBytes, unpackRecord } from './file/file-access.ts';
import type { FileAccess } from './file/file-access.ts';
import { readFileHeader } from './file/file-header.ts';
import type { FileHeader } from './file/file-header.ts';
import { checkKey, readKey } from './file/key.ts';
import type { FileKey } from './file/key.ts';
import { objectOfKey, objectWithJsroot, openWithJsroot } from './jsroot-file.ts';
import type { JsrootFile } from './jsroot-file.ts';
import { openTree } from './open-tree.ts';
import { openRNTuple } from './rntuple/index.ts';
import type { RootFile, RootKey, RootTree } from './root-file.ts';
import { plainValue } from './plain-value.ts';
import type { PlainValue } from './plain-value.ts';
import { ObjectReader } from './streamed/object-reader.ts';
import type { CompiledClasses } from './streamed/object-reader.ts';
import { StreamBuffer } from './streamed/stream-buffer.ts';
import { StreamerInfos, readStreamerInfos } from './streamed/streamer-info.ts';
import { treeRecord } from './tree/tree-record.ts';

export interface OpenRootOptions {
  readonly codecs: Codecs;
  readonly signal?: AbortSignal;
}

const treeClasses: ReadonlySet<string> = new Set(['TTree', 'TNtuple', 'TNtupleD', 'TChain']);
const rntupleClass = 'ROOT::RNTuple';
const experimentalRNTuple = 'ROOT::Experimental::RNTuple';

const isDirectoryClass = (className: string): boolean => className === 'TDirectory' || className === 'TDirectoryFile';

const describeKey = (key: FileKey, directory: string): RootKey => ({
  path: directory === '' ? key.name : `${directory}/${key.name}`,
  name: key.name,
  title: key.title,
  className: key.className,
  cycle: key.cycle,
  compressedBytes: key.bytes - key.keyLength,
  rawBytes: key.objectBytes,
  isDirectory: isDirectoryClass(key.className),
  isTree: treeClasses.has(key.className) || key.className === rntupleClass,
});

/** The newest cycle of each name, in the order of the file. */
const newestKeys = (directory: Directory): readonly FileKey[] => {
  const newest = new Map<string, FileKey>();
  for (const key of directory.keys) {
    if (key.name === 'StreamerInfo' && key.className === 'TList') continue;
    const before = newest.get(key.name);
    if (before === undefined || key.cycle > before.cycle) newest.set(key.name, key);
  }
  return [...newest.values()];
};

/** One open file; made by {@link openRoot}. */
class OpenRootFile implements RootFile {
  readonly name: string;
  readonly size: number;
  readonly #from: FileAccess;
  readonly #header: FileHeader;
  readonly #top: Directory;
  #infos: Promise<StreamerInfos> | undefined;
  readonly #directories = new Map<string, Directory>();
  readonly #compiled: CompiledClasses = new Map();
  #jsroot: Promise<JsrootFile> | undefined;
  constructor(from: FileAccess, header: FileHeader, top: Directory) {
    this.name = from.source.name;
    this.size = from.size;
    this.#from = from;
    this.#header = header;
    this.#top = top;
  }

  async keys(directory = ''): Promise<readonly RootKey[]> {
    const path = directory.replace(/^\/+|\/+$/g, '');
    const found = await this.#directory(path);
    return newestKeys(found).map((key) => describeKey(key, path));
  }

  async tree(path: string): Promise<RootTree> {
    const key = await this.#key(path);
    const what = `${this.name}, "${path}"`;
    if (key.className === rntupleClass)
      return openRNTuple(path, await bytesOfKey(this.#from, key, what), this.#from, what);
    if (key.className === experimentalRNTuple) {
      throw new CygnetError('unsupported', `${what} is an RNTuple of a test version of the format; only 1.x is read.`);
    }
    if (!treeClasses.has(key.className)) {
      throw new CygnetError('not-found', `${what} is a ${key.className}, not a tree.`);
    }
    const [infos, raw] = await Promise.all([this.#streamerInfos(), bytesOfKey(this.#from, key, what)]);
    const object = await this.#readObject(key, raw, what);
    return openTree(path, treeRecord(object, what), infos, this.#from);
  }

  async value(path: string): Promise<PlainValue> {
    const { key, what } = await this.#objectKey(path);
    return plainValue(await this.#readObject(key, await bytesOfKey(this.#from, key, what), what));
  }

  async object(path: string): Promise<unknown> {
    const { key, what } = await this.#objectKey(path);
    checkKey(key, this.size, what);
    const raw = await bytesOfKey(this.#from, key, what);
    await this.#expectSound(key, raw, what);
    this.#jsroot ??= openWithJsroot(this.#from.source, this.size);
    const jsroot = await this.#jsroot;
    if (/^TF\d/.test(key.className)) return objectWithJsroot(jsroot, path, key.cycle, what);
    return objectOfKey(jsroot, key, raw, what);
  }

  /** Reads an object as its file describes its class. */
  async #readObject(key: FileKey, raw: Uint8Array, what: string): Promise<unknown> {
    const reader = new ObjectReader(await this.#streamerInfos(), key.keyLength, this.#compiled);
    return reader.readTop(key.className, new StreamBuffer(raw, what));
  }

  /** Keeps damaged objects from JSROOT, which believes every length. Classes that only JSROOT knows are let through. */
  async #expectSound(key: FileKey, raw: Uint8Array, what: string): Promise<void> {
    try {
      await this.#readObject(key, raw, what);
    } catch (error) {
      if (!isCygnetError(error, 'unsupported')) throw error;
    }
  }

  /** The key of what is neither directory nor RNTuple. */
  async #objectKey(path: string): Promise<{ readonly key: FileKey; readonly what: string }> {
    const key = await this.#key(path);
    const what = `${this.name}, "${path}"`;
    if (isDirectoryClass(key.className)) {
      throw new CygnetError('not-found', `${what} is a directory, not an object. See keys("${path}").`);
    }
    if (key.className === rntupleClass || key.className === experimentalRNTuple) {
      throw new CygnetError('unsupported', `${what} is an RNTuple, not an object. See tree("${path}").`);
    }
    return { key, what };
  }

  async close(): Promise<void> {
    await this.#from.source.close();
  }

  /** The classes that the file describes, read when they are first needed. */
  #streamerInfos(): Promise<StreamerInfos> {
    this.#infos ??= this.#readInfos();
    return this.#infos;
  }

  async #readInfos(): Promise<StreamerInfos> {
    const { infoSeek, infoBytes } = this.#header;
    if (infoSeek === 0 || infoBytes === 0) return new StreamerInfos();
    const what = `${this.name}, its description of classes`;
    const record = await readBytes(this.#from, infoSeek, infoBytes);
    const key = readKey(new StreamBuffer(record, what));
    checkKey({ ...key, seek: infoSeek, bytes: infoBytes }, this.size, what);
    const raw = await unpackRecord(record, key, this.#from.codecs, what);
    return readStreamerInfos(raw, key.keyLength, what);
  }

  async #directory(path: string): Promise<Directory> {
    if (path === '') return this.#top;
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const key = await this.#key(path);
    const what = `${this.name}, directory "${path}"`;
    if (!isDirectoryClass(key.className)) {
      throw new CygnetError('not-found', `${this.name}, "${path}" is a ${key.className}, not a directory.`);
    }
    checkKey(key, this.size, what);
    const directory = await readDirectory(this.#from, key.seek + key.keyLength, what);
    const above = [this.#top, ...this.#directoriesAbove(path)];
    if (directory.keysSeek !== 0 && above.some(({ keysSeek }) => keysSeek === directory.keysSeek)) {
      throw new CygnetError('corrupt-data', `${what} contains itself.`);
    }
    this.#directories.set(path, directory);
    return directory;
  }

  /** The directories that a path leads through. */
  #directoriesAbove(path: string): readonly Directory[] {
    const names = path.split('/');
    return names.flatMap((_, i) => this.#directories.get(names.slice(0, i).join('/')) ?? []);
  }

  /** The newest key of a path, looked for directory by directory; names may hold slashes themselves. */
  async #key(path: string): Promise<FileKey> {
    const clean = path.replace(/^\/+|\/+$/g, '').replace(/;\d+$/, '');
    const keys = newestKeys(this.#top);
    const direct = keys.find((key) => key.name === clean);
    if (direct !== undefined) return direct;
    const slash = clean.lastIndexOf('/');
    if (slash > 0) {
      const directory = clean.slice(0, slash);
      const inner = newestKeys(await this.#directory(directory));
      const found = inner.find((key) => key.name === clean.slice(slash + 1));
      if (found !== undefined) return found;
      throw this.#notFound(
        clean,
        inner.map((key) => `${directory}/${key.name}`),
      );
    }
    throw this.#notFound(
      clean,
      keys.map((key) => key.name),
    );
  }

  #notFound(path: string, names: readonly string[]): CygnetError {
    return new CygnetError('not-found', `No object "${path}" in ${this.name}. ${didYouMean(path, names)}`);
  }
}

/**
 * Opens a ROOT file: header, keys and streamer information are read; data come later, by ranges.
 * Closing the result closes the source; a failed opening closes nothing.
 *
 * @throws CygnetError `bad-file` when it is no ROOT file, `corrupt-data` when it is damaged, `cancelled`,
 *   and whatever the source throws.
 * @example
 * const file = await openRoot(source, { codecs });
 * const tree = await file.tree('events');
 * const columns = await tree.read({ branches: ['pt'] });
 */
export const openRoot = async (source: ByteSource, { codecs, signal }: OpenRootOptions): Promise<RootFile> => {
  try {
    const size = await source.size(signal);
    const file = { source, size, codecs };
    const header = await readFileHeader(file, signal);
    const top = await readDirectory(file, header.begin + header.nameBytes, source.name, signal);
    return new OpenRootFile(file, header, top);
  } catch (error) {
    if (signal?.aborted && !isCygnetError(error, 'cancelled')) {
      throw new CygnetError('cancelled', `Opening ${source.name} was cancelled.`, { cause: error });
    }
    throw error;
  }
};
