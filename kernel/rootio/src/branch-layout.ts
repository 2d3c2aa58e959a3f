import { double32Element, elementOfStreamerType, elementOfTypeName, elements, rangedElement } from './element.ts';
import type { Element } from './element.ts';
import type { StreamerElement } from './jsroot-file.ts';
import { isLeaf } from './jsroot-tree.ts';
import type { JsrootBranch, JsrootLeaf } from './jsroot-tree.ts';
import { itemsIn } from './layout.ts';
import type { Layout, LeafLayout, Unreadable } from './layout.ts';
import { parseStlType, stlTypeName } from './stl-type.ts';

/** What a branch holds, in C++ words, and how to read it. */
export interface BranchLayout {
  readonly typeName: string;
  readonly layout: Layout | Unreadable;
}

/** Finds a member in the file's streamer information. */
export type FindMember = (branch: JsrootBranch) => StreamerElement | undefined;

const unreadable = (typeName: string, reason: string): BranchLayout => ({
  typeName,
  layout: { kind: 'unreadable', reason },
});

/** Numbers in square brackets: `x[n][3]` gives [3]. Undefined when they do not multiply to the leaf's length. */
const dimensionsOf = (leaf: JsrootLeaf): readonly number[] | undefined => {
  const dimensions = [...leaf.fTitle.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
  if (itemsIn(dimensions) === leaf.fLen) return dimensions;
  return leaf.fLen >= 1 && dimensions.length === 0 ? [leaf.fLen] : undefined;
};

/** `Double32_t` and `Float16_t`: `[low,high]` or `[low,high,bits]` in the title; undefined where not read here. */
const truncatedElement = (title: string, target: 'float32' | 'float64'): Element | undefined => {
  const range = /\[\s*([-+.\deE]+)\s*,\s*([-+.\deE]+)\s*(?:,\s*(\d+)\s*)?\]/.exec(title);
  if (range === null) {
    const saysMore = /\[[^\]]*,[^\]]*\]/.test(title);
    return target === 'float64' && !saysMore ? double32Element : undefined;
  }
  const [low, high, bits] = [Number(range[1]), Number(range[2]), range[3] === undefined ? 32 : Number(range[3])];
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high || bits < 2 || bits > 32) return undefined;
  return rangedElement(target, low, high, bits);
};

const elementOfLeaf = (leaf: JsrootLeaf): Element | undefined => {
  const pick = (signed: Element, unsigned: Element): Element => (leaf.fIsUnsigned ? unsigned : signed);
  switch (leaf._typename) {
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
      return truncatedElement(leaf.fTitle, 'float32');
    case 'TLeafD32':
      return truncatedElement(leaf.fTitle, 'float64');
    default:
      return undefined;
  }
};

const brackets = (dimensions: readonly number[]): string => dimensions.map((n) => `[${n}]`).join('');

