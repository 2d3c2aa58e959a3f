/** Events as a trainer takes them. */
export interface Sample {
  readonly events: number;
  readonly featureCount: number;
  /** Row-major, events x features; NaN is a missing value. */
  readonly matrix: Float32Array;
  /** 1 for signal, 0 for background. */
  readonly labels: Float32Array;
  /** Scaled to mean 1 over the sample. */
  readonly weights: Float32Array;
  /** Whether any weight differs from the others. */
  readonly isWeighted: boolean;
}

/** Scaled before they become float32, so that weights of any unit survive. */
const scaledToMeanOne = (weights: Float32Array | Float64Array): Float32Array => {
  let sum = 0;
  for (const weight of weights) sum += weight;
  const mean = sum / weights.length;
  return Float32Array.from(weights, (weight) => weight / mean);
};

/** Some events of a sample, with their weights scaled anew. */
export const takeEvents = (sample: Sample, rows: Int32Array): Sample => {
  const { featureCount, matrix } = sample;
  const taken = new Float32Array(rows.length * featureCount);
  rows.forEach((row, place) =>
    taken.set(matrix.subarray(row * featureCount, (row + 1) * featureCount), place * featureCount),
  );
  return makeSample(
    taken,
    featureCount,
    Float32Array.from(rows, (row) => sample.labels[row] as number),
    Float32Array.from(rows, (row) => sample.weights[row] as number),
  );
};

/** @param weights In any unit; they are scaled to mean 1. */
export const makeSample = (
  matrix: Float32Array,
  featureCount: number,
  labels: Float32Array,
  weights: Float32Array | Float64Array,
): Sample => ({
  events: labels.length,
  featureCount,
  matrix,
  labels,
  weights: scaledToMeanOne(weights),
  isWeighted: weights.some((weight) => weight !== weights[0]),
});
