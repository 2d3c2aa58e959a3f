/** What is used of JSROOT's objects of class TTree, TBranch, TLeaf and TBasket. */
export interface JsrootLeaf {
  readonly _typename: string;
  readonly fName: string;
  readonly fTitle: string;
  readonly fLen: number;
  readonly fIsUnsigned: boolean;
  readonly fLeafCount?: { readonly fName: string } | null;
}

export interface JsrootBasket {
  readonly fKeylen: number;
  readonly fNevBuf: number;
  readonly fLast: number;
  readonly fEntryOffset?: ArrayLike<number>;
  readonly fBufferRef?: { readonly arr: DataView };
}

interface JsrootArray<T> {
  readonly arr: readonly T[];
}

export interface JsrootBranch {
  readonly _typename: string;
  readonly fName: string;
  readonly fTitle: string;
  readonly fEntries: number;
  readonly fTotBytes: number;
  readonly fZipBytes: number;
  readonly fWriteBasket: number;
  readonly fFirstEntry?: number;
  readonly fFileName?: string;
  readonly fBasketEntry: ArrayLike<number>;
  readonly fBasketSeek: ArrayLike<number>;
  readonly fBasketBytes: ArrayLike<number>;
  readonly fBaskets: JsrootArray<JsrootBasket | null>;
  readonly fBranches: JsrootArray<JsrootBranch>;
  readonly fLeaves: JsrootArray<JsrootLeaf>;
  /** Of a TBranchElement. */
  readonly fClassName?: string;
  readonly fClassVersion?: number;
  readonly fCheckSum?: number;
  readonly fType?: number;
  readonly fStreamerType?: number;
  readonly fID?: number;
}

export interface JsrootTree {
  readonly fTitle: string;
  readonly fEntries: number;
  readonly fBranches: JsrootArray<JsrootBranch>;
}

/** Whether JSROOT understood a leaf: of unknown classes and damaged files it gives empty objects. */
export const isLeaf = (value: unknown): value is JsrootLeaf => {
  if (typeof value !== 'object' || value === null) return false;
  const leaf = value as Partial<JsrootLeaf>;
  const isNamed =
    typeof leaf._typename === 'string' && typeof leaf.fName === 'string' && typeof leaf.fTitle === 'string';
  return isNamed && Number.isSafeInteger(leaf.fLen) && (leaf.fLen as number) >= 0;
};

const isArrayObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Array.isArray((value as { arr?: unknown }).arr);

const isBranch = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const branch = value as Partial<JsrootBranch>;
  return (
    typeof branch.fName === 'string' &&
    Number.isSafeInteger(branch.fEntries) &&
    Number.isSafeInteger(branch.fWriteBasket) &&
    typeof branch.fBasketEntry === 'object' &&
    typeof branch.fBasketSeek === 'object' &&
    typeof branch.fBasketBytes === 'object' &&
    isArrayObject(branch.fBaskets) &&
    isArrayObject(branch.fLeaves) &&
    isArrayObject(branch.fBranches) &&
    (branch.fBranches as JsrootArray<unknown>).arr.every(isBranch)
  );
};

/** Whether what JSROOT streamed is a whole tree: damaged files give objects with parts missing. */
export const isJsrootTree = (value: object): value is JsrootTree => {
  const tree = value as Partial<JsrootTree>;
  return (
    Number.isSafeInteger(tree.fEntries) &&
    (tree.fEntries as number) >= 0 &&
    isArrayObject(tree.fBranches) &&
    (tree.fBranches as JsrootArray<unknown>).arr.every(isBranch)
  );
};
