import type { Element } from '../element.ts';
import { readBasketObject } from '../tree/basket-object.ts';
import { readOldBranch } from '../tree/old-branch.ts';
import { readUndescribedLeaf } from '../tree/undescribed-leaf.ts';
import { ObjectTable } from './object-table.ts';
import { specialClasses } from './special-classes.ts';
import type { Stored } from './stored.ts';
import { storedOfMember, storedOfType } from './stored-member.ts';
import type { StreamBuffer } from './stream-buffer.ts';
import type { StreamedObject } from './streamed-object.ts';
import { isReferenced } from './streamer-info.ts';
import type { StreamerElement, StreamerInfo, StreamerInfos } from './streamer-info.ts';

type ReadMember = (reader: ObjectReader, buffer: StreamBuffer, members: Map<string, unknown>) => void;
type ReadValue = (reader: ObjectReader, buffer: StreamBuffer) => unknown;

const readNumbers = (buffer: StreamBuffer, element: Element, count: number) => {
  const bytes = count * element.size;
  const start = buffer.take(bytes);
  return element.decode(buffer.bytes.subarray(start, start + bytes));
};

const numberReader = (element: Element): ReadValue => {
  const { type } = element;
  if (type === 'bool') return (_, buffer) => buffer.uint8() !== 0;
  const isPlain = type !== 'timestamp' && element.typeName !== 'Double32_t' && element.typeName !== 'Float16_t';
  return isPlain ? (_, buffer) => buffer[type]() : (_, buffer) => Number(readNumbers(buffer, element, 1)[0]);
};

const listReader = (item: ReadValue): ReadValue => {
  return (reader, buffer) => Array.from({ length: buffer.count() }, () => item(reader, buffer));
};

const pairReader =
  (first: ReadValue, second: ReadValue): ReadValue =>
  (reader, buffer) => [first(reader, buffer), second(reader, buffer)];

const productOf = (dimensions: readonly number[]): number => dimensions.reduce((product, size) => product * size, 1);

/** Reads a value where it has no header of its own: in a collection, or behind the header of a member. */
const bodyReader = (stored: Stored): ReadValue => {
  switch (stored.kind) {
    case 'number':
      return numberReader(stored.element);
    case 'flags':
      return (_, buffer) => {
        const flags = buffer.uint32();
        if ((flags & isReferenced) !== 0) buffer.take(2);
        return flags;
      };
    case 'text':
      return stored.form === 'char*' ? (_, buffer) => buffer.longText() : (_, buffer) => buffer.text();
    case 'array': {
      const count = productOf(stored.dimensions);
      const { item } = stored;
      if (item.kind === 'number') return (_, buffer) => readNumbers(buffer, item.element, count);
      const readItem = memberReader(item);
      return (reader, buffer) => {
        if (count > buffer.left) throw buffer.damaged(`an array of ${count} items does not fit`);
        return Array.from({ length: count }, () => readItem(reader, buffer));
      };
    }
    case 'object':
      return (reader, buffer) => reader.read(stored.className, buffer);
    case 'pointer':
      return (reader, buffer) => reader.readPointer(buffer);
    case 'collection':
      return listReader(bodyReader(stored.item));
    case 'map': {
      const [first, second] = [bodyReader(stored.first), bodyReader(stored.second)];
      return listReader(pairReader(first, second));
    }
    case 'pair': {
      const [first, second] = [bodyReader(stored.first), bodyReader(stored.second)];
      return pairReader(first, second);
    }
    case 'bitset':
      return listReader((_, buffer) => buffer.uint8() !== 0);
    case 'counted':
    case 'loop':
    case 'unsupported': {
      const reason = stored.kind === 'unsupported' ? stored.reason : 'an array whose length is in another member';
      return (_, buffer) => {
        throw buffer.unsupported(`Not read: ${reason}.`);
      };
    }
  }
};

const hasHeader = (stored: Stored): boolean =>
  stored.kind === 'collection' ||
  stored.kind === 'map' ||
  stored.kind === 'bitset' ||
  (stored.kind === 'text' && stored.form === 'std::string');

