import { elements } from '../element.ts';
import type { Element } from '../element.ts';
import type { StreamBuffer } from './stream-buffer.ts';
import { readTObject, skipTObject } from './streamer-info.ts';
import type { ReadsObjects } from './streamed-object.ts';

/** Reads a class that ROOT streams by code of its own, not by its description. */
export type ReadSpecial = (reader: ReadsObjects, buffer: StreamBuffer, members: Map<string, unknown>) => unknown;

const readObject = (buffer: StreamBuffer, members: Map<string, unknown>): void => {
  const { uniqueId, bits } = readTObject(buffer);
  members.set('fUniqueID', uniqueId).set('fBits', bits);
};

const readName = (buffer: StreamBuffer, members: Map<string, unknown>): void => {
  const header = buffer.header();
  readObject(buffer, members);
  members.set('fName', buffer.text());
  members.set('fTitle', buffer.text());
  buffer.finish(header, 'a TNamed');
};

const readList: ReadSpecial = (reader, buffer) => {
  const header = buffer.header();
  skipTObject(buffer);
  buffer.text();
  const items: unknown[] = [];
  for (let left = buffer.count(4); left > 0; left--) {
    items.push(reader.readPointer(buffer));
    const option = buffer.uint8();
    buffer.take(option === 255 ? buffer.count() : option);
  }
  buffer.finish(header, 'a TList');
  return items;
};

const readObjArray: ReadSpecial = (reader, buffer) => {
  const header = buffer.header();
  if (header.version > 2) skipTObject(buffer);
  if (header.version > 1) buffer.text();
  const count = buffer.count(4);
  buffer.take(4);
  const items: unknown[] = [];
  for (let i = 0; i < count; i++) items.push(reader.readPointer(buffer));
  buffer.finish(header, 'a TObjArray');
  return items;
};

/** Set in a `TClonesArray`'s flags when its objects are stored member by member. */
const bypassesStreamer = 1 << 12;

const readClonesArray: ReadSpecial = (reader, buffer) => {
  const header = buffer.header();
  const bits = header.version > 2 ? skipTObject(buffer) : 0;
  if (header.version > 1) buffer.text();
  const className = buffer.text().replace(/;.*$/, '');
  const count = Math.abs(buffer.int32());
  buffer.take(4);
  if (count > buffer.left) throw buffer.damaged(`${count} objects do not fit`);
  if ((bits & bypassesStreamer) !== 0 && count > 0) {
    throw buffer.unsupported(`A TClonesArray of ${className} stored member by member is not read.`);
  }
  const items = Array.from({ length: count }, () =>
    buffer.uint8() === 0 ? undefined : reader.read(className, buffer),
  );
  buffer.finish(header, 'a TClonesArray');
  return items;
};

const readMap: ReadSpecial = (reader, buffer) => {
  const header = buffer.header();
  if (header.version > 2) skipTObject(buffer);
  if (header.version > 1) buffer.text();
  const count = buffer.count(8);
  const items = Array.from({ length: count }, () => [reader.readPointer(buffer), reader.readPointer(buffer)]);
  buffer.finish(header, 'a TMap');
  return items;
};

const readReference: ReadSpecial = (_, buffer, members) => {
  const { uniqueId } = readTObject(buffer);
  buffer.take(2);
  members.set('ref', uniqueId);
  return { className: 'TRef', members };
};

const readReferenceArray: ReadSpecial = (_, buffer) => {
  const header = buffer.header();
  skipTObject(buffer);
  buffer.text();
  const count = buffer.count(4);
  buffer.take(6);
  const start = buffer.take(4 * count);
  buffer.finish(header, 'a TRefArray');
  return elements.uint32.decode(buffer.bytes.subarray(start, start + 4 * count));
};

const arrayOf =
  (element: Element): ReadSpecial =>
  (_, buffer, members) => {
    const bytes = buffer.count(element.size) * element.size;
    const start = buffer.take(bytes);
    const values = element.decode(buffer.bytes.subarray(start, start + bytes));
    members.set('fN', values.length).set('fArray', values);
    return values;
  };

/** Elements of ROOT's simple arrays. */
export const tArrayElements: ReadonlyMap<string, Element> = new Map<string, Element>([
  ['TArrayC', elements.int8],
  ['TArrayS', elements.int16],
  ['TArrayI', elements.int32],
  ['TArrayL', elements.int64],
  ['TArrayL64', elements.int64],
  ['TArrayF', elements.float],
  ['TArrayD', elements.double],
]);

/** Classes by name. */
export const specialClasses: ReadonlyMap<string, ReadSpecial> = new Map<string, ReadSpecial>([
  [
    'TObject',
    (_, buffer, members) => {
      readObject(buffer, members);
      return { className: 'TObject', members };
    },
  ],
  ['TString', (_, buffer) => buffer.text()],
  [
    'TNamed',
    (_, buffer, members) => {
      readName(buffer, members);
      return { className: 'TNamed', members };
    },
  ],
  [
    'TObjString',
    (_, buffer) => {
      const header = buffer.header();
      skipTObject(buffer);
      const text = buffer.text();
      buffer.finish(header, 'a TObjString');
      return text;
    },
  ],
  ['TDatime', (_, buffer) => buffer.uint32()],
  ['TList', readList],
  ['THashList', readList],
  ['TObjArray', readObjArray],
  ['TClonesArray', readClonesArray],
  ['TMap', readMap],
  ['TRef', readReference],
  ['TRefArray', readReferenceArray],
  ...[...tArrayElements].map(([name, element]) => [name, arrayOf(element)] as const),
]);
