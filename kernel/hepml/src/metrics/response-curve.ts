import { checkScores, checkWeights, type Numbers } from './labelled-scores.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/** Response and resolution in a bin of the truth. */
export interface ResponseBin {
  readonly low: number;
  readonly high: number;
  readonly events: number;
  /** Weighted median of `prediction / truth`. */
  readonly response: number;
  /** Half the central 68.27 % of `prediction / truth`, over the response. */
  readonly resolution: number;
  /** Statistical error of each: `1.2533 sigma / sqrt(n)` of a median and `sigma / sqrt(2 n)`, for a normal core, n effective events. */
  readonly responseError: number;
  readonly resolutionError: number;
}

interface Compared {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly weights: Float64Array;
}

const compared = (truth: Numbers, predictions: Numbers, weights: Numbers | undefined): Compared => {
  if (truth.length === 0) throw new RangeError('The sample has no events.');
  if (truth.length !== predictions.length)
    throw new RangeError(`${truth.length} true values but ${predictions.length} predictions: both need one an event.`);
  checkScores(truth, 'truth');
  checkScores(predictions, 'predictions');
  const w = weights ? asFloats(weights) : new Float64Array(truth.length).fill(1);
  checkWeights(w, truth.length);
  const total = w.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError(`The weights sum to ${total}: the sum must be positive.`);
  return { truth: asFloats(truth), predicted: asFloats(predictions), weights: w };
};

/** The value below which a fraction of the weight lies, weights at the middle of their events. */
const weightedQuantiles = (
  values: Float64Array,
  weights: Float64Array,
  fractions: readonly number[],
): readonly number[] => {
  const order = descendingOrder(values).reverse();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return fractions.map((fraction) => {
    let [sum, lastPlace, lastValue] = [0, -Infinity, values[order[0] as number] as number];
    for (const event of order) {
      const [weight, value] = [weights[event] as number, values[event] as number];
      const place = (sum + weight / 2) / total;
      if (place >= fraction) {
        if (!Number.isFinite(lastPlace)) return value;
        return lastValue + ((value - lastValue) * (fraction - lastPlace)) / (place - lastPlace);
      }
      sum += weight;
      [lastPlace, lastValue] = [place, value];
    }
    return lastValue;
  });
};

const effectiveEvents = (weights: Float64Array): number => {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return sum ** 2 / squares;
};

const core = [0.15865, 0.84135] as const;

/**
 * Response `prediction / truth` and its relative resolution in bins of the truth: the curves of a calorimeter.
 * @param options.edges Rising edges of the truth; events outside of them, and bins of fewer than 10 events, are left out.
 * @throws RangeError as `regressionQuality`, for edges that do not rise or a truth that is not positive.
 * @example
 * metrics.responseCurve(trueEnergy, predictedEnergy, { edges: [1, 5, 10, 50, 100] });
 */
export const responseCurve = (
  truth: Numbers,
  predictions: Numbers,
  options: { readonly edges: Numbers; readonly weights?: Numbers },
): readonly ResponseBin[] => {
  const sample = compared(truth, predictions, options.weights);
  const edges = asFloats(options.edges);
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > (edges[i - 1] as number))))
    throw new RangeError('Bin edges must be at least two and rise.');
  return Array.from(edges.subarray(1)).flatMap((high, bin) => {
    const low = edges[bin] as number;
    const events = Uint32Array.from(sample.truth.keys()).filter((i) => {
      const value = sample.truth[i] as number;
      return value >= low && (value < high || (bin === edges.length - 2 && value === high));
    });
    if (events.length < 10) return [];
    return [responseOf(sample, events, { low, high })];
  });
};

const responseOf = (
  { truth, predicted, weights }: Compared,
  events: Uint32Array,
  { low, high }: { readonly low: number; readonly high: number },
): ResponseBin => {
  const ratio = Float64Array.from(events, (i) => {
    const value = truth[i] as number;
    if (!(value > 0)) throw new RangeError(`truth[${i}] is ${value}: a response needs positive true values.`);
    return (predicted[i] as number) / value;
  });
  const w = Float64Array.from(events, (i) => weights[i] as number);
  const [left, response, right] = weightedQuantiles(ratio, w, [core[0], 0.5, core[1]]) as [number, number, number];
  const [sigma, n] = [(right - left) / 2, effectiveEvents(w)];
  const resolution = sigma / response;
  return {
    low,
    high,
    events: events.length,
    response,
    resolution,
    responseError: (Math.sqrt(Math.PI / 2) * sigma) / Math.sqrt(n),
    resolutionError: resolution / Math.sqrt(2 * n),
  };
};
