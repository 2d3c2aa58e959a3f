import type { EventInputs, Sample } from './sample.ts';

/** Events of one training step. */
export interface Batch {
  readonly events: number;
  /** What the network sees, row-major, events x its input shape. */
  readonly matrix: Float32Array;
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

const product = (shape: readonly number[]): number => shape.reduce((all, length) => all * length, 1);

/**
 * Chosen events side by side. Particles are padded to `shape` [particles, features + 1]: the last number of a row is 1 for
 * a particle and 0 for padding, whose other numbers are 0 too.
 */
export const gatherEvents = (
  { matrix, featureCount, offsets }: EventInputs,
  rows: Int32Array,
  shape: readonly number[],
): Float32Array => {
  const size = product(shape);
  const gathered = new Float32Array(rows.length * size);
  if (offsets === undefined) {
    rows.forEach((row, place) => gathered.set(matrix.subarray(row * size, (row + 1) * size), place * size));
    return gathered;
  }
  const most = shape[0] as number;
  rows.forEach((event, place) => {
    const start = offsets[event] as number;
    const count = Math.min(most, (offsets[event + 1] as number) - start);
    for (let particle = 0; particle < count; particle++) {
      const from = (start + particle) * featureCount;
      const to = place * size + particle * (featureCount + 1);
      gathered.set(matrix.subarray(from, from + featureCount), to);
      gathered[to + featureCount] = 1;
    }
  });
  return gathered;
};

/** Events in a given order, batch by batch; the last one may be smaller. */
export function* batches(
  sample: Sample,
  order: Int32Array,
  batchSize: number,
  shape: readonly number[] = [sample.featureCount],
): Generator<Batch> {
  for (let start = 0; start < order.length; start += batchSize) {
    const rows = order.subarray(start, start + batchSize);
    yield {
      events: rows.length,
      matrix: gatherEvents(sample, rows, shape),
      labels: Float32Array.from(rows, (row) => sample.labels[row] as number),
      weights: Float32Array.from(rows, (row) => sample.weights[row] as number),
    };
  }
}

/** Sizes that {@link batches} yields, each once. */
export const batchSizes = (events: number, batchSize: number): readonly number[] => {
  const last = events % batchSize;
  return [...(events >= batchSize ? [batchSize] : []), ...(last > 0 ? [last] : [])];
};
