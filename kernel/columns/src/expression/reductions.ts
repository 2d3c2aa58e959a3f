import type { Values } from './values.ts';
import type { Scratch } from './values.ts';

/** Makes one number of a list: of items `[from, stop)` of `numbers`; undefined when an empty list has none. */
export interface Reduction {
  /** Whether it gives 1 or 0 for true or false. */
  readonly isBool?: boolean;
  readonly of: (
    numbers: Float64Array,
    from: number,
    stop: number,
    isMissing: (item: number) => boolean,
  ) => number | undefined;
}

const extreme =
  (sign: 1 | -1, wantsPlace: boolean): Reduction['of'] =>
  (numbers, from, stop, isMissing) => {
    let best: number | undefined;
    let place = 0;
    for (let i = from; i < stop; i++) {
      if (isMissing(i)) continue;
      const value = numbers[i] as number;
      if (best === undefined || sign * value > sign * best || (Number.isNaN(value) && !Number.isNaN(best))) {
        best = value;
        place = i - from;
      }
    }
    return wantsPlace && best !== undefined ? place : best;
  };

const sum: Reduction['of'] = (numbers, from, stop, isMissing) => {
  let total = 0;
  for (let i = from; i < stop; i++) if (!isMissing(i)) total += numbers[i] as number;
  return total;
};

const count: Reduction['of'] = (_, from, stop, isMissing) => {
  let items = 0;
  for (let i = from; i < stop; i++) if (!isMissing(i)) items++;
  return items;
};

/** Whether a condition holds; NaN is not true. */
const holds = (value: number): boolean => value !== 0 && !Number.isNaN(value);

/** Reductions of the innermost lists, as awkward-array's with `axis=-1`. */
export const reductions: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ['sum', { of: sum }],
  ['count', { of: count }],
  ['min', { of: extreme(-1, false) }],
  ['max', { of: extreme(1, false) }],
  ['argmin', { of: extreme(-1, true) }],
  ['argmax', { of: extreme(1, true) }],
  [
    'mean',
    {
      of: (...list) => {
        const items = count(...list) as number;
        return items === 0 ? undefined : (sum(...list) as number) / items;
      },
    },
  ],
  [
    'any',
    {
      isBool: true,
      of: (numbers, from, stop, isMissing) => {
        for (let i = from; i < stop; i++) if (!isMissing(i) && holds(numbers[i] as number)) return 1;
        return 0;
      },
    },
  ],
  [
    'all',
    {
      isBool: true,
      of: (numbers, from, stop, isMissing) => {
        for (let i = from; i < stop; i++) if (!isMissing(i) && !holds(numbers[i] as number)) return 0;
        return 1;
      },
    },
  ],
]);

/** ROOT's specials reduce all items of an entry, whatever lists they are in, and take a plain number as a list of one. */
export const entryReductions: ReadonlyMap<string, Reduction> = new Map(
  (
    [
      ['Sum$', 'sum'],
      ['Min$', 'min'],
      ['Max$', 'max'],
      ['Length$', 'count'],
    ] as const
  ).map(([name, like]) => [name, reductions.get(like) as Reduction]),
);

/** One number for each list that `offsets` tell of. */
export const reduceLists = (
  { numbers, missing }: Pick<Values, 'numbers' | 'missing'>,
  offsets: Int32Array,
  { of }: Reduction,
  scratch: Scratch,
): Pick<Values, 'numbers' | 'size' | 'missing'> => {
  const size = offsets.length - 1;
  const reduced = scratch.numbers(size);
  const flags = scratch.flags(size);
  const isMissing = missing === undefined ? () => false : (item: number) => missing[item] === 1;
  let anyMissing = false;
  for (let i = 0; i < size; i++) {
    const value = of(numbers, offsets[i] as number, offsets[i + 1] as number, isMissing);
    reduced[i] = value ?? NaN;
    flags[i] = value === undefined ? 1 : 0;
    anyMissing ||= value === undefined;
  }
  return { numbers: reduced, size, missing: anyMissing ? flags : undefined };
};
