import { concatColumns } from '@cygnet/columns';
import type { Column, FlatColumn, NumericArray } from '@cygnet/columns';

type Maker = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => NumericArray;

/** One array over parts that lie behind each other in memory; undefined when they do not. */
const oneArray = (parts: readonly FlatColumn[]): FlatColumn | undefined => {
  const filled = parts.filter(({ values }) => values.length > 0);
  const [first] = filled;
  if (first === undefined) return undefined;
  const { buffer, byteOffset } = first.values;
  let stop = byteOffset;
  for (const { type, values } of filled) {
    if (type !== first.type || values.buffer !== buffer || values.byteOffset !== stop) return undefined;
    stop += values.byteLength;
  }
  const length = (stop - byteOffset) / first.values.BYTES_PER_ELEMENT;
  const Numbers = first.values.constructor as Maker;
  return { kind: 'flat', type: first.type, values: new Numbers(buffer, byteOffset, length) };
};

const nothing: FlatColumn = { kind: 'flat', type: 'uint8', values: new Uint8Array(0) };

/**
 * Columns of one kind and type, one after the other, copied only where they do not lie behind each other already.
 *
 * @throws RangeError when there are more items than one column holds.
 */
export const joinColumns = (parts: readonly Column[]): Column => {
  const flat = parts.filter((part) => part.kind === 'flat');
  if (flat.length === parts.length) return oneArray(flat) ?? concatColumns(parts);
  const jagged = parts.filter((part) => part.kind === 'jagged');
  if (jagged.length !== parts.length || parts.length === 1) return concatColumns(parts);
  const joined = concatColumns(jagged.map(({ offsets }) => ({ kind: 'jagged', offsets, content: nothing })));
  if (joined.kind !== 'jagged') return joined;
  return { kind: 'jagged', offsets: joined.offsets, content: joinColumns(jagged.map((part) => part.content)) };
};
