import { type Column, CygnetError, fillHistogram, newHistogram, type NumericArray } from '@cygnet/columns';

/** A branch's values in bins, with what a statistics box shows. */
export interface BranchHistogram {
  /** Axis limits; bins have equal widths. */
  readonly low: number;
  readonly high: number;
  /** Contents of the bins; nothing lies outside them. */
  readonly counts: Float64Array;
  /** Finite values, all of them in bins. */
  readonly values: number;
  /** NaN and infinite values, which are in no bin. */
  readonly notFinite: number;
  readonly mean: number;
  readonly standardDeviation: number;
}

const wantedBins = 100;
/** Integers are given a bin each up to this many. */
const mostIntegerBins = 200;

/** All numbers of a column, of jagged ones those of every list. */
export const numbersOf = (column: Column): NumericArray => {
  switch (column.kind) {
    case 'flat':
      return column.values;
    case 'jagged':
      return numbersOf(column.content);
    case 'string':
      throw new CygnetError('unsupported', 'This branch holds text. Only numbers can be drawn as a histogram.');
    case 'record':
      throw new CygnetError(
        'unsupported',
        `This branch holds records. Choose one of its fields: ${[...column.fields.keys()].join(', ')}.`,
      );
  }
};

const isIntegerColumn = (column: Column): boolean =>
  column.kind === 'jagged'
    ? isIntegerColumn(column.content)
    : column.kind === 'flat' && !column.type.startsWith('float');

/** Of 1, 2, 2.5 and 5 times powers of ten, the one nearest to a width in ratio. */
const niceWidth = (width: number): number => {
  const power = 10 ** Math.floor(Math.log10(width));
  const distance = (candidate: number) => Math.abs(Math.log((candidate * power) / width));
  return (
    [1, 2, 2.5, 5, 10].reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best)) * power
  );
};

/** Axis limits and number of bins for values from `min` to `max`, on round numbers as ROOT chooses them. */
export const chooseBins = (
  min: number,
  max: number,
  isInteger: boolean,
): { readonly low: number; readonly high: number; readonly bins: number } => {
  if (isInteger && max - min < mostIntegerBins) return { low: min - 0.5, high: max + 0.5, bins: max - min + 1 };
  if (max - min <= Math.abs(max) * 1e-12) {
    const half = Math.abs(min) * 0.1 || 0.5;
    return { low: min - half, high: min + half, bins: wantedBins };
  }
  const raw = niceWidth((max - min) / wantedBins);
  const width = isInteger ? Math.ceil(raw) : raw;
  const first = Math.floor(min / width);
  const last = Math.floor(max / width) + 1;
  const low = first * width;
  const high = last * width;
  if (!(Number.isFinite(low) && Number.isFinite(high) && high > max && last - first < 10 * wantedBins))
    return { low: min, high: max + (max - min) * 1e-9, bins: wantedBins };
  return isInteger ? { low: low - 0.5, high: high - 0.5, bins: last - first } : { low, high, bins: last - first };
};

/**
 * Puts all values of a branch into bins.
 *
 * @throws CygnetError `unsupported` when the branch holds text or no finite number.
 */
export const branchHistogram = (column: Column): BranchHistogram => {
  const values = numbersOf(column);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const raw of values) {
    const value = Number(raw);
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  const notFinite = values.length - count;
  if (count === 0)
    throw new CygnetError(
      'unsupported',
      values.length === 0
        ? 'This branch holds no values.'
        : `None of the ${values.length} values of this branch is finite: there is nothing to draw.`,
    );
  const { low, high, bins } = chooseBins(min, max, isIntegerColumn(column));
  const filled = newHistogram(bins, low, high);
  fillHistogram(filled, values);
  return {
    low,
    high,
    counts: filled.sumW,
    values: count,
    notFinite,
    mean,
    standardDeviation: Math.sqrt(squares / count),
  };
};
