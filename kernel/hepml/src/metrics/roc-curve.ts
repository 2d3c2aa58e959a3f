import { areEqual, cutSums, sortSample, type ClassSums, type SortedSample } from './class-sums.ts';
import { efficiencyError } from './efficiency.ts';
import { checkSample, type Numbers } from './labelled-scores.ts';

/**
 * A receiver operating characteristic: what a cut `score >= cut` keeps, for every cut that makes a difference.
 * The arrays run together, from the tightest cut (infinite: nothing kept) to the loosest (everything kept).
 */
export interface RocCurve {
  /** Fraction of the signal's weight that is kept (true-positive rate), from 0 to 1. */
  readonly signalEfficiency: Float64Array;
  /** Fraction of the background's weight that is kept (false-positive rate), from 0 to 1. */
  readonly backgroundEfficiency: Float64Array;
  /** Score cut of each point, falling; the first is `Infinity`. */
  readonly cut: Float64Array;
  /** One standard deviation of each signal efficiency, see `efficiencyError`. */
  readonly signalEfficiencyError: Float64Array;
  /** One standard deviation of each background efficiency. */
  readonly backgroundEfficiencyError: Float64Array;
  /** Area under the curve: the chance that a signal event scores above a background event. 0.5 is guessing, 1 is perfect. */
  readonly auc: number;
  /** One standard deviation of the area, see `metrics.rocCurve`; NaN with less than two effective events in a class. */
  readonly aucError: number;
  readonly aucErrorMethod: 'DeLong' | 'weighted DeLong';
  /** Events behind the curve, unweighted, without those of weight 0. */
  readonly signalEvents: number;
  readonly backgroundEvents: number;
}

/**
 * ROC curve with one point a distinct score (equal scores are never split), its area and the errors of both.
 *
 * Agrees with scikit-learn's `roc_curve(..., drop_intermediate=False)` and `roc_auc_score`, weights included; events of
 * weight 0 make no point. Negative weights are summed with their sign, as Monte-Carlo weights want it: sums and area
 * stay unbiased, but an efficiency may locally fall or leave [0, 1].
 *
 * The error of the area is DeLong's (DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988) 837, computed in
 * O(n log n) as Sun and Xu, IEEE Signal Process. Lett. 21 (2014) 1389). For weights it is the
 * delta method on the weighted Mann-Whitney statistic, which with equal weights is DeLong's:
 * `Var = f_S sum_S w^2 (V - AUC)^2 / (sum_S w)^2` and the same of the background, with placements V,
 * `f = n / (n - 1)` and `n = (sum w)^2 / sum w^2`. It takes events for independent draws: correlated counter-events of
 * NLO generators break that.
 *
 * @param labels 1 for signal, 0 for background, one an event.
 * @param scores Any real numbers, higher for signal.
 * @throws RangeError when lengths differ, a score is NaN, a label is neither 0 nor 1, a class is missing, or the weights
 * of a class do not sum to a positive number.
 * @example
 * const roc = metrics.rocCurve([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]);
 * roc.auc; // 0.75
 */
export const rocCurve = (labels: Numbers, scores: Numbers, options: { readonly weights?: Numbers } = {}): RocCurve => {
  const { weights } = options;
  const sample = weights ? { scores, labels, weights } : { scores, labels };
  checkSample(sample);
  return curveOf(sortSample(sample), weights);
};

/** The curve of events that are sorted already; `weights` are those of {@link rocCurve}. */
export const curveOf = (sorted: SortedSample, weights?: Numbers): RocCurve => {
  const { cut, signal, background } = cutSums(sorted);
  const signalEfficiency = efficiencies(signal);
  const backgroundEfficiency = efficiencies(background);
  const area = trapezoid(backgroundEfficiency, signalEfficiency);
  let [signalErrors, backgroundErrors]: (Float64Array | undefined)[] = [];
  const variance = aucVariance({ area, signalEfficiency, backgroundEfficiency, signal, background });
  return {
    signalEfficiency,
    backgroundEfficiency,
    cut,
    // A square root a point: taken when asked for.
    get signalEfficiencyError() {
      return (signalErrors ??= efficiencyErrors(signal));
    },
    get backgroundEfficiencyError() {
      return (backgroundErrors ??= efficiencyErrors(background));
    },
    auc: area,
    aucError: Math.sqrt(variance),
    aucErrorMethod: weights && !areEqual(weights) ? 'weighted DeLong' : 'DeLong',
    signalEvents: signal.events,
    backgroundEvents: background.events,
  };
};

const efficiencies = ({ weight }: ClassSums): Float64Array => {
  const total = weight.at(-1) as number;
  const fractions = new Float64Array(weight.length);
  for (let i = 0; i < weight.length; i++) fractions[i] = (weight[i] as number) / total;
  return fractions;
};

const efficiencyErrors = ({ weight, squares }: ClassSums): Float64Array => {
  const [total, totalSquares] = [weight.at(-1) as number, squares.at(-1) as number];
  const errors = new Float64Array(weight.length);
  for (let i = 0; i < weight.length; i++) {
    const [passed, passedSquares] = [weight[i] as number, squares[i] as number];
    errors[i] = efficiencyError({ passed, passedSquares, total, totalSquares });
  }
  return errors;
};

/** Area under straight lines between points, `sum (x_i - x_{i-1}) (y_i + y_{i-1}) / 2`. */
export const trapezoid = (x: Numbers, y: Numbers): number => {
  let area = 0;
  for (let i = 1; i < x.length; i++)
    area += ((x[i] as number) - (x[i - 1] as number)) * ((y[i] as number) + (y[i - 1] as number)) * 0.5;
  return area;
};

/**
 * Variance of the area under a weighted ROC curve.
 *
 * Each signal event has the placement V = (fraction of the background below it, ties by half), each background event the
 * fraction of the signal above it, both by weight. Then
 * `Var = f_S sum_S w^2 (V - AUC)^2 / (sum_S w)^2 + f_B sum_B w^2 (V - AUC)^2 / (sum_B w)^2` with `f = n / (n - 1)` and
 * n = (sum w)^2 / sum w^2. With equal weights this is DeLong's variance exactly; with weights it is the delta method
 * applied to the weighted Mann-Whitney statistic. Assumption: events (score and weight together) are independent draws,
 * and the weights were not fitted to this sample; correlated counter-events of NLO generators break it.
 */
const aucVariance = (curve: {
  readonly area: number;
  readonly signalEfficiency: Float64Array;
  readonly backgroundEfficiency: Float64Array;
  readonly signal: ClassSums;
  readonly background: ClassSums;
}): number => {
  const { area, signalEfficiency, backgroundEfficiency, signal, background } = curve;
  const half = (efficiency: Float64Array, i: number): number =>
    ((efficiency[i] as number) + (efficiency[i - 1] as number)) / 2;
  const spread = (sums: ClassSums, placement: (i: number) => number): number => {
    let variance = 0;
    for (let i = 1; i < sums.squares.length; i++) {
      const squares = (sums.squares[i] as number) - (sums.squares[i - 1] as number);
      variance += squares * (placement(i) - area) ** 2;
    }
    const weight = sums.weight.at(-1) as number;
    const effective = weight ** 2 / (sums.squares.at(-1) as number);
    return effective > 1 ? ((effective / (effective - 1)) * variance) / weight ** 2 : NaN;
  };
  return (
    spread(signal, (i) => 1 - half(backgroundEfficiency, i)) + spread(background, (i) => half(signalEfficiency, i))
  );
};
