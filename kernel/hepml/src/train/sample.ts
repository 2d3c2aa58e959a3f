/** Events as numbers, whatever their shape. */
export interface EventInputs {
  readonly events: number;
  /** Numbers a row: features of an event or a particle, channels of a pixel. */
  readonly featureCount: number;
  /** Row-major, rows x features; NaN is a missing value. */
  readonly matrix: Float32Array;
  /** Rows an event, where all have the same: 1 for features, the pixels of an image. */
  readonly rowsPerEvent: number;
  /** Where each event's rows start, and the end: events + 1. For particles, whose number differs from event to event. */
  readonly offsets?: Int32Array;
}

/** Events as a trainer takes them. */
export interface Sample extends EventInputs {
  /** 1 for signal and 0 for background, the number of a class, or the value to predict. */
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

const takeRows = (inputs: EventInputs, rows: Int32Array): EventInputs => {
  const { featureCount, matrix, rowsPerEvent, offsets } = inputs;
  if (offsets === undefined) {
    const stride = rowsPerEvent * featureCount;
    const taken = new Float32Array(rows.length * stride);
    rows.forEach((row, place) => taken.set(matrix.subarray(row * stride, (row + 1) * stride), place * stride));
    return { ...inputs, events: rows.length, matrix: taken };
  }
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, place) => {
    starts[place + 1] = (starts[place] as number) + (offsets[row + 1] as number) - (offsets[row] as number);
  });
  const taken = new Float32Array((starts[rows.length] as number) * featureCount);
  rows.forEach((row, place) =>
    taken.set(
      matrix.subarray((offsets[row] as number) * featureCount, (offsets[row + 1] as number) * featureCount),
      (starts[place] as number) * featureCount,
    ),
  );
  return { ...inputs, events: rows.length, matrix: taken, offsets: starts };
};

/** Some events of a sample, with their weights scaled anew. */
export const takeEvents = (sample: Sample, rows: Int32Array): Sample =>
  makeSample(
    takeRows(sample, rows),
    Float32Array.from(rows, (row) => sample.labels[row] as number),
    Float32Array.from(rows, (row) => sample.weights[row] as number),
  );

/** @param weights In any unit; they are scaled to mean 1. */
export const makeSample = (
  inputs: EventInputs,
  labels: Float32Array,
  weights: Float32Array | Float64Array,
): Sample => ({
  ...inputs,
  labels,
  weights: scaledToMeanOne(weights),
  isWeighted: weights.some((weight) => weight !== weights[0]),
});

/** Weight of each row: that of its event. */
export const rowWeights = ({ weights, rowsPerEvent, offsets, events }: Sample): Float32Array => {
  if (offsets === undefined)
    return rowsPerEvent === 1
      ? weights
      : Float32Array.from(
          { length: events * rowsPerEvent },
          (_, row) => weights[Math.floor(row / rowsPerEvent)] as number,
        );
  const all = new Float32Array(offsets[events] as number);
  weights.forEach((weight, event) => all.fill(weight, offsets[event], offsets[event + 1]));
  return all;
};
