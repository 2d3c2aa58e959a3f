import { efficiencyError } from './efficiency.ts';
import { checkSample, type Numbers } from './labelled-scores.ts';
import { descendingOrder } from './score-order.ts';

/** Do events of score p hold a fraction p of signal? One entry a bin that has events. */
export interface CalibrationCurve {
  /** Mean score of the bin, by weight. */
  readonly meanScore: Float64Array;
  /** Signal's share of the bin, by weight. */
  readonly signalFraction: Float64Array;
  /** One standard deviation of the share, see `efficiencyError`. */
  readonly signalFractionError: Float64Array;
  /** Events of the bin, unweighted. */
  readonly events: Uint32Array;
  /** Brier score of the whole sample, see {@link brierScore}. */
  readonly brier: number;
}

const checkProbabilities = (scores: Numbers): void => {
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (!(score >= 0 && score <= 1))
      throw new RangeError(`scores[${i}] is ${score}: calibration needs probabilities, in [0, 1].`);
  }
};

/**
 * Calibration (reliability) curve, equal to scikit-learn's `calibration_curve`, and with event weights. Bins hold
 * `edge < score <= next edge`, the first one 0 too.
 * @param scores Signal probabilities in [0, 1].
 * @param options.bins Default 10.
 * @param options.strategy `uniform`: bins of equal width; `quantile`: of equally many events (unweighted). Default `uniform`.
 * @throws RangeError as `rocCurve`, for scores outside of [0, 1], and for bins whose weights do not sum to a positive number.
 * @example
 * const { meanScore, signalFraction } = metrics.calibration(labels, scores, { weights });
 */
export const calibration = (
  labels: Numbers,
  scores: Numbers,
  options: {
    readonly weights?: Numbers;
    readonly bins?: number;
    readonly strategy?: 'uniform' | 'quantile';
  } = {},
): CalibrationCurve => {
  const { weights, bins = 10, strategy = 'uniform' } = options;
  if (!(Number.isInteger(bins) && bins > 0)) throw new RangeError(`${bins} bins: give a whole number of at least 1.`);
  const brier = brierScore(labels, scores, weights ? { weights } : {});
  const inner = strategy === 'uniform' ? uniformEdges(bins) : quantileEdges(scores, bins);
  const sums = Array.from({ length: bins }, () => ({
    events: 0,
    score: 0,
    passed: 0,
    passedSquares: 0,
    total: 0,
    totalSquares: 0,
  }));
  for (let i = 0; i < scores.length; i++) {
    const [score, weight] = [scores[i] as number, weights ? (weights[i] as number) : 1];
    let bin = 0;
    while (bin < inner.length && (inner[bin] as number) < score) bin++;
    const sum = sums[bin] as (typeof sums)[number];
    sum.events++;
    sum.score += weight * score;
    sum.total += weight;
    sum.totalSquares += weight ** 2;
    if (labels[i] === 1) {
      sum.passed += weight;
      sum.passedSquares += weight ** 2;
    }
  }
  const filled = sums.filter(({ totalSquares }) => totalSquares > 0);
  for (const { total, events } of filled)
    if (!(total > 0))
      throw new RangeError(`The weights of a bin of ${events} events sum to ${total}: take fewer bins.`);
  return {
    meanScore: Float64Array.from(filled, ({ score, total }) => score / total),
    signalFraction: Float64Array.from(filled, ({ passed, total }) => passed / total),
    signalFractionError: Float64Array.from(filled, efficiencyError),
    events: Uint32Array.from(filled, ({ events }) => events),
    brier,
  };
};

const uniformEdges = (bins: number): Float64Array => Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);

/** Quantiles with linear interpolation, NumPy's default. */
const quantileEdges = (scores: Numbers, bins: number): Float64Array => {
  const order = descendingOrder(scores).reverse();
  return Float64Array.from({ length: bins - 1 }, (_, i) => {
    const place = ((i + 1) / bins) * (order.length - 1);
    const [below, above] = [Math.floor(place), Math.ceil(place)].map((at) => scores[order[at] as number] as number);
    return (below as number) + (place - Math.floor(place)) * ((above as number) - (below as number));
  });
};

/**
 * Brier score, the mean squared distance of probability and truth, `sum w (score - label)^2 / sum w`: 0 is perfect, 0.25 is
 * what 0.5 for every event gets. Equals scikit-learn's `brier_score_loss` (Brier, Mon. Weather Rev. 78 (1950) 1).
 * @throws RangeError as `rocCurve`, and for scores outside of [0, 1].
 * @example
 * metrics.brierScore([1, 0], [0.9, 0.2]); // 0.025
 */
export const brierScore = (labels: Numbers, scores: Numbers, options: { readonly weights?: Numbers } = {}): number => {
  const { weights } = options;
  checkSample(weights ? { labels, scores, weights } : { labels, scores });
  checkProbabilities(scores);
  let [sum, total] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    sum += weight * ((scores[i] as number) - (labels[i] as number)) ** 2;
    total += weight;
  }
  return sum / total;
};
