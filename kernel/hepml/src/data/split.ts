import { randomSource, shuffleInPlace } from './random.ts';

export interface SplitOptions {
  /** Fraction of the events that go to the test sample, in (0, 1). */
  readonly test: number;
  /** Default 0. */
  readonly seed?: number;
  /** Whether both samples get the same share of each class of the label; default: yes, when there is a label. */
  readonly stratify?: boolean;
}

/**
 * Two shuffled, disjoint sets of event indices. With `classes`, each class is divided by the same fraction
 * (rounded to whole events).
 *
 * @throws RangeError when the fraction is not in (0, 1) or leaves one sample empty.
 */
export const splitIndices = (
  length: number,
  { test, seed = 0 }: SplitOptions,
  classes?: ArrayLike<number | bigint | string>,
): { readonly train: Int32Array; readonly test: Int32Array } => {
  if (!(test > 0 && test < 1))
    throw new RangeError(`test is a fraction between 0 and 1, for example 0.3, not ${test}.`);
  const random = randomSource(seed);
  const groups = new Map<number | bigint | string, number[]>();
  for (let i = 0; i < length; i++) {
    const group = classes === undefined ? 0 : (classes[i] as number | bigint | string);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [i]);
    else members.push(i);
  }
  const train: number[] = [];
  const held: number[] = [];
  for (const group of [...groups.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const members = Int32Array.from(groups.get(group) ?? []);
    shuffleInPlace(members, random);
    const count = Math.round(members.length * test);
    members.forEach((index, i) => (i < count ? held : train).push(index));
  }
  if (train.length === 0 || held.length === 0) {
    throw new RangeError(`${length} events are too few for a test fraction of ${test}: one sample would be empty.`);
  }
  const shuffled = (indices: readonly number[]): Int32Array => {
    const array = Int32Array.from(indices);
    shuffleInPlace(array, random);
    return array;
  };
  return { train: shuffled(train), test: shuffled(held) };
};
