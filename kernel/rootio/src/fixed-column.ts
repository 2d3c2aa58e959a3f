import { CygnetError, newNumericArray } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import type { BasketPlace } from './basket-list.ts';
import type { Codecs } from './codecs.ts';
import { inDimensions } from './decode.ts';
import { itemsIn } from './layout.ts';
import type { Layout } from './layout.ts';

/** Entries `[start, stop)`. */
export interface EntryRange {
  readonly start: number;
  readonly stop: number;
}

/** A column of plain numbers that its baskets fill in place: nothing is joined afterwards. */
export interface FixedColumn {
  readonly column: Column;
  /** The bytes of a basket's entries where they belong; undefined when not all of them are wanted. */
  roomFor(place: EntryRange): Uint8Array | undefined;
  /** Decodes the wanted entries of a basket, which may lie in the room for it. */
  fill(basket: Basket, place: EntryRange): void;
}

/** ROOT writes no larger baskets, and no codec makes data smaller than by the second figure. */
const largestBasket = 2 ** 30;
const largestRatio = 2 ** 16;

/**
 * The column of a fixed layout whose numbers take as many bytes in memory as on disk; undefined for others.
 *
 * @param prepare Told of the column's memory before it is filled.
 * @param places All baskets that it is filled from.
 * @throws CygnetError `corrupt-data` when a basket is too small for its entries, before memory is taken for them.
 */
export const fixedColumn = (
  layout: Layout,
  places: readonly BasketPlace[],
  wanted: EntryRange,
  what: string,
  prepare: Codecs['prepareMemory'],
): FixedColumn | undefined => {
  if (layout.kind !== 'fixed' || layout.element.decodeInPlace === undefined) return undefined;
  const { element, dimensions } = layout;
  const { decodeInPlace } = layout.element;
  const items = itemsIn(dimensions);
  const entryBytes = items * element.size;
  for (const place of places) {
    const bytes = (place.stop - place.start) * entryBytes;
    if (bytes > largestBasket || (place.kind === 'disk' && bytes > place.bytes * largestRatio)) {
      throw new CygnetError('corrupt-data', `${what}: a basket has more entries than fit it.`);
    }
  }
  const values = newNumericArray(element.type, (wanted.stop - wanted.start) * items);
  prepare?.(new Uint8Array(values.buffer));
  const part = ({ start, stop }: EntryRange): NumericArray =>
    values.subarray((start - wanted.start) * items, (stop - wanted.start) * items);
  return {
    column: inDimensions({ kind: 'flat', type: element.type, values }, wanted.stop - wanted.start, dimensions),
    roomFor: (place) => {
      if (place.start < wanted.start || place.stop > wanted.stop) return undefined;
      const { buffer, byteOffset, byteLength } = part(place);
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
    fill: ({ data, entries }, place) => {
      if (data.length !== entries * entryBytes) {
        throw new CygnetError(
          'corrupt-data',
          `${what}: a basket holds ${data.length} bytes where ${entries} entries need ${entries * entryBytes}.`,
        );
      }
      const start = Math.max(wanted.start, place.start);
      const stop = Math.min(wanted.stop, place.stop);
      const source = data.subarray((start - place.start) * entryBytes, (stop - place.start) * entryBytes);
      decodeInPlace(source, part({ start, stop }));
    },
  };
};
