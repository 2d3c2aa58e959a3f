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

const addTo = (sums: BinSums, weight: number): void => {
  sums.entries++;
  sums.sumW += weight;
  sums.sumW2 += weight * weight;
};

/**
 * Adds values to a histogram, in place: call it once a chunk for data larger than memory.
 *
 * @throws RangeError when there are not as many weights as values.
 */
export const fillHistogram = (histogram: Histogram, values: Fillable, weights?: Fillable): void => {
  if (weights !== undefined && weights.length !== values.length) {
    throw new RangeError(`${values.length} values need as many weights, not ${weights.length}.`);
  }
  const { edges, sumW, sumW2, underflow, overflow } = histogram;
  const bins = sumW.length;
  const low = edges[0] as number;
  const high = edges[bins] as number;
  const scale = bins / (high - low);
  histogram.entries += values.length;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    const weight = weights === undefined ? 1 : Number(weights[i]);
    if (Number.isNaN(value) || Number.isNaN(weight)) histogram.notANumber++;
    else if (value < low) addTo(underflow, weight);
    else if (value >= high) addTo(overflow, weight);
    else {
      let bin = Math.min(bins - 1, Math.floor((value - low) * scale));
      if (value < (edges[bin] as number)) bin--;
      else if (value >= (edges[bin + 1] as number)) bin++;
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
  readonly weights?: Fillable;
}

/**
 * The histogram of some values.
 *
 * @example
 * histogram([1, 2, 2.5], { bins: 3, range: [0, 3] }).sumW; // [0, 1, 2]
 */
export const histogram = (values: Fillable, { bins = 50, range, weights }: HistogramOptions = {}): Histogram => {
  const [low, high] = range ?? automaticRange(values, bins);
  const filled = newHistogram(bins, low, high);
  fillHistogram(filled, values, weights);
  return filled;
};
