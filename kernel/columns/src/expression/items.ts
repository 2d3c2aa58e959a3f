import { entryOffsets } from './values.ts';
import type { Scratch, Values } from './values.ts';

/** `list[k]`: of each entry the item of number `k`; nothing where there is none. */
export const pickItem = (list: Values, at: Values, scratch: Scratch): Values => {
  const [outer, inner, ...deeper] = list.levels as readonly [Int32Array, ...Int32Array[]];
  const entries = outer.length - 1;
  const placeOf = (entry: number): number => {
    const k = at.missing?.[entry] === 1 ? NaN : Math.trunc(at.numbers[entry] as number);
    const from = outer[entry] as number;
    return k >= 0 && k < (outer[entry + 1] as number) - from ? from + k : -1;
  };
  if (inner !== undefined) return pickLists(list, [inner, ...deeper], entries, placeOf, scratch);
  const numbers = scratch.numbers(entries);
  const flags = scratch.flags(entries);
  let isAnyMissing = false;
  for (let entry = 0; entry < entries; entry++) {
    const place = placeOf(entry);
    const isMissing = place < 0 || list.missing?.[place] === 1;
    numbers[entry] = isMissing ? NaN : (list.numbers[place] as number);
    flags[entry] = isMissing ? 1 : 0;
    isAnyMissing ||= isMissing;
  }
  return { numbers, size: entries, levels: [], missing: isAnyMissing ? flags : undefined };
};

/** The same where items are lists: where there is none, an empty list. */
const pickLists = (
  list: Values,
  inner: readonly Int32Array[],
  entries: number,
  placeOf: (entry: number) => number,
  scratch: Scratch,
): Values => {
  const levels = inner.map(() => [0]);
  const places: number[] = [];
  const walk = (level: number, item: number): void => {
    const offsets = inner[level] as Int32Array;
    const [from, stop] = item < 0 ? [0, 0] : [offsets[item] as number, offsets[item + 1] as number];
    for (let i = from; i < stop; i++) {
      if (level + 1 < inner.length) walk(level + 1, i);
      else places.push(i);
    }
    (levels[level] as number[]).push(((levels[level] as number[]).at(-1) as number) + stop - from);
  };
  for (let entry = 0; entry < entries; entry++) walk(0, placeOf(entry));
  return { ...takeItems(list, places, scratch), levels: levels.map((offsets) => Int32Array.from(offsets)) };
};

const takeItems = (list: Values, places: ArrayLike<number>, scratch: Scratch): Omit<Values, 'levels'> => {
  const size = places.length;
  const numbers = scratch.numbers(size);
  const missing = list.missing === undefined ? undefined : scratch.flags(size);
  for (let i = 0; i < size; i++) {
    const place = places[i] as number;
    numbers[i] = list.numbers[place] as number;
    if (missing !== undefined) missing[i] = list.missing?.[place] as number;
  }
  return { numbers, size, missing };
};

/** `list[mask]`: the items for which the mask is true; both have the same lists. */
export const maskItems = (list: Values, mask: Values, scratch: Scratch): Values => {
  const outer = list.levels.slice(0, -1);
  const innermost = list.levels.at(-1) as Int32Array;
  const places: number[] = [];
  const offsets = new Int32Array(innermost.length);
  for (let i = 0; i + 1 < innermost.length; i++) {
    for (let item = innermost[i] as number; item < (innermost[i + 1] as number); item++) {
      const value = mask.numbers[item] as number;
      if (mask.missing?.[item] !== 1 && value !== 0 && !Number.isNaN(value)) places.push(item);
    }
    offsets[i + 1] = places.length;
  }
  return { ...takeItems(list, places, scratch), levels: [...outer, offsets] };
};

/** `list[numbers]`: for each number of an entry the item of that number; nothing where there is none. */
export const gatherItems = (list: Values, at: Values, scratch: Scratch): Values => {
  const [outer] = list.levels as readonly [Int32Array];
  const wanted = entryOffsets(at);
  const numbers = scratch.numbers(at.size);
  const flags = scratch.flags(at.size);
  let isAnyMissing = false;
  for (let entry = 0; entry + 1 < outer.length; entry++) {
    const from = outer[entry] as number;
    const count = (outer[entry + 1] as number) - from;
    for (let i = wanted[entry] as number; i < (wanted[entry + 1] as number); i++) {
      const k = Math.trunc(at.numbers[i] as number);
      const isMissing = at.missing?.[i] === 1 || !(k >= 0 && k < count) || list.missing?.[from + k] === 1;
      numbers[i] = isMissing ? NaN : (list.numbers[from + k] as number);
      flags[i] = isMissing ? 1 : 0;
      isAnyMissing ||= isMissing;
    }
  }
  return { numbers, size: at.size, levels: at.levels, missing: isAnyMissing ? flags : undefined };
};
