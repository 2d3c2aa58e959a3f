import type { Column, FlatColumn, NumericArray } from '../column.ts';
import { Scratch } from './values.ts';
import type { Block, Values } from './values.ts';

/** A column of numbers, in lists or not, taken apart. */
export interface Leaf {
  readonly flat: FlatColumn;
  /** Offsets of the lists, the outermost first. */
  readonly levels: readonly Int32Array[];
}

/** Undefined for strings and records. */
export const leafOf = (column: Column): Leaf | undefined => {
  const levels: Int32Array[] = [];
  let inner = column;
  while (inner.kind === 'jagged') {
    levels.push(inner.offsets);
    inner = inner.content;
  }
  return inner.kind === 'flat' ? { flat: inner, levels } : undefined;
};

const copyNumbers = (values: NumericArray, first: number, size: number, to: Float64Array): void => {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    for (let i = 0; i < size; i++) to[i] = Number(values[first + i]);
  } else {
    for (let i = 0; i < size; i++) to[i] = values[first + i] as number;
  }
};

/** Gives the offsets of some lists, from 0 on; columns that share their offsets share the answer. */
class SharedOffsets {
  readonly #known = new Map<Int32Array, { readonly start: number; readonly own: Int32Array }>();

  get(offsets: Int32Array, start: number, count: number): Int32Array {
    const known = this.#known.get(offsets);
    if (known?.start === start && known.own.length === count + 1) return known.own;
    const own = offsets.slice(start, start + count + 1);
    const first = own[0] as number;
    for (let i = 0; i <= count; i++) own[i] = (own[i] as number) - first;
    this.#known.set(offsets, { start, own });
    return own;
  }
}

/** Reads columns block by block; several readings of one column in one block are one. */
export class LeafReader {
  readonly #offsets = new SharedOffsets();

  block({ flat, levels }: Leaf): Block {
    const scratch = new Scratch();
    let last: { readonly start: number; readonly count: number; readonly values: Values } | undefined;
    return (start, count) => {
      if (last?.start === start && last.count === count) return last.values;
      let [first, size] = [start, count];
      const own = levels.map((offsets) => {
        const relative = this.#offsets.get(offsets, first, size);
        [first, size] = [offsets[first] as number, relative[size] as number];
        return relative;
      });
      const numbers = scratch.numbers(size);
      copyNumbers(flat.values, first, size, numbers);
      const values = { numbers, size, levels: own };
      last = { start, count, values };
      return values;
    };
  }
}
