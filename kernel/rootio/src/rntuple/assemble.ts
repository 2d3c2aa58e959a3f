import { CygnetError, newNumericArray } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';
import { decodeText } from '../decode-text.ts';
import { itemRange } from './piece.ts';
import type { Piece } from './piece.ts';
import type { Plan } from './plan.ts';

const mostItems = 2 ** 31 - 1;

/** Offsets of a list or string piece, counted from its own first item. */
const offsetsOf = (piece: Piece, what: string): Int32Array => {
  const { start, stop, values, item } = piece;
  const offsets = new Int32Array(stop - start + 1);
  if (values === undefined) return offsets;
  const [first, last] = itemRange(piece, what);
  const items = last - first;
  if (items > mostItems) {
    throw new CygnetError('unsupported', `${what}: too large for one column; read it in parts with start and stop.`);
  }
  if (item === undefined || item.start !== first || item.stop !== last) {
    throw new CygnetError('corrupt-data', `${what}: a collection's index does not fit its items.`);
  }
  const skipped = start === 0 ? 0 : 1;
  let previous = 0;
  for (let i = 1; i < offsets.length; i++) {
    const end = Number(values[i - 1 + skipped]) - first;
    if (!(end >= previous && end <= items)) {
      throw new CygnetError('corrupt-data', `${what}: the index of a collection is damaged.`);
    }
    offsets[i] = end;
    previous = end;
  }
  return offsets;
};

const sizesOf = ({ start, stop, values }: Piece, type: 'uint32' | 'uint64', what: string): NumericArray => {
  const sizes = newNumericArray(type, stop - start);
  const skipped = start === 0 ? 0 : 1;
  for (let i = 0; i < sizes.length; i++) {
    const at = i + skipped;
    const size = Number(values?.[at]) - (at === 0 ? 0 : Number(values?.[at - 1]));
    if (!(size >= 0)) throw new CygnetError('corrupt-data', `${what}: the index of a collection is damaged.`);
    if (sizes instanceof BigUint64Array) sizes[i] = BigInt(size);
    else sizes[i] = size;
  }
  return sizes;
};

const textsOf = (offsets: Int32Array, chars: NumericArray | undefined): readonly string[] => {
  const bytes =
    chars === undefined ? new Uint8Array() : new Uint8Array(chars.buffer, chars.byteOffset, chars.byteLength);
  const texts: string[] = [];
  for (let i = 1; i < offsets.length; i++) texts.push(decodeText(bytes.subarray(offsets[i - 1], offsets[i])));
  return texts;
};

const asFloats = (values: NumericArray, type: Plan & { readonly kind: 'number' }): NumericArray => {
  if (type.type === 'float64' && values instanceof Float32Array) return Float64Array.from(values);
  if (type.type === 'float32' && values instanceof Float64Array) return Float32Array.from(values);
  return values;
};

/** The column of a piece whose data are all there. @throws CygnetError `corrupt-data` or `unsupported`. */
export const assemble = (piece: Piece, what: string): Column => {
  const { plan, item, start, stop } = piece;
  switch (plan.kind) {
    case 'number':
      return {
        kind: 'flat',
        type: plan.type,
        values: asFloats(piece.values ?? newNumericArray(plan.type, 0), plan),
      };
    case 'size':
      return { kind: 'flat', type: plan.type, values: sizesOf(piece, plan.type, what) };
    case 'string':
      return { kind: 'string', values: textsOf(offsetsOf(piece, what), item?.values) };
    case 'list':
      return { kind: 'jagged', offsets: offsetsOf(piece, what), content: assembleItem(item, what) };
    case 'array': {
      const offsets = Int32Array.from({ length: stop - start + 1 }, (_, i) => i * plan.size);
      return { kind: 'jagged', offsets, content: assembleItem(item, what) };
    }
  }
};

const assembleItem = (item: Piece | undefined, what: string): Column => {
  if (item === undefined) throw new CygnetError('corrupt-data', `${what}: the items of a collection are missing.`);
  return assemble(item, what);
};

/** The column of no entries at all. */
export const emptyColumn = (plan: Plan): Column => {
  switch (plan.kind) {
    case 'number':
    case 'size':
      return { kind: 'flat', type: plan.type, values: newNumericArray(plan.type, 0) };
    case 'string':
      return { kind: 'string', values: [] };
    case 'list':
    case 'array':
      return { kind: 'jagged', offsets: new Int32Array(1), content: emptyColumn(plan.item) };
  }
};