/** One member of `count` objects that are stored member by member: a header for all of them. */
const readMany = (stored: Stored, reader: ObjectReader, buffer: StreamBuffer, count: number): readonly unknown[] => {
  const body = bodyReader(stored);
  const header = hasHeader(stored) ? buffer.header() : undefined;
  if (header?.isMemberWise)
    throw buffer.unsupported('Collections stored member by member inside one another are not read.');
  const values = Array.from({ length: count }, () => body(reader, buffer));
  if (header !== undefined) buffer.finish(header, 'a member');
  return values;
};

/** Reads a collection whose items are stored member by member. */
const memberWiseReader = (stored: Stored): ReadValue => {
  return (reader, buffer) => {
    const version = buffer.int16();
    const checksum = version <= 0 ? buffer.uint32() : undefined;
    const count = buffer.count();
    if (count === 0) return [];
    if (stored.kind === 'map') {
      const first = readMany(stored.first, reader, buffer, count);
      const second = readMany(stored.second, reader, buffer, count);
      return first.map((one, i) => [one, second[i]]);
    }
    if (stored.kind === 'collection' && stored.item.kind === 'object') {
      return reader.readMemberWise(stored.item.className, version, checksum, buffer, count);
    }
    throw buffer.unsupported('A collection of something else than a class is stored member by member.');
  };
};

/** Reads a value where it is a member of a class. */
const memberReader = (stored: Stored): ReadValue => {
  const body = bodyReader(stored);
  if (!hasHeader(stored)) return body;
  const memberWise = memberWiseReader(stored);
  return (reader, buffer) => {
    const header = buffer.header();
    const value = header.isMemberWise ? memberWise(reader, buffer) : body(reader, buffer);
    buffer.finish(header, 'a collection');
    return value;
  };
};

const countOf = (members: ReadonlyMap<string, unknown>, countName: string, buffer: StreamBuffer): number => {
  const count = members.get(countName);
  if (typeof count !== 'number' || !(count >= 0 && count <= buffer.left)) {
    throw buffer.damaged(`${countName} is no length`);
  }
  return count;
};

const compileOne = (member: StreamerElement, stored: Stored): ReadMember => {
  const { name } = member;
  if (member.kind === 'TStreamerBase') return (reader, buffer, members) => void reader.read(name, buffer, members);
  if (stored.kind === 'counted') {
    const { element, countName } = stored;
    return (_, buffer, members) => {
      const count = buffer.uint8() === 0 ? 0 : countOf(members, countName, buffer);
      members.set(name, readNumbers(buffer, element, count));
    };
  }
  if (stored.kind === 'loop') {
    const { item, countName } = stored;
    const readItem = bodyReader(item);
    return (reader, buffer, members) => {
      const header = buffer.header();
      const count = countOf(members, countName, buffer);
      members.set(
        name,
        Array.from({ length: count }, () => readItem(reader, buffer)),
      );
      buffer.finish(header, `member ${name}`);
    };
  }
  const read = memberReader(stored);
  return (reader, buffer, members) => void members.set(name, read(reader, buffer));
};

/** How a member is read: of one object, or of several that are stored member by member. */
interface MemberSteps {
  readonly one: ReadMember;
  readonly many: (reader: ObjectReader, buffer: StreamBuffer, objects: readonly Map<string, unknown>[]) => void;
}

const compileMember = (member: StreamerElement): MemberSteps => {
  const stored = storedOfMember(member);
  const one = compileOne(member, stored);
  if (member.kind === 'TStreamerBase' && member.name !== 'TObject') {
    return {
      one,
      many: (_, buffer) => {
        throw buffer.unsupported(`Objects with a base class ${member.name}, stored member by member, are not read.`);
      },
    };
  }
  if (!hasHeader(stored)) {
    return { one, many: (reader, buffer, objects) => objects.forEach((members) => one(reader, buffer, members)) };
  }
  return {
    one,
    many: (reader, buffer, objects) => {
      const values = readMany(stored, reader, buffer, objects.length);
      objects.forEach((members, i) => members.set(member.name, values[i]));
    },
  };
};

