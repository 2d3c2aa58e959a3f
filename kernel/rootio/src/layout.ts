import type { Builder } from './builders/builder.ts';
import type { Element } from './element.ts';

/** One leaf of a leaf list: where its bytes lie in an entry. */
export interface LeafLayout {
  readonly name: string;
  readonly element: Element;
  /** Fixed array dimensions, outermost first; empty for one number. */
  readonly dimensions: readonly number[];
  readonly byteOffset: number;
  readonly bytes: number;
}

/** How a branch's entries lie in its baskets. */
export type Layout =
  | { readonly kind: 'fixed'; readonly element: Element; readonly dimensions: readonly number[] }
  | { readonly kind: 'leaf-list'; readonly leaves: readonly LeafLayout[]; readonly bytesPerEntry: number }
  /** As many items as another branch says; `headerBytes` come before them in each entry. */
  | {
      readonly kind: 'counted';
      readonly element: Element;
      readonly dimensions: readonly number[];
      readonly headerBytes: 0 | 1;
    }
  /** `hasHeader`: a byte count and a version come before each string. */
  | { readonly kind: 'string'; readonly hasHeader: boolean }
  /** `std::vector` nested `depth` times, after a header of ten bytes. */
  | { readonly kind: 'vector'; readonly depth: number; readonly item: Element | 'string' }
  /** Flags of `TObject`s, which take two more bytes where the object is referenced. */
  | { readonly kind: 'flags'; readonly isRepeated: boolean }
  /** Objects and collections, read as their classes are described; `isRepeated`: one value an item of a collection. */
  | { readonly kind: 'streamed'; readonly isRepeated: boolean; readonly make: () => Builder };

/** A branch that cannot be read, and why. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** Items in one fixed array. */
export const itemsIn = (dimensions: readonly number[]): number => dimensions.reduce((product, n) => product * n, 1);
