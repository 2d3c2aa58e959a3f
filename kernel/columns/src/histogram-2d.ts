import { automaticRange, binFinder, checkWeights, newHistogram, newHistogramOf } from './histogram.ts';
import type { BinSums, Fillable } from './histogram.ts';

/** The bins of one axis: so many equal ones in a range, or any between edges. */
export interface AxisOptions {
  /** Default 50. */
  readonly bins?: number;
  /** Default: all finite values. */
  readonly range?: readonly [low: number, high: number];
  /** Edges of bins of any widths, instead of `bins` and `range`. */
  readonly edges?: ArrayLike<number>;
}

/** A two-dimensional, weighted histogram. Bins hold their lower edge, not the upper one. */
export interface Histogram2D {
  readonly xEdges: Float64Array;
  readonly yEdges: Float64Array;
  /**
   * Sums of weights, with a row and a column for underflow before and for overflow behind the bins, as in ROOT and
   * scikit-hep `hist`: bin `(i, j)` is `[(i + 1) * (yBins + 2) + (j + 1)]`. See {@link binSums2D}.
   */
  readonly sumW: Float64Array;
  /** Sums of squared weights, laid out alike. */
  readonly sumW2: Float64Array;
  /** Pairs with a value or weight that is not a number; they are in no bin. */
  notANumber: number;
  /** All pairs that were filled. */
  entries: number;
}

const edgesOf = ({ bins = 50, range, edges }: AxisOptions, values: Fillable | undefined): Float64Array => {
  if (edges !== undefined) return newHistogramOf(edges).edges;
  if (range === undefined && values === undefined) throw new RangeError('An empty axis needs a range or edges.');
  return newHistogram(bins, ...(range ?? automaticRange(values ?? [], bins))).edges;
};

/**
 * An empty histogram of two axes.
 *
 * @throws RangeError for an axis without range or edges, or a bad one, or more than 10,000,000 bins.
 */
export const newHistogram2D = (
  x: AxisOptions,
  y: AxisOptions,
  values?: readonly [x: Fillable, y: Fillable],
): Histogram2D => {
  const xEdges = edgesOf(x, values?.[0]);
  const yEdges = edgesOf(y, values?.[1]);
  const size = (xEdges.length + 1) * (yEdges.length + 1);
  if (size > 1e7) throw new RangeError(`${size} bins are too many; at most 10,000,000.`);
  return { xEdges, yEdges, sumW: new Float64Array(size), sumW2: new Float64Array(size), notANumber: 0, entries: 0 };
};

/**
 * Adds pairs to a histogram, in place: call it once a chunk for data larger than memory.
 *
 * @throws RangeError when there are not as many y values, or weights, as x values.
 */
export const fillHistogram2D = (histogram: Histogram2D, x: Fillable, y: Fillable, weights?: Fillable): void => {
  if (x.length !== y.length) throw new RangeError(`${x.length} x values need as many y values, not ${y.length}.`);
  checkWeights(x, weights);
  const { xEdges, yEdges, sumW, sumW2 } = histogram;
  const [xBin, yBin] = [binFinder(xEdges), binFinder(yEdges)];
  const width = yEdges.length + 1;
  histogram.entries += x.length;
  for (let i = 0; i < x.length; i++) {
    const [one, other] = [Number(x[i]), Number(y[i])];
    const weight = weights === undefined ? 1 : Number(weights[i]);
    if (Number.isNaN(one) || Number.isNaN(other) || Number.isNaN(weight)) {
      histogram.notANumber++;
      continue;
    }
    const bin = (xBin(one) + 1) * width + yBin(other) + 1;
    sumW[bin] = (sumW[bin] as number) + weight;
    sumW2[bin] = (sumW2[bin] as number) + weight * weight;
  }
};

/**
 * The sums of bin `(i, j)`; -1 is the underflow of an axis, its number of bins the overflow.
 *
 * @throws RangeError for a bin that is not there.
 */
export const binSums2D = (
  { xEdges, yEdges, sumW, sumW2 }: Histogram2D,
  i: number,
  j: number,
): Omit<BinSums, 'entries'> => {
  if (i < -1 || j < -1 || i >= xEdges.length || j >= yEdges.length) throw new RangeError(`No bin (${i}, ${j}).`);
  const bin = (i + 1) * (yEdges.length + 1) + j + 1;
  return { sumW: sumW[bin] as number, sumW2: sumW2[bin] as number };
};

/**
 * The histogram of pairs of values.
 *
 * @example
 * histogram2D([1, 2], [10, 20], { x: { bins: 2, range: [0, 4] }, y: { bins: 1, range: [0, 100] } });
 */
export const histogram2D = (
  x: Fillable,
  y: Fillable,
  options: { readonly x?: AxisOptions; readonly y?: AxisOptions; readonly weights?: Fillable } = {},
): Histogram2D => {
  const filled = newHistogram2D(options.x ?? {}, options.y ?? {}, [x, y]);
  fillHistogram2D(filled, x, y, options.weights);
  return filled;
};
