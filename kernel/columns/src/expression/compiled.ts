import { BadExpression } from './bad-expression.ts';
import { Scratch, anyMissing, firstDifference, spread } from './values.ts';
import type { Values } from './values.ts';

/** A sub-expression, ready to be worked out. */
export interface Compiled {
  /** How deep in lists its numbers are; 0 for one number an entry. */
  readonly rank: number;
  /** Whether its numbers are 1 and 0 for true and false. */
  readonly isBool: boolean;
  /** Whether it takes the shape of the list beside it, as `Iteration$` does. */
  readonly isFree: boolean;
  /** The values of entries `[start, start + count)`; `shape` is the list beside it, for what is free. */
  readonly block: (start: number, count: number, shape?: Values) => Values;
}

/** Where something is in an expression, for errors. */
export interface Place {
  readonly text: string;
  readonly position: number;
}

/** What is worked out from numbers that belong together. */
export type Combine = (inputs: readonly Values[], result: Float64Array, size: number) => void;

/** @throws BadExpression when lists that belong together differ in length. */
export const checkShapes = (a: Values, b: Values, start: number, { text, position }: Place): void => {
  const difference = firstDifference(a, b);
  if (difference === undefined) return;
  const { list, lengths, isEntry } = difference;
  const where = isEntry ? `entry ${start + list}` : 'a list of a list';
  throw new BadExpression(`Lists of different lengths (${lengths} in ${where})`, text, position);
};

/** The inputs of one operation: lists checked to have equal lengths, and plain numbers repeated for each of their items. */
export const aligned = (inputs: readonly Compiled[], place: Place) => {
  const scratches = inputs.map(() => new Scratch());
  const rank = Math.max(0, ...inputs.map((input) => input.rank));
  const block = (start: number, count: number, shape?: Values): readonly Values[] => {
    const fixed = inputs.map((input) => (input.isFree ? undefined : input.block(start, count)));
    const beside = rank > 0 ? fixed.find((values) => values?.levels.length === rank) : shape;
    const all = fixed.map((values, i) => values ?? (inputs[i] as Compiled).block(start, count, beside));
    const deepest = all.reduce((best, values) => (values.levels.length > best.levels.length ? values : best));
    for (const values of all) checkShapes(deepest, values, start, place);
    return all.map((values, i) => spread(values, deepest, scratches[i] as Scratch));
  };
  return { rank, isFree: rank === 0 && inputs.some((input) => input.isFree), block };
};

/** An operation that works item by item; without a value where one of its inputs has none. */
export const elementwise = (inputs: readonly Compiled[], isBool: boolean, combine: Combine, place: Place): Compiled => {
  const scratch = new Scratch();
  const { rank, isFree, block } = aligned(inputs, place);
  return {
    rank,
    isBool,
    isFree,
    block: (start, count, shape) => {
      const values = block(start, count, shape);
      const { size, levels } = values[0] as Values;
      const numbers = scratch.numbers(size);
      combine(values, numbers, size);
      return { numbers, size, levels, missing: anyMissing(values, scratch) };
    },
  };
};
