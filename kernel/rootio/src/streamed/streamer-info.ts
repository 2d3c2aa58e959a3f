import { StreamBuffer } from './stream-buffer.ts';
import { ObjectTable } from './object-table.ts';

/** One member of a class, or one of its bases, as ROOT describes it in a file. */
export interface StreamerElement {
  /** `TStreamerBase`, `TStreamerBasicType`, … */
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  /** ROOT's code of how it is stored (`TVirtualStreamerInfo::EReadWrite`). */
  readonly type: number;
  /** C++ type. */
  readonly typeName: string;
  /** Dimensions of a fixed array; empty when it is none. */
  readonly dimensions: readonly number[];
  /** Version of a base class. */
  readonly baseVersion: number;
  /** Member that holds the length of a variable array. */
  readonly countName: string;
}

/** The members of one version of a class, in the order in which they are stored. */
export interface StreamerInfo {
  readonly name: string;
  readonly version: number;
  readonly checksum: number;
  readonly elements: readonly StreamerElement[];
}

const named = (buffer: StreamBuffer): { readonly name: string; readonly title: string } => {
  const header = buffer.header();
  skipTObject(buffer);
  const name = buffer.text();
  const title = buffer.text();
  buffer.finish(header, 'a name');
  return { name, title };
};

/** Flag of a `TObject` that is referenced: two more bytes follow. */
export const isReferenced = 1 << 4;

/** What a `TObject` holds. */
export const readTObject = (buffer: StreamBuffer): { readonly uniqueId: number; readonly bits: number } => {
  const header = buffer.header();
  const uniqueId = buffer.uint32();
  const bits = buffer.uint32();
  if ((bits & isReferenced) !== 0) buffer.take(2);
  buffer.finish(header, 'a TObject');
  return { uniqueId, bits };
};

/** Reads past a `TObject`; gives its flags. */
export const skipTObject = (buffer: StreamBuffer): number => readTObject(buffer).bits;

const mostDimensions = 5;

const readElement = (kind: string, buffer: StreamBuffer): StreamerElement => {
  const own = buffer.header();
  const inner = kind === 'TStreamerSTLstring' ? buffer.header() : undefined;
  const base = buffer.header();
  const { name, title } = named(buffer);
  const type = buffer.int32();
  buffer.take(4);
  const length = buffer.int32();
  const dimensionCount = buffer.int32();
  if (dimensionCount < 0 || dimensionCount > mostDimensions || length < 0) {
    throw buffer.damaged(`member ${name} has impossible dimensions`);
  }
  const sizes = Array.from({ length: base.version === 1 ? buffer.count(4) : mostDimensions }, () => buffer.int32());
  const typeName = buffer.text();
  if (base.end !== undefined) buffer.take(base.end - buffer.at);
  const baseVersion = kind === 'TStreamerBase' && own.version >= 2 ? buffer.int32() : 0;
  const isCounted = kind === 'TStreamerBasicPointer' || kind === 'TStreamerLoop';
  if (isCounted) buffer.take(4);
  const countName = isCounted ? buffer.text() : '';
  const end = own.end ?? inner?.end;
  if (end === undefined) throw buffer.damaged(`member ${name} does not say where it ends`);
  buffer.take(end - buffer.at);
  const dimensions = dimensionCount > 0 ? sizes.slice(0, dimensionCount) : length > 0 ? [length] : [];
  if (dimensions.some((size) => !(size > 0))) throw buffer.damaged(`member ${name} has impossible dimensions`);
  const isBool = base.version <= 3 && type === 11 && (typeName === 'Bool_t' || typeName === 'bool');
  return { kind, name, title, type: isBool ? 18 : type, typeName, dimensions, baseVersion, countName };
};

const readInfo = (buffer: StreamBuffer, table: ObjectTable): StreamerInfo => {
  const header = buffer.header();
  const { name } = named(buffer);
  const checksum = buffer.uint32();
  const version = buffer.int32();
  const elements: StreamerElement[] = [];
  table.readAny(buffer, (className) => {
    if (className !== 'TObjArray') throw buffer.damaged(`the members of ${name} are a ${className}`);
    const array = buffer.header();
    skipTObject(buffer);
    buffer.text();
    const count = buffer.count(4);
    buffer.take(4);
    for (let i = 0; i < count; i++) {
      table.readAny(buffer, (kind) => {
        const element = readElement(kind, buffer);
        elements.push(element);
        return element;
      });
    }
    buffer.finish(array, 'a list of members');
    return elements;
  });
  buffer.finish(header, `the description of ${name}`);
  return { name, version, checksum, elements };
};

/** The descriptions of all classes in a file. */
export class StreamerInfos {
  readonly #byName = new Map<string, StreamerInfo[]>();

  add(info: StreamerInfo): void {
    const known = this.#byName.get(info.name);
    if (known === undefined) this.#byName.set(info.name, [info]);
    else known.push(info);
  }

  /**
   * The description of a version of a class; a class without a version of its own has version 0 or 1 and is told apart
   * by its checksum. The newest when no version is given.
   */
  find(name: string, version?: number, checksum?: number): StreamerInfo | undefined {
    const known = this.#byName.get(name);
    if (known === undefined) return undefined;
    if (checksum !== undefined) {
      const exact = known.find((info) => info.checksum === checksum);
      if (exact !== undefined) return exact;
    }
    if (version === undefined || (version <= 0 && checksum === undefined)) {
      return known.reduce((newest, info) => (info.version > newest.version ? info : newest));
    }
    return known.find((info) => info.version === version);
  }
}

/**
 * The classes that a file describes: its streamer information, decompressed.
 *
 * @param keyLength Length of the key before it, from which references are counted.
 * @throws CygnetError `corrupt-data`.
 */
export const readStreamerInfos = (raw: Uint8Array, keyLength: number, what: string): StreamerInfos => {
  const infos = new StreamerInfos();
  const buffer = new StreamBuffer(raw, what);
  const table = new ObjectTable(keyLength);
  const header = buffer.header();
  skipTObject(buffer);
  buffer.text();
  for (let left = buffer.count(4); left > 0; left--) {
    table.readAny(buffer, (className, end) => {
      if (className === 'TStreamerInfo') infos.add(readInfo(buffer, table));
      else if (end === undefined) throw buffer.damaged(`a ${className} does not say where it ends`);
      else buffer.take(end - buffer.at);
      return undefined;
    });
    buffer.take(buffer.uint8());
  }
  buffer.finish(header, 'the streamer information');
  return infos;
};
