import { CygnetError } from '@cygnet/columns';
import { makeBuilder } from './builders/make-builder.ts';
import { elementOfStreamerType, elementOfTypeName, elements } from './element.ts';
import type { Element } from './element.ts';
import { itemsIn } from './layout.ts';
import type { Layout, LeafLayout, Unreadable } from './layout.ts';
import { parseStlType, stlTypeName } from './stl-type.ts';
import { storedOfMember, storedOfType } from './streamed/stored-member.ts';
import { storedTypeName } from './streamed/stored.ts';
import type { Stored } from './streamed/stored.ts';
import type { StreamerElement, StreamerInfos } from './streamed/streamer-info.ts';
import type { BranchRecord, LeafRecord, MemberRecord } from './tree/tree-record.ts';
import { truncatedElement } from './truncated-element.ts';

/** What a branch holds, in C++ words, and how to read it. */
export interface BranchLayout {
  readonly typeName: string;
  readonly layout: Layout | Unreadable;
}

const unreadable = (typeName: string, reason: string): BranchLayout => ({
  typeName,
  layout: { kind: 'unreadable', reason },
});

/** Numbers in square brackets: `x[n][3]` gives [3]. Undefined when they do not multiply to the leaf's length. */
const dimensionsOf = (leaf: LeafRecord): readonly number[] | undefined => {
  const dimensions = [...leaf.title.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
  if (itemsIn(dimensions) === leaf.length) return dimensions;
  return leaf.length >= 1 && dimensions.length === 0 ? [leaf.length] : undefined;
};

const elementOfLeaf = (leaf: LeafRecord): Element | undefined => {
  const pick = (signed: Element, unsigned: Element): Element => (leaf.isUnsigned ? unsigned : signed);
  switch (leaf.className) {
    case 'TLeafO':
      return elements.bool;
    case 'TLeafB':
      return pick(elements.int8, elements.uint8);
    case 'TLeafS':
      return pick(elements.int16, elements.uint16);
    case 'TLeafI':
      return pick(elements.int32, elements.uint32);
    case 'TLeafL':
    case 'TLeafG':
      return pick(elements.int64, elements.uint64);
    case 'TLeafF':
      return elements.float;
    case 'TLeafD':
      return elements.double;
    case 'TLeafF16':
      return truncatedElement(leaf.title, 'float32');
    case 'TLeafD32':
      return truncatedElement(leaf.title, 'float64');
    default:
      return undefined;
  }
};

const brackets = (dimensions: readonly number[]): string => dimensions.map((n) => `[${n}]`).join('');

/** A branch of plain leaves. */
const plainLayout = (leaves: readonly LeafRecord[]): BranchLayout => {
  const [first] = leaves;
  if (first === undefined) return unreadable('', 'It has no leaf.');
  if (leaves.length === 1) {
    if (first.className === 'TLeafC') return { typeName: 'char*', layout: { kind: 'string', hasHeader: false } };
    const element = elementOfLeaf(first);
    const dimensions = dimensionsOf(first);
    if (element === undefined || dimensions === undefined) {
      return unreadable(first.className, `Leaves of class ${first.className} like this one are not read yet.`);
    }
    if (first.countLeaf) {
      return {
        typeName: `${element.typeName}[]${brackets(dimensions)}`,
        layout: { kind: 'counted', element, dimensions, headerBytes: 0 },
      };
    }
    return { typeName: `${element.typeName}${brackets(dimensions)}`, layout: { kind: 'fixed', element, dimensions } };
  }
  let bytesPerEntry = 0;
  const list: LeafLayout[] = [];
  for (const leaf of leaves) {
    const element = elementOfLeaf(leaf);
    const dimensions = dimensionsOf(leaf);
    if (element === undefined || dimensions === undefined || leaf.countLeaf) {
      return unreadable('leaf list', `Its leaf ${leaf.name} (${leaf.className}) is not read inside a leaf list.`);
    }
    const bytes = element.size * leaf.length;
    list.push({ name: leaf.name, element, dimensions, byteOffset: bytesPerEntry, bytes });
    bytesPerEntry += bytes;
  }
  const typeName = `struct {${list.map((leaf) => ` ${leaf.element.typeName} ${leaf.name}${brackets(leaf.dimensions)};`).join('')} }`;
  return { typeName, layout: { kind: 'leaf-list', leaves: list, bytesPerEntry } };
};

/** `isMember`: of a class; a string has a header there. */
const stlLayout = (typeName: string, isMember: boolean): BranchLayout | undefined => {
  const stl = parseStlType(typeName);
  if (stl === undefined) return undefined;
  const depth = stl.containers.length;
  if (depth === 0) return { typeName: 'std::string', layout: { kind: 'string', hasHeader: isMember } };
  return { typeName: stlTypeName(stl), layout: { kind: 'vector', depth, item: stl.item } };
};

/** A value that is read as its class is described; `isRepeated`: one for each item of a split collection. */
const streamedLayout = (typeName: string, stored: Stored, isRepeated: boolean, infos: StreamerInfos): BranchLayout => {
  try {
    makeBuilder(stored, infos);
  } catch (error) {
    if (!(error instanceof CygnetError)) throw error;
    return unreadable(typeName, error.message);
  }
  return {
    typeName: storedTypeName(stored) + (isRepeated ? '[]' : ''),
    layout: { kind: 'streamed', isRepeated, make: () => makeBuilder(stored, infos) },
  };
};

/** `kCounter`: the length of another member; its type says whether it is signed. */
const counterCode = 6;
const counterElement = (member: StreamerElement | undefined): Element => {
  const named = elementOfTypeName(member?.typeName ?? '');
  return named?.size === 4 ? named : elements.int32;
};

/** Streamer type of a `TObject`'s flags: two more bytes follow where the object is referenced. */
const bitsCode = 15;
/** Streamer type of a base class. */
const baseCode = 0;
/** Streamer type of a `char*`. */
const charStarCode = 7;
/** Streamer type of a `TString`. */
const tstringCode = 65;
/** Roles of members of a collection: their branch holds all items' values in an entry. */
const collectionRoles: ReadonlySet<number> = new Set([31, 41]);

/** Roles of collections whose members have branches of their own: what is left is how many items each entry has. */
const splitCollections: ReadonlySet<number> = new Set([3, 4]);

const objectReason = 'It holds objects; its sub-branches, where there are some, can be read.';

const memberOf = ({ className, classVersion, checksum, id }: MemberRecord, infos: StreamerInfos) =>
  (infos.find(className, classVersion, checksum) ?? infos.find(className, classVersion))?.elements[id];

/** A branch of a whole class or of an STL collection. */
const wholeLayout = (branch: BranchRecord, { className, role }: MemberRecord, infos: StreamerInfos): BranchLayout => {
  if (role > 0 || branch.branches.length > 0) return unreadable(className, objectReason);
  return stlLayout(className, false) ?? streamedLayout(className, storedOfType(className), false, infos);
};

/** A branch of one member of a class. */
const memberLayout = (
  branch: BranchRecord,
  leaf: LeafRecord,
  record: MemberRecord,
  infos: StreamerInfos,
): BranchLayout => {
  const { role, streamerType: code } = record;
  const member = memberOf(record, infos);
  const typeName = member?.typeName ?? record.className;
  const isRepeated = collectionRoles.has(role);
  if (role !== 0 && !isRepeated) return unreadable(typeName, objectReason);
  if (code === baseCode) return unreadable(record.className, objectReason);
  const basic = code % 20;
  const isTruncated = code < 60 && (basic === 9 || basic === 19);
  if (isTruncated && member === undefined)
    return unreadable(typeName, 'The file does not say how precise its numbers are.');
  const element = isTruncated
    ? truncatedElement(member?.title ?? '', basic === 9 ? 'float64' : 'float32')
    : basic === counterCode
      ? counterElement(member)
      : elementOfStreamerType(basic);
  if (code === bitsCode) {
    return { typeName: isRepeated ? 'uint32_t[]' : 'uint32_t', layout: { kind: 'flags', isRepeated } };
  }
  if (code === charStarCode) return streamedLayout(typeName, { kind: 'text', form: 'char*' }, isRepeated, infos);
  if (code < 60 && element === undefined) {
    return unreadable(typeName, `Members stored as ${typeName} with this precision are not read.`);
  }
  if (code < 40 && element !== undefined) {
    const dimensions = dimensionsOf(leaf);
    if (dimensions === undefined) return unreadable(typeName, 'Its array dimensions are not understood.');
    if (isRepeated) {
      return {
        typeName: `${element.typeName}[]${brackets(dimensions)}`,
        layout: { kind: 'counted', element, dimensions, headerBytes: 0 },
      };
    }
    return { typeName: `${element.typeName}${brackets(dimensions)}`, layout: { kind: 'fixed', element, dimensions } };
  }
  if (code < 60 && element !== undefined) {
    if (isRepeated) return unreadable(`${typeName}[]`, 'Arrays of variable length in a collection are not read.');
    return {
      typeName: `${element.typeName}[]`,
      layout: { kind: 'counted', element, dimensions: [], headerBytes: 1 },
    };
  }
  if (code === tstringCode && !isRepeated) {
    return { typeName: 'std::string', layout: { kind: 'string', hasHeader: false } };
  }
  if (member === undefined) return unreadable(typeName, `The file does not describe class ${record.className}.`);
  const stl = isRepeated || member.dimensions.length > 0 ? undefined : stlLayout(typeName, true);
  return stl ?? streamedLayout(typeName, storedOfMember(member), isRepeated, infos);
};

/** Decides how a branch is read, or why it is not. Never guesses: what is not known to be right is unreadable. */
export const branchLayout = (branch: BranchRecord, infos: StreamerInfos): BranchLayout => {
  const { leaves, member, className } = branch;
  const [leaf] = leaves;
  if (branch.fileName !== '') return unreadable(className, `Its data lie in another file, ${branch.fileName}.`);
  if (member !== undefined) {
    if (leaf === undefined) return unreadable(member.className, objectReason);
    if (splitCollections.has(member.role) && branch.branches.length > 0) {
      const typeName = memberOf(member, infos)?.typeName ?? member.className;
      return { typeName, layout: { kind: 'fixed', element: elements.int32, dimensions: [] } };
    }
    return member.id < 0 || member.streamerType < 0
      ? wholeLayout(branch, member, infos)
      : memberLayout(branch, leaf, member, infos);
  }
  if (className !== 'TBranch') return unreadable(className, `Branches of class ${className} are not read.`);
  return plainLayout(leaves);
};
