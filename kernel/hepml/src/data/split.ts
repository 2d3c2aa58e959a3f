import { randomSource, shuffleInPlace } from './random.ts';
import type { RandomSource } from './random.ts';

export interface SplitOptions {
  /**
   * What goes to the test sample: a fraction in (0, 1), or an expression that is true for its events, for example
   * `event % 2 == 0`.
   */
  readonly test: number | string;
  /**
   * How a fraction is chosen: `random` (default) by the seed; `hash` by each event's identity (run, luminosity block,
   * event number), so that an event is in the same sample wherever it is met, in whatever file or order.
   */
  readonly by?: 'random' | 'hash';
  /** Default 0. */
  readonly seed?: number;
  /**
   * Whether both samples get the same share of each class: of the label (`true`; the default when there is a label and
   * the choice is random), or of another column.
   */
  readonly stratify?: boolean | string;
}

export interface FoldOptions {
  /**
   * `random` (default) by the seed; `hash` by each event's identity; `modulo`: fold `k` tests the events whose number
   * is `k` modulo the number of folds.
   */
  readonly by?: 'random' | 'hash' | 'modulo';
  /** Default 0. */
  readonly seed?: number;
  /** As in {@link SplitOptions}. */
  readonly stratify?: boolean | string;
}

/** The values of a column of classes. */
export type Classes = ArrayLike<number | bigint | string>;

/** Shuffled indices of each class, the classes in order; all of them together without classes. */
const shuffledGroups = (length: number, random: RandomSource, classes?: Classes): readonly Int32Array[] => {
  const groups = new Map<number | bigint | string, number[]>();
  for (let i = 0; i < length; i++) {
    const group = classes === undefined ? 0 : (classes[i] as number | bigint | string);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [i]);
    else members.push(i);
  }
  return [...groups.keys()]
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((group) => {
      const members = Int32Array.from(groups.get(group) ?? []);
      shuffleInPlace(members, random);
      return members;
    });
};

/** Event indices of two samples. */
export interface SplitIndices {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

const checkSplit = (length: number, { train, test }: SplitIndices, wanted: string): SplitIndices => {
  if (train.length > 0 && test.length > 0) return { train, test };
  throw new RangeError(
    `${length} events are too few for a test sample of ${wanted}: the ${test.length === 0 ? 'test' : 'training'} sample would be empty.`,
  );
};

/** @throws RangeError when it is not in (0, 1). */
export const checkFraction = (test: number): void => {
  if (!(test > 0 && test < 1)) {
    throw new RangeError(`test is a fraction between 0 and 1, for example 0.3, or an expression, not ${test}.`);
  }
};

/**
 * Two shuffled, disjoint sets of event indices. With `classes`, each class is divided by the same fraction
 * (rounded to whole events).
 *
 * @throws RangeError when the fraction is not in (0, 1) or leaves one sample empty.
 */
export const splitAtRandom = (length: number, fraction: number, seed: number, classes?: Classes): SplitIndices => {
  checkFraction(fraction);
  const random = randomSource(seed);
  const train: number[] = [];
  const held: number[] = [];
  for (const members of shuffledGroups(length, random, classes)) {
    const count = Math.round(members.length * fraction);
    members.forEach((index, i) => (i < count ? held : train).push(index));
  }
  const shuffled = (indices: readonly number[]): Int32Array => {
    const array = Int32Array.from(indices);
    shuffleInPlace(array, random);
    return array;
  };
  checkSplit(length, { train: Int32Array.from(train), test: Int32Array.from(held) }, String(fraction));
  return { train: shuffled(train), test: shuffled(held) };
};

/** Two disjoint sets of event indices in the table's order. @throws RangeError when one is empty. */
export const splitWhere = (length: number, isTest: (index: number) => boolean, wanted: string): SplitIndices => {
  const train: number[] = [];
  const test: number[] = [];
  for (let i = 0; i < length; i++) (isTest(i) ? test : train).push(i);
  return checkSplit(length, { train: Int32Array.from(train), test: Int32Array.from(test) }, wanted);
};

/** The fold, 0 to `folds - 1`, of each event at random; each class is spread evenly over the folds. */
export const foldsAtRandom = (length: number, folds: number, seed: number, classes?: Classes): Int32Array => {
  const fold = new Int32Array(length);
  let next = 0;
  for (const members of shuffledGroups(length, randomSource(seed), classes)) {
    for (const index of members) fold[index] = next++ % folds;
  }
  return fold;
};
