import type { NumericArray } from './column.ts';

/** Numbers that are filled: typed arrays, also of 64-bit integers, or plain arrays. */
export type Fillable = NumericArray | readonly number[];

/** Sums of one bin: entries, of weights, and of squared weights (the variance of the sum). */
export interface BinSums {
  entries: number;
  sumW: number;
  sumW2: number;
}

/** A one-dimensional, weighted histogram. Bin `i` holds `edges[i] <= x < edges[i + 1]`. */
export interface Histogram {
  /** Length: bins + 1, rising. */
  readonly edges: Float64Array;
  /** Sum of weights by bin. */
  readonly sumW: Float64Array;
  /** Sum of squared weights by bin; the statistical error is its square root. */
  readonly sumW2: Float64Array;
  /** Below the first edge; minus infinity too. */
  readonly underflow: BinSums;
  /** At or above the last edge; plus infinity too. */
  readonly overflow: BinSums;
  /** Values, or weights, that are not a number; they are in no bin. */
  notANumber: number;
  /** All values that were filled, those outside and not a number too. */
  entries: number;
}

/**
 * An empty histogram of equal bins from `low` to `high`.
 *
 * @throws RangeError when there is no bin or the range is empty or not finite.
 */
export const newHistogram = (bins: number, low: number, high: number): Histogram => {
  if (!Number.isInteger(bins) || bins < 1 || bins > 1e7)
    throw new RangeError(`bins is a whole number from 1 to 10,000,000, not ${bins}.`);
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(low < high)) {
    throw new RangeError(`A range needs two finite numbers, the smaller first, not [${low}, ${high}].`);
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  edges[bins] = high;
  return {
    edges,
    sumW: new Float64Array(bins),
    sumW2: new Float64Array(bins),
    underflow: { entries: 0, sumW: 0, sumW2: 0 },
    overflow: { entries: 0, sumW: 0, sumW2: 0 },
    notANumber: 0,
    entries: 0,
  };
};

/**
 * An empty histogram of bins between any rising edges.
 *
 * @throws RangeError when there are not two edges or more, finite and rising.
 */
export const newHistogramOf = (edges: ArrayLike<number>): Histogram => {
  const own = Float64Array.from(edges);
  const isRising = own.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (own[i - 1] as number)));
  if (own.length < 2 || !isRising) throw new RangeError('Edges are two or more finite numbers, each above the last.');
  const bins = own.length - 1;
  return { ...newHistogram(bins, own[0] as number, own[bins] as number), edges: own };
};

const addTo = (sums: BinSums, weight: number): void => {
  sums.entries++;
  sums.sumW += weight;
  sums.sumW2 += weight * weight;
};

/** Where a value belongs: its bin, -1 below the first edge, `bins` at or above the last one. NaN is not asked for. */
export type BinFinder = (value: number) => number;

/** Finds bins between edges: by arithmetic where all have one width, else by bisection. */
export const binFinder = (edges: Float64Array): BinFinder => {
  const bins = edges.length - 1;
  const low = edges[0] as number;
  const high = edges[bins] as number;
  const scale = bins / (high - low);
  const isEven = edges.every((edge, i) => Math.abs((edge - low) * scale - i) < 1e-6);
  if (!isEven) {
    return (value) => {
      if (value < low) return -1;
      if (value >= high) return bins;
      let [from, to] = [0, bins];
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (value < (edges[middle] as number)) to = middle;
        else from = middle;
      }
      return from;
    };
  }
  return (value) => {
    if (value < low) return -1;
    if (value >= high) return bins;
    const bin = Math.min(bins - 1, Math.floor((value - low) * scale));
    if (value < (edges[bin] as number)) return bin - 1;
    return value >= (edges[bin + 1] as number) ? bin + 1 : bin;
  };
};

/** @throws RangeError when there are not as many weights as values. */
export const checkWeights = (values: Fillable, weights: Fillable | undefined): void => {
  if (weights !== undefined && weights.length !== values.length) {
    throw new RangeError(`${values.length} values need as many weights, not ${weights.length}.`);
  }
};

/**
 * Adds values to a histogram, in place: call it once a chunk for data larger than memory. Filled in the same order, chunks
 * give the same sums as the whole, to the last bit.
 *
 * @throws RangeError when there are not as many weights as values.
 */
export const fillHistogram = (histogram: Histogram, values: Fillable, weights?: Fillable): void => {
  checkWeights(values, weights);
  const { edges, sumW, sumW2, underflow, overflow } = histogram;
  const bins = sumW.length;
  const binOf = binFinder(edges);
  histogram.entries += values.length;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    const weight = weights === undefined ? 1 : Number(weights[i]);
    if (Number.isNaN(value) || Number.isNaN(weight)) {
      histogram.notANumber++;
      continue;
    }
    const bin = binOf(value);
    if (bin < 0) addTo(underflow, weight);
    else if (bin === bins) addTo(overflow, weight);
    else {
      sumW[bin] = (sumW[bin] as number) + weight;
      sumW2[bin] = (sumW2[bin] as number) + weight * weight;
    }
  }
};

/** A range that holds all finite values: whole unit bins for few whole numbers, else a little beyond the largest. */
export const automaticRange = (values: Fillable, bins: number): readonly [low: number, high: number] => {
  let low = Infinity;
  let high = -Infinity;
  let isWhole = true;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    isWhole &&= Number.isInteger(value);
  }
  if (low > high) return [0, 1];
  if (isWhole && high - low < 2 ** 50) {
    const width = Math.max(1, Math.ceil((high - low + 1) / bins));
    return [low - 0.5, low - 0.5 + width * bins];
  }
  if (low === high) {
    const margin = Math.abs(low) * 0.05 || 0.5;
    return [low - margin, low + margin];
  }
  const beyond = high + (high - low) * 1e-9;
  return [low, beyond > high ? beyond : high + Math.abs(high) * Number.EPSILON];
};

export interface HistogramOptions {
  /** Default 50. */
  readonly bins?: number;
  /** Default: {@link automaticRange}. */
  readonly range?: readonly [low: number, high: number];
  /** Edges of bins of any widths, instead of `bins` and `range`. */
  readonly edges?: ArrayLike<number>;
  readonly weights?: Fillable;
}

/**
 * The histogram of some values.
 *
 * @example
 * histogram([1, 2, 2.5], { bins: 3, range: [0, 3] }).sumW; // [0, 1, 2]
 */
export const histogram = (values: Fillable, { bins = 50, range, edges, weights }: HistogramOptions = {}): Histogram => {
  const filled =
    edges === undefined ? newHistogram(bins, ...(range ?? automaticRange(values, bins))) : newHistogramOf(edges);
  fillHistogram(filled, values, weights);
  return filled;
};