/** A branch of plain leaves. */
const plainLayout = (leaves: readonly JsrootLeaf[]): BranchLayout => {
  const [first] = leaves;
  if (first === undefined) return unreadable('', 'It has no leaf.');
  if (leaves.length === 1) {
    if (first._typename === 'TLeafC') return { typeName: 'char*', layout: { kind: 'string', hasHeader: false } };
    const element = elementOfLeaf(first);
    const dimensions = dimensionsOf(first);
    if (element === undefined || dimensions === undefined) {
      return unreadable(first._typename, `Leaves of class ${first._typename} like this one are not read yet.`);
    }
    if (first.fLeafCount) {
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
    if (element === undefined || dimensions === undefined || leaf.fLeafCount) {
      return unreadable('leaf list', `Its leaf ${leaf.fName} (${leaf._typename}) is not read inside a leaf list.`);
    }
    const bytes = element.size * leaf.fLen;
    list.push({ name: leaf.fName, element, dimensions, byteOffset: bytesPerEntry, bytes });
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

/** `kCounter`: the length of another member; its type says whether it is signed. */
const counterCode = 6;
const counterElement = (member: StreamerElement | undefined): Element => {
  const named = elementOfTypeName(member?.fTypeName ?? '');
  return named?.size === 4 ? named : elements.int32;
};

/** Streamer type of a `TObject`'s flags: two more bytes follow where the object is referenced. */
const bitsCode = 15;
/** Streamer type of a `TString`. */
const tstringCode = 65;

const objectReason = 'It holds objects; its sub-branches, where there are some, can be read.';

/** A branch of a class or of an STL collection. */
const elementLayout = (branch: JsrootBranch, leaf: JsrootLeaf, findMember: FindMember): BranchLayout => {
  const className = branch.fClassName ?? '';
  const { fType: role = 0, fStreamerType: code = -1, fID: id = -1 } = branch;
  if (id < 0 || code < 0) {
    const whole = role <= 0 && branch.fBranches.arr.length === 0 ? stlLayout(className, false) : undefined;
    return whole ?? unreadable(className, objectReason);
  }
  const member = findMember(branch);
  const typeName = member?.fTypeName ?? className;
  const isMemberOfCollection = role === 31 || role === 41;
  if (role !== 0 && !isMemberOfCollection) return unreadable(typeName, objectReason);
  const basic = code % 20;
  const isTruncated = code < 60 && (basic === 9 || basic === 19);
  const element = isTruncated
    ? truncatedElement(member?.fTitle ?? '[,]', basic === 9 ? 'float64' : 'float32')
    : basic === counterCode
      ? counterElement(member)
      : elementOfStreamerType(basic);
  if (code < 60 && element === undefined) {
    return unreadable(typeName, `Members stored as ${typeName} with this precision are not read yet.`);
  }
  if (code < 40 && element !== undefined) {
    const dimensions = dimensionsOf(leaf);
    if (dimensions === undefined) return unreadable(typeName, 'Its array dimensions are not understood.');
    if (isMemberOfCollection && code === bitsCode) {
      return unreadable(typeName, 'The flags of objects in a collection are not read yet.');
    }
    if (isMemberOfCollection) {
      return {
        typeName: `${element.typeName}[]${brackets(dimensions)}`,
        layout: { kind: 'counted', element, dimensions, headerBytes: 0 },
      };
    }
    return { typeName: `${element.typeName}${brackets(dimensions)}`, layout: { kind: 'fixed', element, dimensions } };
  }
  if (code < 60 && element !== undefined && !isMemberOfCollection) {
    return {
      typeName: `${element.typeName}[]`,
      layout: { kind: 'counted', element, dimensions: [], headerBytes: 1 },
    };
  }
  if (code === tstringCode && !isMemberOfCollection) {
    return { typeName: 'std::string', layout: { kind: 'string', hasHeader: false } };
  }
  const stl = isMemberOfCollection ? undefined : stlLayout(typeName, true);
  return stl ?? unreadable(typeName, `Members of type ${typeName} are not read yet.`);
};

/** Decides how a branch is read, or why it is not. Never guesses: what is not known to be right is unreadable. */
export const branchLayout = (branch: JsrootBranch, findMember: FindMember): BranchLayout => {
  const leaves = branch.fLeaves.arr;
  const [leaf] = leaves;
  if (!leaves.every(isLeaf)) return unreadable(branch.fClassName ?? branch._typename, 'Its leaves are not understood.');
  if (branch.fFileName) return unreadable(branch._typename, `Its data lie in another file, ${branch.fFileName}.`);
  if (branch._typename === 'TBranchElement') {
    return leaf === undefined
      ? unreadable(branch.fClassName ?? '', objectReason)
      : elementLayout(branch, leaf, findMember);
  }
  if (branch._typename !== 'TBranch') {
    return unreadable(branch.fClassName ?? branch._typename, `Branches of class ${branch._typename} are not read.`);
  }
  return plainLayout(leaves);
};
