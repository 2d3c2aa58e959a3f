import { CygnetError } from '@cygnet/columns';
import { isStreamedObject } from '../streamed/streamed-object.ts';
import type { StreamedObject } from '../streamed/streamed-object.ts';

/** A `TLeaf`: what is stored of one entry. */
export interface LeafRecord {
  readonly className: string;
  readonly name: string;
  readonly title: string;
  /** Items in its fixed array, 1 without one; negative where ROOT does not know. */
  readonly length: number;
  readonly isUnsigned: boolean;
  /** The leaf that counts its items. */
  readonly countLeaf?: LeafRecord;
}

/** A basket that lies inside the tree's record. */
export interface BasketRecord {
  readonly entries: number;
  readonly keyLength: number;
  /** Where its entries' bytes end, counted from the start of its key. */
  readonly last: number;
  /** Behind its key. */
  readonly data: Uint8Array;
  /** Counted from the start of its key. */
  readonly offsets?: Int32Array;
  /** Whether its entry offsets follow from counts in another branch. */
  readonly mustGenerate: boolean;
}

/** What a branch of a class says of the class's member that it holds. */
export interface MemberRecord {
  readonly className: string;
  readonly classVersion: number;
  readonly checksum: number;
  /** ROOT's `fType`: 0 member, 1 base, 2 class, 3 TClonesArray, 31 member of one, 4 STL collection, 41 member of one. */
  readonly role: number;
  /** ROOT's `fStreamerType`, -1 for a whole class. */
  readonly streamerType: number;
  /** Position in the class's description, -1 for a whole class. */
  readonly id: number;
}

/** A `TBranch`. */
export interface BranchRecord {
  readonly className: string;
  readonly name: string;
  readonly title: string;
  readonly entries: number;
  readonly firstEntry: number;
  readonly totalBytes: number;
  readonly zipBytes: number;
  readonly writeBasket: number;
  /** Where its data lie, when that is another file. */
  readonly fileName: string;
  readonly basketEntry: ArrayLike<number | bigint>;
  readonly basketSeek: ArrayLike<number | bigint>;
  readonly basketBytes: ArrayLike<number | bigint>;
  readonly baskets: readonly (BasketRecord | undefined)[];
  readonly branches: readonly BranchRecord[];
  readonly leaves: readonly LeafRecord[];
  readonly member?: MemberRecord;
}

/** A `TTree`. */
export interface TreeRecord {
  readonly title: string;
  readonly entries: number;
  readonly branches: readonly BranchRecord[];
}

/** Takes members out of an object, each of the type that it must have. */
const membersOf = (object: StreamedObject, what: string) => {
  const bad = (name: string): CygnetError =>
    new CygnetError('corrupt-data', `${what}: ${object.className} has no usable ${name}.`);
  const find = (name: string): unknown => object.members.get(name);
  return {
    text: (name: string, otherwise?: string): string => {
      const value = find(name) ?? otherwise;
      if (typeof value !== 'string') throw bad(name);
      return value;
    },
    whole: (name: string, otherwise?: number): number => {
      const value = find(name) ?? otherwise;
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw bad(name);
      return value;
    },
    list: (name: string): readonly unknown[] => {
      const value = find(name);
      if (!Array.isArray(value)) throw bad(name);
      return value;
    },
    numbers: (name: string): ArrayLike<number | bigint> => {
      const value = find(name);
      if (!(ArrayBuffer.isView(value) && !(value instanceof DataView))) throw bad(name);
      return value as unknown as ArrayLike<number | bigint>;
    },
    flag: (name: string): boolean => find(name) === true,
    value: find,
  };
};

const isBasket = (value: unknown): value is BasketRecord =>
  typeof value === 'object' && value !== null && (value as Partial<BasketRecord>).data instanceof Uint8Array;

/** The tree that was stored as `object`, with every part checked. @throws CygnetError `corrupt-data`. */
export const treeRecord = (object: unknown, what: string): TreeRecord => {
  if (!isStreamedObject(object)) throw new CygnetError('corrupt-data', `${what}: the tree is damaged.`);
  const leaves = new Map<StreamedObject, LeafRecord>();
  const branches = new Set<StreamedObject>();

  const leafOf = (value: unknown): LeafRecord => {
    if (!isStreamedObject(value)) throw new CygnetError('corrupt-data', `${what}: a leaf is damaged.`);
    const known = leaves.get(value);
    if (known !== undefined) return known;
    const members = membersOf(value, what);
    const counted = members.value('fLeafCount');
    const leaf = {
      className: value.className,
      name: members.text('fName', ''),
      title: members.text('fTitle', ''),
      length: members.whole('fLen', 0),
      isUnsigned: members.flag('fIsUnsigned'),
    };
    leaves.set(value, leaf);
    if (counted !== undefined && counted !== value) {
      const whole = { ...leaf, countLeaf: leafOf(counted) };
      leaves.set(value, whole);
      return whole;
    }
    return leaf;
  };

  const branchOf = (value: unknown): BranchRecord => {
    if (!isStreamedObject(value) || branches.has(value)) {
      throw new CygnetError('corrupt-data', `${what}: a branch is damaged or inside itself.`);
    }
    branches.add(value);
    const members = membersOf(value, what);
    const { className } = value;
    const base: BranchRecord = {
      className,
      name: members.text('fName'),
      title: members.text('fTitle'),
      entries: members.whole('fEntries'),
      firstEntry: members.whole('fFirstEntry', 0),
      totalBytes: members.whole('fTotBytes', 0),
      zipBytes: members.whole('fZipBytes', 0),
      writeBasket: members.whole('fWriteBasket'),
      fileName: members.text('fFileName', ''),
      basketEntry: members.numbers('fBasketEntry'),
      basketSeek: members.numbers('fBasketSeek'),
      basketBytes: members.numbers('fBasketBytes'),
      baskets: members.list('fBaskets').map((basket) => (isBasket(basket) ? basket : undefined)),
      branches: members.list('fBranches').map(branchOf),
      leaves: members.list('fLeaves').map(leafOf),
    };
    if (className !== 'TBranchElement') return base;
    return {
      ...base,
      member: {
        className: members.text('fClassName'),
        classVersion: members.whole('fClassVersion'),
        checksum: members.whole('fCheckSum'),
        role: members.whole('fType'),
        streamerType: members.whole('fStreamerType'),
        id: members.whole('fID'),
      },
    };
  };

  const members = membersOf(object, what);
  const entries = members.whole('fEntries');
  if (entries < 0) throw new CygnetError('corrupt-data', `${what}: the tree has ${entries} entries.`);
  return { title: members.text('fTitle', ''), entries, branches: members.list('fBranches').map(branchOf) };
};
