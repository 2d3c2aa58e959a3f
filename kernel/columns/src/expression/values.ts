/**
 * The values of a sub-expression for some entries: one number an entry, or lists of them. `levels[0]` says where the lists
 * of each entry begin, `levels[1]` the lists inside them, and so on; all begin at 0. Arrays may be longer than needed, and
 * are overwritten by the next block.
 */
export interface Values {
  readonly numbers: Float64Array;
  /** How many numbers there are. */
  readonly size: number;
  readonly levels: readonly Int32Array[];
  /** 1 where there is no value: an item beyond the end of its list, the largest of an empty one. */
  readonly missing?: Uint8Array | undefined;
  /** When all are this number. */
  readonly constant?: number | undefined;
}

/** Gives the values of entries `[start, start + count)`. */
export type Block = (start: number, count: number) => Values;

/** An array that grows as needed; its content is not kept. */
export class Scratch {
  #numbers = new Float64Array(0);
  #flags = new Uint8Array(0);

  numbers(size: number): Float64Array {
    if (this.#numbers.length < size) this.#numbers = new Float64Array(Math.max(size, 2 * this.#numbers.length));
    return this.#numbers;
  }
  flags(size: number): Uint8Array {
    if (this.#flags.length < size) this.#flags = new Uint8Array(Math.max(size, 2 * this.#flags.length));
    return this.#flags;
  }
}

const areEqual = (a: Int32Array, b: Int32Array): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** The first list that has another length in the other; undefined when all that both have are equal. */
export const firstDifference = (
  a: Values,
  b: Values,
): { readonly list: number; readonly lengths: string; readonly isEntry: boolean } | undefined => {
  const shared = Math.min(a.levels.length, b.levels.length);
  for (let level = 0; level < shared; level++) {
    const [x, y] = [a.levels[level] as Int32Array, b.levels[level] as Int32Array];
    if (areEqual(x, y)) continue;
    for (let i = 0; i + 1 < x.length; i++) {
      const [one, other] = [x, y].map((offsets) => (offsets[i + 1] as number) - (offsets[i] as number));
      if (one !== other) return { list: i, lengths: `${one} and ${other}`, isEntry: level === 0 };
    }
  }
  return undefined;
};

/** One number for each list, repeated for every item of it, down to the depth of `levels`. */
export const spread = (values: Values, to: Values, scratch: Scratch): Values => {
  if (values.levels.length >= to.levels.length) return values;
  const { size, levels } = to;
  const numbers = scratch.numbers(size);
  if (values.constant !== undefined) {
    numbers.fill(values.constant, 0, size);
    return { numbers, size, levels, constant: values.constant };
  }
  const missing = values.missing === undefined ? undefined : scratch.flags(size);
  for (let i = 0; i < values.size; i++) {
    let [from, stop] = [i, i + 1];
    for (let level = values.levels.length; level < levels.length; level++) {
      const offsets = levels[level] as Int32Array;
      from = offsets[from] as number;
      stop = offsets[stop] as number;
    }
    numbers.fill(values.numbers[i] as number, from, stop);
    missing?.fill(values.missing?.[i] as number, from, stop);
  }
  return { numbers, size, levels, missing };
};

/** Where the items of each entry begin, whatever lists they are in. */
export const entryOffsets = ({ levels, size }: Values): Int32Array => {
  const [outer, ...inner] = levels;
  if (outer === undefined) return Int32Array.from({ length: size + 1 }, (_, i) => i);
  return inner.reduce((offsets, next) => offsets.map((at) => next[at] as number), outer);
};

/** 1 where any of them has no value; undefined when all have. */
export const anyMissing = (all: readonly Values[], scratch: Scratch): Uint8Array | undefined => {
  const [first, ...more] = all.filter(({ missing }) => missing !== undefined);
  if (first?.missing === undefined || more.length === 0) return first?.missing;
  const flags = scratch.flags(first.size);
  flags.set(first.missing.subarray(0, first.size));
  for (const { missing } of more)
    for (let i = 0; i < first.size; i++) flags[i] = (flags[i] as number) | (missing?.[i] as number);
  return flags;
};
