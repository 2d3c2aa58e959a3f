/** One of the parts of a cross-validation: its own events are the test sample, all others the training sample. */
export interface Fold<Sample> {
  /** 0 to n - 1. */
  readonly index: number;
  /** Made when it is asked for, and copied each time: take it once. */
  readonly train: Sample;
  /** Made when it is asked for, and copied each time: take it once. */
  readonly test: Sample;
  /** Indices in the whole table. */
  readonly trainIndices: Int32Array;
  readonly testIndices: Int32Array;
}

const whereFold = (foldOf: Int32Array, keep: (fold: number) => boolean): Int32Array => {
  const kept: number[] = [];
  foldOf.forEach((fold, index) => {
    if (keep(fold)) kept.push(index);
  });
  return Int32Array.from(kept);
};

/** What is divided. */
interface Divisible<Sample> {
  readonly length: number;
  take(indices: Int32Array): Sample;
}

/** The folds of a table. @throws RangeError when a fold is empty. */
export const makeFolds = <Sample>(
  table: Divisible<Sample>,
  folds: number,
  foldOf: Int32Array,
): readonly Fold<Sample>[] =>
  Array.from({ length: folds }, (_, index) => {
    const testIndices = whereFold(foldOf, (fold) => fold === index);
    if (testIndices.length === 0 || testIndices.length === table.length) {
      throw new RangeError(`${table.length} events give an empty fold among ${folds}.`);
    }
    return {
      index,
      testIndices,
      get trainIndices() {
        return whereFold(foldOf, (fold) => fold !== index);
      },
      get train() {
        return table.take(this.trainIndices);
      },
      get test() {
        return table.take(testIndices);
      },
    };
  });
