import { aligned } from './compiled.ts';
import type { Compiled, Place } from './compiled.ts';
import { Scratch } from './values.ts';
import type { Values } from './values.ts';

const unknown = 2;

/** 1 when a condition holds, 0 when not (NaN does not hold), 2 when it has no value. */
const truthOf = ({ numbers, missing }: Values, i: number): number => {
  if (missing?.[i] === 1) return unknown;
  const value = numbers[i] as number;
  return value !== 0 && !Number.isNaN(value) ? 1 : 0;
};

const or = (a: number, b: number): number => (a === 1 || b === 1 ? 1 : a === unknown || b === unknown ? unknown : 0);
const and = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a === unknown || b === unknown ? unknown : 1);

/** A condition holds when it is below or above 0, which NaN is not. */
const bothHold = (a: Float64Array, b: Float64Array, result: Float64Array, size: number): void => {
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    result[i] = (x < 0 || x > 0) && (y < 0 || y > 0) ? 1 : 0;
  }
};
const eitherHolds = (a: Float64Array, b: Float64Array, result: Float64Array, size: number): void => {
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    result[i] = x < 0 || x > 0 || y < 0 || y > 0 ? 1 : 0;
  }
};

/** `&&` and `||`: what has no value matters only where the other side does not decide already, as NULL in SQL. */
export const logical = (operator: '&&' | '||', inputs: readonly Compiled[], place: Place): Compiled => {
  const decide = operator === '&&' ? and : or;
  const scratch = new Scratch();
  const { rank, isFree, block } = aligned(inputs, place);
  return {
    rank,
    isFree,
    isBool: true,
    block: (start, count, shape) => {
      const [a, b] = block(start, count, shape) as readonly [Values, Values];
      const numbers = scratch.numbers(a.size);
      if (a.missing === undefined && b.missing === undefined) {
        (operator === '&&' ? bothHold : eitherHolds)(a.numbers, b.numbers, numbers, a.size);
        return { numbers, size: a.size, levels: a.levels };
      }
      const missing = scratch.flags(a.size);
      for (let i = 0; i < a.size; i++) {
        const truth = decide(truthOf(a, i), truthOf(b, i));
        numbers[i] = truth === 1 ? 1 : 0;
        missing[i] = truth === unknown ? 1 : 0;
      }
      return { numbers, size: a.size, levels: a.levels, missing };
    },
  };
};

/** Takes each number from the input that is chosen for it; `undefined`: none. */
const choosing = (
  inputs: readonly Compiled[],
  isBool: boolean,
  choose: (values: readonly Values[], i: number) => Values | undefined,
  place: Place,
): Compiled => {
  const scratch = new Scratch();
  const { rank, isFree, block } = aligned(inputs, place);
  return {
    rank,
    isFree,
    isBool,
    block: (start, count, shape) => {
      const values = block(start, count, shape);
      const { size, levels } = values[0] as Values;
      const numbers = scratch.numbers(size);
      const missing = values.some((one) => one.missing !== undefined) ? scratch.flags(size) : undefined;
      for (let i = 0; i < size; i++) {
        const chosen = choose(values, i);
        numbers[i] = chosen === undefined ? NaN : (chosen.numbers[i] as number);
        if (missing !== undefined) missing[i] = chosen === undefined ? 1 : (chosen.missing?.[i] ?? 0);
      }
      return { numbers, size, levels, missing };
    },
  };
};

/** `condition ? yes : no`; only the side that is chosen needs a value. */
export const choice = (inputs: readonly [Compiled, Compiled, Compiled], place: Place): Compiled =>
  choosing(
    inputs,
    inputs[1].isBool && inputs[2].isBool,
    (values, i) => {
      const [condition, yes, no] = values as readonly [Values, Values, Values];
      const truth = truthOf(condition, i);
      return truth === unknown ? undefined : truth === 1 ? yes : no;
    },
    place,
  );

/** `Alt$(x, otherwise)`: the second where the first has no value. */
export const otherwise = (inputs: readonly [Compiled, Compiled], place: Place): Compiled =>
  choosing(
    inputs,
    inputs[0].isBool && inputs[1].isBool,
    (values, i) => (values[0]?.missing?.[i] === 1 ? values[1] : values[0]),
    place,
  );
