import { CygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import { FlagsBuilder, TextBuilder } from './builders/plain-builders.ts';
import { decodeStreamed } from './decode-streamed.ts';
import { decodeStrings } from './decode-strings.ts';
import { decodeVectors } from './decode-vectors.ts';
import type { Element } from './element.ts';
import { itemsIn } from './layout.ts';
import type { Layout } from './layout.ts';

/** One column of a branch; a leaf list gives several, named after its leaves. */
export interface NamedColumn {
  /** Empty for the branch itself. */
  readonly leaf: string;
  readonly column: Column;
}

const damaged = (what: string, how: string): CygnetError => new CygnetError('corrupt-data', `${what}: ${how}.`);

/** Wraps a flat run of numbers into fixed arrays: lists that all have the same length. */
export const inDimensions = (flat: Column, outer: number, dimensions: readonly number[]): Column => {
  const [size, ...inner] = dimensions;
  if (size === undefined) return flat;
  const offsets = Int32Array.from({ length: outer + 1 }, (_, i) => i * size);
  return { kind: 'jagged', offsets, content: inDimensions(flat, outer * size, inner) };
};

const numbers = (element: Element, bytes: Uint8Array): Column => ({
  kind: 'flat',
  type: element.type,
  values: element.decode(bytes),
});

const decodeFixed = (basket: Basket, element: Element, dimensions: readonly number[], what: string): Column => {
  const expected = basket.entries * itemsIn(dimensions) * element.size;
  if (basket.data.length !== expected) {
    throw damaged(what, `a basket holds ${basket.data.length} bytes where ${basket.entries} entries need ${expected}`);
  }
  return inDimensions(numbers(element, basket.data), basket.entries, dimensions);
};

const decodeLeafList = (
  basket: Basket,
  layout: Extract<Layout, { readonly kind: 'leaf-list' }>,
  what: string,
): readonly NamedColumn[] => {
  const { bytesPerEntry } = layout;
  if (basket.data.length !== basket.entries * bytesPerEntry) {
    throw damaged(what, `a basket holds ${basket.data.length} bytes for ${basket.entries} entries of ${bytesPerEntry}`);
  }
  return layout.leaves.map(({ name, element, dimensions, byteOffset, bytes }) => {
    const own = new Uint8Array(basket.entries * bytes);
    for (let i = 0, from = byteOffset; i < basket.entries; i++, from += bytesPerEntry) {
      own.set(basket.data.subarray(from, from + bytes), i * bytes);
    }
    return { leaf: name, column: inDimensions(numbers(element, own), basket.entries, dimensions) };
  });
};

const decodeCounted = (
  basket: Basket,
  offsets: Int32Array,
  layout: Extract<Layout, { readonly kind: 'counted' }>,
  what: string,
): Column => {
  const { element, dimensions, headerBytes } = layout;
  const itemBytes = itemsIn(dimensions) * element.size;
  const counts = new Int32Array(basket.entries + 1);
  let payload = basket.data;
  if (headerBytes > 0) payload = new Uint8Array(basket.data.length);
  let written = 0;
  for (let i = 0; i < basket.entries; i++) {
    const start = offsets[i] as number;
    const stop = offsets[i + 1] as number;
    const header = headerBytes > 0 && stop > start ? headerBytes : 0;
    const length = stop - start - header;
    if (length % itemBytes !== 0) throw damaged(what, `entry ${i} of a basket is not a whole number of items`);
    counts[i + 1] = (counts[i] as number) + length / itemBytes;
    if (headerBytes > 0) payload.set(basket.data.subarray(start + header, stop), written);
    written += length;
  }
  const items = counts[basket.entries] as number;
  const flat = numbers(element, payload.subarray(0, written));
  return { kind: 'jagged', offsets: counts, content: inDimensions(flat, items, dimensions) };
};

/** Entry offsets of a basket whose entries differ in length; a basket of at most one entry may come without. */
const offsetsOf = (basket: Basket, what: string): Int32Array => {
  if (basket.offsets !== undefined) return basket.offsets;
  if (basket.entries === 0) return new Int32Array(1);
  if (basket.entries === 1) return Int32Array.of(0, basket.data.length);
  throw new CygnetError('unsupported', `${what}: its baskets have no entry offsets, which is not read yet.`);
};

/**
 * The columns of one basket's entries.
 *
 * @throws CygnetError `corrupt-data` when the bytes do not fit the layout, `unsupported`.
 */
export const decodeBasket = (basket: Basket, layout: Layout, what: string): readonly NamedColumn[] => {
  const one = (column: Column): readonly NamedColumn[] => [{ leaf: '', column }];
  switch (layout.kind) {
    case 'fixed':
      return one(decodeFixed(basket, layout.element, layout.dimensions, what));
    case 'leaf-list':
      return decodeLeafList(basket, layout, what);
    case 'counted':
      return one(decodeCounted(basket, offsetsOf(basket, what), layout, what));
    case 'string':
      if (basket.offsets === undefined && !layout.hasHeader) {
        return one(decodeStreamed(basket, new TextBuilder('TString'), false, what));
      }
      return one(decodeStrings(basket, offsetsOf(basket, what), layout.hasHeader, what));
    case 'vector':
      return one(decodeVectors(basket, offsetsOf(basket, what), layout.depth, layout.item, what));
    case 'flags':
      return one(decodeStreamed(basket, new FlagsBuilder(), layout.isRepeated, what));
    case 'streamed':
      return one(decodeStreamed(basket, layout.make(), layout.isRepeated, what));
  }
};

/** The columns of no entries at all. */
export const emptyColumns = (layout: Layout): readonly NamedColumn[] =>
  decodeBasket({ entries: 0, data: new Uint8Array(0), offsets: new Int32Array(1), mustGenerate: false }, layout, '');
