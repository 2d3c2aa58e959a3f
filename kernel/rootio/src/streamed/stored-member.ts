import { double32Element, elementOfStreamerType, elementOfTypeName, elements } from '../element.ts';
import type { Element } from '../element.ts';
import { truncatedElement } from '../truncated-element.ts';
import { parseCppType } from './cpp-type.ts';
import type { CppType } from './cpp-type.ts';
import type { Stored } from './stored.ts';
import type { StreamerElement } from './streamer-info.ts';

const collections: ReadonlySet<string> = new Set([
  'vector',
  'list',
  'deque',
  'forward_list',
  'set',
  'multiset',
  'unordered_set',
  'unordered_multiset',
  'ROOT::VecOps::RVec',
]);
const maps: ReadonlySet<string> = new Set(['map', 'multimap', 'unordered_map', 'unordered_multimap']);

const unsupported = (reason: string): Stored => ({ kind: 'unsupported', reason });

const itemOf = (type: CppType): Stored => {
  if (type.isPointer) return { kind: 'pointer', className: type.text };
  if (type.name === 'string') return { kind: 'text', form: 'std::string' };
  if (type.name === 'TString') return { kind: 'text', form: 'TString' };
  if (type.text === 'Double32_t') return { kind: 'number', element: double32Element };
  const element = elementOfTypeName(type.text);
  if (element !== undefined) return { kind: 'number', element };
  const [first, second] = type.arguments;
  if (first !== undefined && collections.has(type.name))
    return { kind: 'collection', name: type.name, item: itemOf(first) };
  if (first !== undefined && second !== undefined && maps.has(type.name)) {
    return { kind: 'map', name: type.name, first: itemOf(first), second: itemOf(second) };
  }
  if (first !== undefined && second !== undefined && type.name === 'pair') {
    return { kind: 'pair', first: itemOf(first), second: itemOf(second) };
  }
  if (first !== undefined && type.name === 'bitset') {
    const size = Number(first.text.replace(/[uUlL]+$/, ''));
    return Number.isSafeInteger(size) && size > 0 ? { kind: 'bitset', size } : unsupported(`the size of ${type.text}`);
  }
  return { kind: 'object', className: type.text, version: 0 };
};

/** How a value of a C++ type is stored, by its name alone. */
export const storedOfType = (typeName: string): Stored => {
  const type = parseCppType(typeName);
  return type === undefined ? unsupported(`the type ${typeName}`) : itemOf(type);
};

/** ROOT's codes of members (`TVirtualStreamerInfo::EReadWrite`); +20 for a fixed array, +40 for a counted one. */
const code = {
  base: 0,
  charStar: 7,
  double32: 9,
  flags: 15,
  float16: 19,
  fixedArray: 20,
  countedArray: 40,
  object: 61,
  any: 62,
  objectInPlace: 63,
  objectPointer: 64,
  tString: 65,
  tObject: 66,
  tNamed: 67,
  anyInPlace: 68,
  anyPointer: 69,
  anyPointerNoTable: 70,
  stl: 300,
  stlString: 365,
  streamer: 500,
  streamLoop: 501,
} as const;

const basicElement = (member: StreamerElement, basic: number): Element | undefined => {
  if (basic === code.double32) return truncatedElement(member.title, 'float64');
  if (basic === code.float16) return truncatedElement(member.title, 'float32');
  const named = basic === 6 ? elementOfTypeName(member.typeName) : undefined;
  return named?.size === 4 ? named : basic === 6 ? elements.int32 : elementOfStreamerType(basic);
};

/** `Foo*` and `const Foo` to `Foo`. */
const classOf = (typeName: string): string => {
  const type = parseCppType(typeName);
  return type?.text ?? typeName;
};

const inArray = (member: StreamerElement, item: Stored): Stored =>
  member.dimensions.length === 0 ? item : { kind: 'array', item, dimensions: member.dimensions };

const basicMember = (member: StreamerElement): Stored => {
  const { type } = member;
  if (type === code.flags) return { kind: 'flags' };
  if (type === code.charStar) return { kind: 'text', form: 'char*' };
  const element = basicElement(member, type % 20);
  if (element === undefined) return unsupported(`the type ${member.typeName} "${member.title}"`);
  if (type >= code.countedArray) return { kind: 'counted', element, countName: member.countName };
  if (type >= code.fixedArray)
    return { kind: 'array', item: { kind: 'number', element }, dimensions: member.dimensions };
  return { kind: 'number', element };
};

/** How a member of a class is stored. */
export const storedOfMember = (member: StreamerElement): Stored => {
  const { type } = member;
  if (member.kind === 'TStreamerBase') {
    return { kind: 'object', className: member.name, version: member.baseVersion };
  }
  if (type > 0 && type < 60) return basicMember(member);
  const single = type > 80 && type < 100 ? type - 20 : type;
  switch (single) {
    case code.object:
    case code.any:
    case code.objectInPlace:
    case code.anyInPlace:
    case code.tObject:
    case code.tNamed:
      return inArray(member, { kind: 'object', className: classOf(member.typeName), version: 0 });
    case code.objectPointer:
    case code.anyPointer:
    case code.anyPointerNoTable:
      return inArray(member, { kind: 'pointer', className: classOf(member.typeName) });
    case code.tString:
      return inArray(member, { kind: 'text', form: 'TString' });
    case code.stl:
    case code.stlString:
    case code.streamer: {
      if (!member.kind.startsWith('TStreamerSTL'))
        return unsupported(`${member.typeName}, which has a streamer of its own`);
      const stored = storedOfType(member.typeName.replace(/\s*\*$/, ''));
      return inArray(member, stored);
    }
    case code.streamLoop:
      if (member.typeName.includes('**')) return unsupported(`arrays of pointers (${member.typeName})`);
      return {
        kind: 'loop',
        item: { kind: 'object', className: classOf(member.typeName), version: 0 },
        countName: member.countName,
      };
    default:
      return unsupported(`members of type ${member.typeName} (code ${type})`);
  }
};
