import type { Sample } from './sample.ts';

/** Events of one training step. */
export interface Batch {
  readonly events: number;
  /** Standardised features, row-major. */
  readonly matrix: Float32Array;
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

/** Events in a given order, batch by batch; the last one may be smaller. */
export function* batches(sample: Sample, order: Int32Array, batchSize: number): Generator<Batch> {
  const width = sample.featureCount;
  for (let start = 0; start < order.length; start += batchSize) {
    const rows = order.subarray(start, start + batchSize);
    const matrix = new Float32Array(rows.length * width);
    rows.forEach((row, place) => matrix.set(sample.matrix.subarray(row * width, (row + 1) * width), place * width));
    yield {
      events: rows.length,
      matrix,
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