/** What was found out about classes; shared by all readers of a file. */
export type CompiledClasses = Map<StreamerInfo, readonly MemberSteps[]>;

/** Reads the objects of one record as its file describes their classes. */
export class ObjectReader {
  readonly #infos: StreamerInfos;
  readonly #table: ObjectTable;
  readonly #compiled: CompiledClasses;
  /** @param keyLength Bytes of the key before the record, from which pointers are counted. */
  constructor(infos: StreamerInfos, keyLength: number, compiled: CompiledClasses = new Map()) {
    this.#infos = infos;
    this.#table = new ObjectTable(keyLength);
    this.#compiled = compiled;
  }

  /**
   * The object of a key: of a class, or a `std::string` or collection by its C++ name.
   *
   * @throws CygnetError `corrupt-data`, `unsupported`.
   */
  readTop(className: string, buffer: StreamBuffer): unknown {
    const isClass = specialClasses.has(className) || this.#infos.find(className) !== undefined;
    const stored = isClass ? undefined : storedOfType(className);
    if (stored === undefined || stored.kind === 'object') {
      return buffer.nested(() =>
        this.#readClass(className, buffer, new Map(), (object) => this.#table.rememberTop(object)),
      );
    }
    return stored.kind === 'text' ? buffer.text() : memberReader(stored)(this, buffer);
  }

  /** @throws CygnetError `corrupt-data`, `unsupported`. */
  read(className: string, buffer: StreamBuffer, into: Map<string, unknown> = new Map()): unknown {
    return buffer.nested(() => this.#readClass(className, buffer, into, () => undefined));
  }

  /** `count` objects of a class that are stored member by member. */
  readMemberWise(
    className: string,
    version: number,
    checksum: number | undefined,
    buffer: StreamBuffer,
    count: number,
  ): readonly StreamedObject[] {
    const info = this.#infos.find(className, version, checksum);
    if (info === undefined) throw buffer.unsupported(`Class ${className} is not described in the file.`);
    const objects = Array.from({ length: count }, () => ({ className, members: new Map<string, unknown>() }));
    const members = objects.map((object) => object.members);
    for (const { many } of this.#stepsOf(info)) buffer.nested(() => many(this, buffer, members));
    return objects;
  }

  readPointer(buffer: StreamBuffer): unknown {
    return this.#table.readAny<unknown>(buffer, (className, end, remember) => {
      if (className === 'TBasket') return readBasketObject(buffer);
      const isKnown =
        specialClasses.has(className) || className.startsWith('TLeaf') || this.#infos.find(className) !== undefined;
      if (end !== undefined && !isKnown) {
        buffer.take(end - buffer.at);
        return { className, members: new Map() } satisfies StreamedObject;
      }
      return this.#readClass(className, buffer, new Map(), remember);
    });
  }

  #readClass(
    className: string,
    buffer: StreamBuffer,
    members: Map<string, unknown>,
    remember: (object: unknown) => void,
  ): unknown {
    const special = specialClasses.get(className);
    if (special !== undefined) return special(this, buffer, members);
    const object: StreamedObject = { className, members };
    remember(object);
    const header = buffer.header();
    if (className === 'TBranch' && header.version < 10) {
      readOldBranch(this, buffer, header.version, members);
    } else {
      const checksum = header.version <= 0 && header.end !== undefined ? buffer.uint32() : undefined;
      const info = this.#infos.find(className, header.version, checksum);
      if (info === undefined) {
        if (header.end === undefined) throw buffer.unsupported(`Class ${className} is not described in the file.`);
        if (className.startsWith('TLeaf')) readUndescribedLeaf(this, className, buffer, members);
        buffer.take(header.end - buffer.at);
        return object;
      }
      for (const { one } of this.#stepsOf(info)) one(this, buffer, members);
    }
    buffer.finish(header, `an object of class ${className}`);
    return object;
  }

  #stepsOf(info: StreamerInfo): readonly MemberSteps[] {
    const known = this.#compiled.get(info);
    if (known !== undefined) return known;
    const steps = info.elements.map(compileMember);
    this.#compiled.set(info, steps);
    return steps;
  }
}
