import { incompleteGamma } from '../data/index.ts';
import type { Numbers } from './labelled-scores.ts';

/** Bin contents with their variances, `sum w` and `sum w^2`; for counts both are the count. */
export interface BinnedSample {
  readonly sums: Numbers;
  /** The sums themselves, as for counts, when absent. */
  readonly squares?: Numbers;
}

/** Do two histograms show one distribution? */
export interface HistogramComparison {
  readonly chi2: number;
  readonly degreesOfFreedom: number;
  /** Chance of a larger chi2 if they do, in [0, 1]; uniform for some 10 effective events a bin and more. */
  readonly pValue: number;
  /** `(first - second) / error`, one a bin; 0 in empty ones. */
  readonly pulls: Float64Array;
}

/**
 * Chi-square test of two histograms of the same bins, event weights included:
 * `chi2 = sum (W_2 w_1 - W_1 w_2)^2 / (W_2^2 s_1 + W_1^2 s_2)` with bin contents w, their variances s and totals W for the
 * comparison of shapes (Gagunashvili, NIM A 614 (2010) 287), and all W = 1 with `normalise: false`. Where both hold counts the
 * denominator is `W_1 W_2 (w_1 + w_2)`, as in a contingency table and in ROOT's `Chi2Test("UU")`. Bins that are empty in both leave the sum. One degree of freedom goes to the normalisation.
 * @throws RangeError when bins differ in number, a content is not finite, or no bin is filled.
 * @example
 * metrics.compareHistograms({ sums: data }, { sums: simulation, squares: sumOfSquaredWeights }).pValue;
 */
export const compareHistograms = (
  first: BinnedSample,
  second: BinnedSample,
  options: { readonly normalise?: boolean } = {},
): HistogramComparison => {
  const { normalise = true } = options;
  const bins = first.sums.length;
  for (const values of [second.sums, first.squares ?? first.sums, second.squares ?? second.sums])
    if (values.length !== bins) throw new RangeError(`${bins} against ${values.length} bins: both need the same ones.`);
  const [totalA, totalB] = normalise ? [total(first.sums), total(second.sums)] : [1, 1];
  const areCounts = !first.squares && !second.squares;
  const pulls = new Float64Array(bins);
  let [chi2, filled] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const variance = areCounts
      ? totalA * totalB * (at(first, bin) + at(second, bin))
      : totalB ** 2 * at(first, bin) + totalA ** 2 * at(second, bin);
    if (!Number.isFinite(variance)) throw new RangeError(`Bin ${bin} holds a number that is not finite.`);
    if (!(variance > 0)) continue;
    const difference = totalB * (first.sums[bin] as number) - totalA * (second.sums[bin] as number);
    pulls[bin] = difference / Math.sqrt(variance);
    chi2 += difference ** 2 / variance;
    filled++;
  }
  const degreesOfFreedom = filled - (normalise ? 1 : 0);
  if (degreesOfFreedom < 1) throw new RangeError(`${filled} filled bins are too few to compare.`);
  return { chi2, degreesOfFreedom, pValue: incompleteGamma(degreesOfFreedom / 2, chi2 / 2).upper, pulls };
};

const at = ({ sums, squares }: BinnedSample, bin: number): number => (squares ?? sums)[bin] as number;

const total = (sums: Numbers): number => {
  let sum = 0;
  for (let bin = 0; bin < sums.length; bin++) sum += sums[bin] as number;
  if (!(sum > 0)) throw new RangeError(`A histogram sums to ${sum}: shapes need a positive sum.`);
  return sum;
};

/**
 * Population stability index of two histograms of the same bins, `sum (p - q) ln(p / q)` with fractions p and q: how far a sample has
 * drifted from the one a model was trained on. By custom below 0.1 is stable and above 0.25 has drifted. Empty bins count as
 * half an event of the smaller sample's mean weight, so that the index stays finite.
 * @throws RangeError as {@link compareHistograms}, and for negative contents.
 * @example
 * metrics.populationStability(trainingHistogram, productionHistogram);
 */
export const populationStability = (reference: Numbers, current: Numbers): number => {
  if (reference.length !== current.length)
    throw new RangeError(`${reference.length} against ${current.length} bins: both need the same ones.`);
  const fractions = (sums: Numbers): Float64Array => {
    const all = total(sums);
    const floor = 0.5 / Math.max(1, all);
    return Float64Array.from(sums, (sum, bin) => {
      if (!(sum >= 0)) throw new RangeError(`Bin ${bin} holds ${sum}: fractions need contents of at least 0.`);
      return Math.max(sum / all, floor);
    });
  };
  const [p, q] = [fractions(reference), fractions(current)];
  return p.reduce((sum, one, bin) => sum + (one - (q[bin] as number)) * Math.log(one / (q[bin] as number)), 0);
};

/**
 * TMVA's separation of two distributions over the same bins, `1/2 sum (s - b)^2 / (s + b)` with fractions s and b: 0 for equal
 * distributions, 1 for ones without overlap (TMVA Users Guide, arXiv physics/0703039, section 3.1.4).
 * @example
 * metrics.separation(signalHistogram, backgroundHistogram);
 */
export const separation = (signal: Numbers, background: Numbers): number => {
  if (signal.length !== background.length)
    throw new RangeError(`${signal.length} against ${background.length} bins: both need the same ones.`);
  const [totalS, totalB] = [total(signal), total(background)];
  let sum = 0;
  for (let bin = 0; bin < signal.length; bin++) {
    const [s, b] = [(signal[bin] as number) / totalS, (background[bin] as number) / totalB];
    if (s + b !== 0) sum += (s - b) ** 2 / (s + b);
  }
  return sum / 2;
};
