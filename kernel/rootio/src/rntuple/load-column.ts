import { CygnetError } from '@cygnet/columns';
import type { NumericArray } from '@cygnet/columns';
import { decompressRecord } from '../decompress.ts';
import type { RangeTask } from '../read-ranges.ts';
import { withScratch } from '../scratch.ts';
import { whenThere } from '../when-there.ts';
import { newElements, pageBytes } from './encoding.ts';
import { checkKeySize } from './envelope.ts';
import type { RNTupleSource } from './envelope.ts';
import type { Cluster, Page } from './page-list.ts';
import { columnIn, elementsOf } from './plan.ts';
import type { EncodedColumn, StoredColumn } from './plan.ts';
import { xxh3 } from './xxh3.ts';

/** ROOT writes pages of up to 1 MiB; by its options, larger ones. */
const largestPage = 2 ** 30;
/** No codec makes data smaller than by this factor. */
const largestRatio = 2 ** 16;
const checksumLength = 8;

const damaged = (what: string, how: string): CygnetError => new CygnetError('corrupt-data', `${what}: ${how}.`);

const checkPage = (page: Page, rawLength: number, from: RNTupleSource, what: string): void => {
  const { start, length, hasChecksum } = page;
  const stop = start + length + (hasChecksum ? checksumLength : 0);
  if (!(start > 0 && length > 0 && stop <= from.size)) throw damaged(what, 'a page lies outside the file');
  checkKeySize(stop - start, from, what);
  if (rawLength > largestPage || length > rawLength || rawLength > length * largestRatio) {
    throw damaged(what, 'a page has an impossible length');
  }
};

/** The decompressed bytes of a page; in `room`, unless they are stored as they are. */
const openPage = (
  bytes: Uint8Array,
  page: Page,
  room: Uint8Array,
  from: RNTupleSource,
  what: string,
): Uint8Array | Promise<Uint8Array> => {
  const stored = bytes.subarray(0, page.length);
  if (page.hasChecksum) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + page.length, checksumLength);
    if (view.getBigUint64(0, true) !== xxh3(stored)) throw damaged(what, 'the checksum of a page is wrong');
  }
  return decompressRecord(stored, room.length, from.codecs, what, room);
};

/** One column of one cluster, and elements `[start, stop)` of it. */
interface ColumnRange {
  readonly column: EncodedColumn;
  readonly cluster: Cluster;
  readonly start: number;
  readonly stop: number;
}

/** With the number of elements that the column has in the cluster. */
export interface KnownRange extends ColumnRange {
  readonly elements: number;
}

/** The representation that is in use. @throws CygnetError `corrupt-data` when none is, or it has too few elements. */
export const columnRange = (
  stored: StoredColumn,
  cluster: Cluster,
  start: number,
  stop: number,
  what: string,
): KnownRange => {
  const column = columnIn(stored, cluster);
  if (column === undefined) throw damaged(what, 'no representation of a column is in use in a cluster');
  const elements = elementsOf(stored, column, cluster);
  const due = stored.perEntry === undefined ? elements : cluster.entries * stored.perEntry;
  const inPages = cluster.columns[column.description.id]?.elements ?? 0;
  if (elements !== due || inPages > elements || stop > elements) {
    throw damaged(what, `a cluster has ${inPages} elements of a column where ${Math.max(due, stop)} are due`);
  }
  if (inPages < elements && !cluster.columns.some((other) => other.elements >= cluster.entries)) {
    throw damaged(what, 'a cluster has more entries than any of its columns');
  }
  return { column, cluster, start, stop, elements };
};

interface PagePlace {
  readonly page: Page;
  /** Its elements are `[first, last)` of the column in the cluster. */
  readonly first: number;
  readonly last: number;
}

/** The pages that hold elements of a range. What is missing of a deferred column is at its beginning, and zero. */
const pagesOf = ({ column, cluster, start, stop, elements }: KnownRange): readonly PagePlace[] => {
  const stored = cluster.columns[column.description.id];
  const places: PagePlace[] = [];
  let first = elements - (stored?.elements ?? 0);
  for (const page of stored?.pages ?? []) {
    const last = first + page.elements;
    if (last > start && first < stop && page.elements > 0) places.push({ page, first, last });
    first = last;
  }
  return places;
};

/** Decodes a page where it belongs: all of it, or the part that is wanted. */
const decodePage = (
  raw: Uint8Array,
  { page, first, last }: PagePlace,
  { column, start, stop }: KnownRange,
  values: NumericArray,
): void => {
  const { encoding } = column;
  if (first >= start && last <= stop) {
    encoding.decode(raw, values.subarray(first - start, last - start));
    return;
  }
  const whole = newElements(encoding, page.elements);
  encoding.decode(raw, whole);
  const part = whole.subarray(Math.max(0, start - first), Math.min(stop, last) - first);
  (values as Float64Array).set(part as Float64Array, Math.max(0, first - start));
};

/**
 * The elements of a range; they are there when all the tasks are done.
 *
 * @param addTask Called with each page that must be read.
 * @param newValues Gives the array for the elements.
 */
export const loadColumn = (
  range: KnownRange,
  from: RNTupleSource,
  addTask: (task: RangeTask) => void,
  newValues: () => NumericArray,
  what: string,
): NumericArray => {
  const needed = pagesOf(range).map((place) => {
    const rawLength = pageBytes(place.page.elements, range.column.encoding.bits);
    checkPage(place.page, rawLength, from, what);
    return { place, rawLength };
  });
  const values = newValues();
  for (const { place, rawLength } of needed) {
    const { page } = place;
    const done = (bytes: Uint8Array): void | Promise<void> =>
      withScratch(rawLength, (room) =>
        whenThere(openPage(bytes, page, room, from, what), (raw) => decodePage(raw, place, range, values)),
      );
    addTask({ start: page.start, length: page.length + (page.hasChecksum ? checksumLength : 0), done });
  }
  return values;
};
