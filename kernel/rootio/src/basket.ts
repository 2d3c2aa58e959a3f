import { CygnetError } from '@cygnet/columns';
import type { Codecs } from './codecs.ts';
import { decompressRecord } from './decompress.ts';
import { generatedOffsets } from './tree/basket-object.ts';
import type { BasketRecord } from './tree/tree-record.ts';
import { whenThere } from './when-there.ts';

/** The entries of one basket: their bytes, and where each starts when they differ in length. */
export interface Basket {
  readonly entries: number;
  /** Only the entries' bytes. */
  readonly data: Uint8Array;
  /** Length: entries + 1. Undefined when all entries have one length. */
  readonly offsets?: Int32Array;
  /** Whether the offsets were left out because they follow from the counts of another branch. */
  readonly mustGenerate: boolean;
}

/** Shortest key of a basket: fixed numbers, three empty names, the basket's own 19 bytes. */
const shortestKey = 18 + 8 + 3 + 19;
/** ROOT writes no basket larger than this. */
const largestBasket = 2 ** 30;

const damaged = (what: string, how: string): CygnetError => new CygnetError('corrupt-data', `${what}: ${how}.`);

const checkedOffsets = (
  offsetAt: (entry: number) => number,
  entries: number,
  keyLength: number,
  dataLength: number,
  what: string,
): Int32Array => {
  const offsets = new Int32Array(entries + 1);
  let previous = 0;
  for (let i = 0; i < entries; i++) {
    const offset = offsetAt(i) - keyLength;
    if (!(offset >= previous && offset <= dataLength) || (i === 0 && offset !== 0)) {
      throw damaged(what, 'the entry offsets of a basket are damaged');
    }
    offsets[i] = offset;
    previous = offset;
  }
  offsets[entries] = dataLength;
  return offsets;
};

/** The rest of a basket behind the entries' bytes: a count, then the offsets (counted from the start of the key). */
const storedOffsets = (
  raw: Uint8Array,
  dataLength: number,
  entries: number,
  keyLength: number,
  what: string,
): Int32Array => {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const room = raw.length - dataLength - 4;
  const count = room >= 0 ? view.getInt32(dataLength) : -1;
  if (count < entries || 4 * count > room) throw damaged(what, 'a basket has fewer entry offsets than entries');
  return checkedOffsets((i) => view.getInt32(dataLength + 4 + 4 * i), entries, keyLength, dataLength, what);
};

/**
 * A basket from its record on disk.
 *
 * @param record Key and data; longer when the record was read with its neighbours.
 * @param entries How many entries the tree says it has.
 * @param into Where the bytes are decompressed to if they are as many as it has room for.
 * @throws CygnetError `corrupt-data` or `unsupported`.
 */
export const basketFromRecord = (
  record: Uint8Array,
  entries: number,
  codecs: Codecs,
  what: string,
  into?: Uint8Array,
): Basket | Promise<Basket> => {
  if (record.length < shortestKey) throw damaged(what, 'a basket is shorter than its key');
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const length = view.getInt32(0);
  const rawLength = view.getInt32(6);
  const keyLength = view.getInt16(14);
  if (length !== record.length || keyLength < shortestKey || keyLength > length) {
    throw damaged(what, 'the key of a basket is damaged');
  }
  if (rawLength < 0 || rawLength > largestBasket) throw damaged(what, 'a basket has an impossible length');
  const counted = view.getInt32(keyLength - 9);
  const dataLength = view.getInt32(keyLength - 5) - keyLength;
  if (counted !== entries) throw damaged(what, `a basket has ${counted} entries where the tree says ${entries}`);
  if (dataLength < 0 || dataLength > rawLength) throw damaged(what, 'the data of a basket end outside it');
  const mustGenerate = view.getUint8(keyLength - 1) >= generatedOffsets;
  const room = into?.length === rawLength ? into : undefined;
  return whenThere(decompressRecord(record.subarray(keyLength), rawLength, codecs, what, room), (raw) => {
    const data = raw.subarray(0, dataLength);
    if (dataLength === rawLength) return { entries, data, mustGenerate };
    return { entries, data, mustGenerate, offsets: storedOffsets(raw, dataLength, entries, keyLength, what) };
  });
};

/** A basket that lies in the tree's own record instead of on disk by itself. */
export const embeddedBasket = (basket: BasketRecord, what: string): Basket => {
  const { entries, keyLength, offsets, mustGenerate } = basket;
  const dataLength = basket.last - keyLength;
  if (!(entries >= 0 && dataLength >= 0 && dataLength <= basket.data.length)) {
    throw damaged(what, 'a basket inside the tree is damaged');
  }
  const data = basket.data.subarray(0, dataLength);
  if (offsets === undefined) return { entries, data, mustGenerate };
  if (offsets.length < entries) throw damaged(what, 'a basket has fewer entry offsets than entries');
  return {
    entries,
    data,
    mustGenerate,
    offsets: checkedOffsets((i) => offsets[i] as number, entries, keyLength, dataLength, what),
  };
};
