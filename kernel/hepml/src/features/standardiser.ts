import { CygnetError } from '@cygnet/columns';

/**
 * Shift and scale of each feature, found on a training sample. Plain data: `JSON.stringify` keeps it whole.
 * It stands for, in float32: `x -> isNaN(x) ? fill : x`, then `(x - mean) * inverseScale`.
 */
export interface Standardiser {
  readonly features: readonly string[];
  /** Weighted mean of the values that are there. */
  readonly mean: readonly number[];
  /** One over the weighted standard deviation. */
  readonly inverseScale: readonly number[];
  /** What a missing value (NaN) becomes: the mean, hence 0 after scaling. */
  readonly fill: readonly number[];
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
  /** Whether any event that counts has a value. */
  readonly isPresent: boolean;
}

/** @throws RangeError when the matrix is not one of so many features. */
const checkShape = (matrix: Float32Array, featureNames: readonly string[]): void => {
  if (featureNames.length > 0 && matrix.length % featureNames.length === 0) return;
  throw new RangeError(
    `A matrix of ${matrix.length} numbers does not divide into events of ${featureNames.length} features.`,
  );
};

const columnMoments = (matrix: Float32Array, width: number, column: number, weights?: ArrayLike<number>): Moments => {
  const rows = matrix.length / width;
  let total = 0;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const value = matrix[row * width + column] as number;
    if (Number.isNaN(value)) continue;
    const weight = Math.abs(weights?.[row] ?? 1);
    total += weight;
    sum += weight * value;
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const value = matrix[row * width + column] as number;
    if (!Number.isNaN(value)) squares += Math.abs(weights?.[row] ?? 1) * (value - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / total), isPresent: total > 0 };
};

/**
 * Finds the shift and scale that give each feature mean 0 and standard deviation 1.
 *
 * @param matrix Row-major, events x features; NaN is a missing value and does not count.
 * @param options.weights One an event; negative ones count by their size, because scaling only conditions the fit.
 * @throws CygnetError `training-failed` when a feature is constant or missing everywhere: it cannot tell events apart.
 *   RangeError when the matrix does not divide into events of these features.
 * @example
 * const standardiser = features.fitStandardiser(table.matrix(names), names, { weights: table.weights() });
 * const scaled = features.standardise(standardiser, table.matrix(names));
 */
export const fitStandardiser = (
  matrix: Float32Array,
  featureNames: readonly string[],
  options: { readonly weights?: ArrayLike<number> } = {},
): Standardiser => {
  checkShape(matrix, featureNames);
  const moments = featureNames.map((_, column) => columnMoments(matrix, featureNames.length, column, options.weights));
  for (const [column, { mean, deviation, isPresent }] of moments.entries()) {
    const name = featureNames[column] as string;
    const drop = `Leave it out: features: table.featureNames().filter((name) => name !== ${JSON.stringify(name)}).`;
    if (!isPresent) {
      throw new CygnetError('training-failed', `Feature "${name}" is missing (NaN) in every training event. ${drop}`);
    }
    if (!(deviation > Math.abs(mean) * 1e-7)) {
      throw new CygnetError(
        'training-failed',
        `Feature "${name}" is constant (${mean}) in the training sample, so it cannot tell events apart. ${drop}`,
      );
    }
  }
  const mean = moments.map((moment) => Math.fround(moment.mean));
  return {
    features: featureNames,
    mean,
    inverseScale: moments.map((moment) => Math.fround(1 / moment.deviation)),
    fill: mean,
  };
};

/** A standardiser that changes nothing but missing values, which become 0. */
export const identityStandardiser = (featureNames: readonly string[]): Standardiser => ({
  features: featureNames,
  mean: featureNames.map(() => 0),
  inverseScale: featureNames.map(() => 1),
  fill: featureNames.map(() => 0),
});

/**
 * Applies a standardiser to a row-major matrix of its features; the input stays as it is.
 *
 * @throws RangeError when the matrix does not divide into events of these features.
 */
export const standardise = (standardiser: Standardiser, matrix: Float32Array): Float32Array => {
  checkShape(matrix, standardiser.features);
  const width = standardiser.features.length;
  const mean = Float32Array.from(standardiser.mean);
  const inverseScale = Float32Array.from(standardiser.inverseScale);
  const fill = Float32Array.from(standardiser.fill);
  return matrix.map((value, index) => {
    const column = index % width;
    const known = Number.isNaN(value) ? (fill[column] as number) : value;
    return Math.fround(known - (mean[column] as number)) * (inverseScale[column] as number);
  });
};
