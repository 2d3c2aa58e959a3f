import { CygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import type { Basket } from './basket.ts';
import { advance, expectEnd, readInt32, readObjectHeader } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { readString } from './decode-strings.ts';
import type { Element } from './element.ts';

/** Collects a nest of lists: one run of end positions a level, then the items. */
interface Nest {
  readonly ends: readonly number[][];
  readonly bytes: Uint8Array;
  written: number;
  readonly strings: string[];
}

const readList = (cursor: Cursor, size: number, level: number, item: Element | 'string', nest: Nest): void => {
  if (size < 0 || size > cursor.stop - cursor.at) {
    throw new CygnetError('corrupt-data', `${cursor.what}: a vector of ${size} items does not fit its entry.`);
  }
  const inner = nest.ends[level + 1];
  if (inner !== undefined) {
    for (let i = 0; i < size; i++) {
      readList(cursor, readInt32(cursor), level + 1, item, nest);
    }
  } else if (item === 'string') {
    for (let i = 0; i < size; i++) nest.strings.push(readString(cursor));
  } else {
    const length = size * item.size;
    const start = advance(cursor, length);
    nest.bytes.set(cursor.data.subarray(start, start + length), nest.written);
    nest.written += length;
  }
  const own = nest.ends[level] as number[];
  own.push((own[own.length - 1] as number) + size);
};

/** A nest of `std::vector` an entry, as jagged columns. */
export const decodeVectors = (
  basket: Basket,
  offsets: Int32Array,
  depth: number,
  item: Element | 'string',
  what: string,
): Column => {
  const nest: Nest = {
    ends: Array.from({ length: depth }, () => [0]),
    bytes: new Uint8Array(item === 'string' ? 0 : basket.data.length),
    written: 0,
    strings: [],
  };
  for (let i = 0; i < basket.entries; i++) {
    const cursor: Cursor = { data: basket.data, at: offsets[i] as number, stop: offsets[i + 1] as number, what };
    readObjectHeader(cursor);
    readList(cursor, readInt32(cursor), 0, item, nest);
    expectEnd(cursor);
  }
  let column: Column =
    item === 'string'
      ? { kind: 'string', values: nest.strings }
      : { kind: 'flat', type: item.type, values: item.decode(nest.bytes.subarray(0, nest.written)) };
  for (const ends of nest.ends.toReversed()) {
    column = { kind: 'jagged', offsets: Int32Array.from(ends), content: column };
  }
  return column;
};
