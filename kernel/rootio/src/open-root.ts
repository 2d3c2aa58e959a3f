import { CygnetError, didYouMean, isCygnetError } from '@cygnet/columns';
import type { ByteSource } from './byte-source.ts';
import type { Codecs } from './codecs.ts';
import {
  bytesOfKey,
  checkKey,
  directoryWithJsroot,
  objectOfKey,
  objectWithJsroot,
  openWithJsroot,
} from './jsroot-file.ts';
import type { JsrootDirectory, JsrootFile, JsrootKey } from './jsroot-file.ts';
import { isJsrootTree } from './jsroot-tree.ts';
import { openTree } from './open-tree.ts';
import { openRNTuple } from './rntuple/index.ts';
import type { RootFile, RootKey, RootTree } from './root-file.ts';

export interface OpenRootOptions {
  readonly codecs: Codecs;
  readonly signal?: AbortSignal;
}

/** The first bytes of a ROOT file: the word, version, where the first record begins. */
const shortestFile = 64;
const treeClasses: ReadonlySet<string> = new Set(['TTree', 'TNtuple', 'TNtupleD', 'TChain']);
const rntupleClass = 'ROOT::RNTuple';
const experimentalRNTuple = 'ROOT::Experimental::RNTuple';

const isDirectoryClass = (className: string): boolean => className === 'TDirectory' || className === 'TDirectoryFile';

const describeKey = (key: JsrootKey, directory: string): RootKey => ({
  path: directory === '' ? key.fName : `${directory}/${key.fName}`,
  name: key.fName,
  title: key.fTitle,
  className: key.fClassName,
  cycle: key.fCycle,
  compressedBytes: key.fNbytes - key.fKeylen,
  rawBytes: key.fObjlen,
  isDirectory: isDirectoryClass(key.fClassName),
  isTree: treeClasses.has(key.fClassName) || key.fClassName === rntupleClass,
});

/** The newest cycle of each name, in the order of the file. */
const newestKeys = (directory: JsrootDirectory): readonly JsrootKey[] => {
  const newest = new Map<string, JsrootKey>();
  for (const key of directory.fKeys) {
    if (key.fName === 'StreamerInfo' && key.fClassName === 'TList') continue;
    const before = newest.get(key.fName);
    if (before === undefined || key.fCycle > before.fCycle) newest.set(key.fName, key);
  }
  return [...newest.values()];
};

const checkMagic = async (source: ByteSource, size: number, signal?: AbortSignal): Promise<void> => {
  if (size < shortestFile) {
    throw new CygnetError('bad-file', `${source.name} is not a ROOT file: it has only ${size} bytes.`);
  }
  const [start = new Uint8Array(0)] = await source.read([{ start: 0, length: 16 }], signal);
  const text = String.fromCharCode(...start);
  if (text.startsWith('root')) return;
  const hint = /^\s*<(!doctype|html|\?xml)/i.test(text)
    ? ' It is a web page: the download gave a message or a log-in form instead of the file. Look at it in a browser.'
    : text.startsWith('version https://')
      ? ' It is a pointer of Git LFS: fetch the file itself with "git lfs pull".'
      : '';
  throw new CygnetError('bad-file', `${source.name} is not a ROOT file: it does not begin with "root".${hint}`);
};

/** One open file; made by {@link openRoot}. */
class OpenRootFile implements RootFile {
  readonly name: string;
  readonly size: number;
  readonly #source: ByteSource;
  readonly #codecs: Codecs;
  readonly #file: JsrootFile;
  constructor(source: ByteSource, size: number, codecs: Codecs, file: JsrootFile) {
    this.name = source.name;
    this.size = size;
    this.#source = source;
    this.#codecs = codecs;
    this.#file = file;
  }

  async keys(directory = ''): Promise<readonly RootKey[]> {
    const path = directory.replace(/^\/+|\/+$/g, '');
    const found = await this.#directory(path);
    return newestKeys(found).map((key) => describeKey(key, path));
  }

  async tree(path: string): Promise<RootTree> {
    const key = await this.#key(path);
    const what = `${this.name}, "${path}"`;
    const from = { source: this.#source, size: this.size, codecs: this.#codecs };
    if (key.fClassName === rntupleClass) return openRNTuple(path, await bytesOfKey(from, key, what), from, what);
    if (key.fClassName === experimentalRNTuple) {
      throw new CygnetError('unsupported', `${what} is an RNTuple of a test version of the format; only 1.x is read.`);
    }
    if (!treeClasses.has(key.fClassName)) {
      throw new CygnetError('not-found', `${what} is a ${key.fClassName}, not a tree.`);
    }
    const object = await objectOfKey({ ...from, file: this.#file }, key, what);
    if (!isJsrootTree(object)) throw new CygnetError('corrupt-data', `${what}: the tree is damaged.`);
    return openTree(path, object, this.#file, from);
  }

  async object(path: string): Promise<unknown> {
    const key = await this.#key(path);
    const what = `${this.name}, "${path}"`;
    if (isDirectoryClass(key.fClassName)) {
      throw new CygnetError('not-found', `${what} is a directory, not an object. See keys("${path}").`);
    }
    if (key.fClassName === rntupleClass || key.fClassName === experimentalRNTuple) {
      throw new CygnetError('unsupported', `${what} is an RNTuple, not an object to draw. See tree("${path}").`);
    }
    checkKey(key, this.size, what);
    if (/^TF\d/.test(key.fClassName)) return objectWithJsroot(this.#file, path, key.fCycle, what);
    return objectOfKey({ source: this.#source, size: this.size, codecs: this.#codecs, file: this.#file }, key, what);
  }

  async close(): Promise<void> {
    await this.#source.close();
  }

  async #directory(path: string): Promise<JsrootDirectory> {
    if (path === '') return this.#file;
    const key = await this.#key(path);
    const what = `${this.name}, directory "${path}"`;
    if (!isDirectoryClass(key.fClassName)) {
      throw new CygnetError('not-found', `${this.name}, "${path}" is a ${key.fClassName}, not a directory.`);
    }
    checkKey(key, this.size, what);
    return directoryWithJsroot(this.#file, path, what);
  }

  /** The newest key of a path, looked for directory by directory; names may hold slashes themselves. */
  async #key(path: string): Promise<JsrootKey> {
    const clean = path.replace(/^\/+|\/+$/g, '').replace(/;\d+$/, '');
    const keys = newestKeys(this.#file);
    const direct = keys.find((key) => key.fName === clean);
    if (direct !== undefined) return direct;
    const slash = clean.lastIndexOf('/');
    if (slash > 0) {
      const directory = clean.slice(0, slash);
      const inner = newestKeys(await this.#directory(directory));
      const found = inner.find((key) => key.fName === clean.slice(slash + 1));
      if (found !== undefined) return found;
      throw this.#notFound(
        clean,
        inner.map((key) => `${directory}/${key.fName}`),
      );
    }
    throw this.#notFound(
      clean,
      keys.map((key) => key.fName),
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
    await checkMagic(source, size, signal);
    return new OpenRootFile(source, size, codecs, await openWithJsroot(source, size, signal));
  } catch (error) {
    if (signal?.aborted && !isCygnetError(error, 'cancelled')) {
      throw new CygnetError('cancelled', `Opening ${source.name} was cancelled.`, { cause: error });
    }
    throw error;
  }
};
