import { sortSample } from './class-sums.ts';
import { checkSample, type Numbers } from './labelled-scores.ts';
import { checkReplicas, quantileOfSorted, replicasOf } from './resample.ts';
import { curveOf } from './roc-curve.ts';

/** A ROC curve at chosen signal efficiencies, with a band that holds the true curve, point by point. */
export interface RocBand {
  /** Rising, in [0, 1]. */
  readonly signalEfficiency: Float64Array;
  /** Of the sample itself, on straight lines between its points. */
  readonly backgroundEfficiency: Float64Array;
  /** Lower and upper end of the band of the background efficiency. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Fraction of replicas between the ends. */
  readonly confidence: number;
  readonly replicas: number;
}

export interface RocBandOptions {
  readonly weights?: Numbers;
  /** Where to look; 0, 0.01, ..., 1 when absent. */
  readonly signalEfficiencies?: Numbers;
  /** Default 300. */
  readonly replicas?: number;
  /** Default 0. */
  readonly seed?: number;
  /** In (0, 1); one standard deviation, 0.6827, when absent. */
  readonly confidence?: number;
}

/** A replica is summed at so many cuts: between them the curve is straight. */
const cutsOfReplica = 4000;

/**
 * Bands of a ROC curve from a Poisson bootstrap: in each replica every event counts as often as a Poisson number of mean 1
 * says (Hanley and MacGibbon, Comput. Methods Programs Biomed. 83 (2006) 57), event weights included. Each point's band is for that point:
 * a whole curve leaves it somewhere more often. Where few background events are left, say less than 10, it is too narrow.
 * Replicas of samples with more than 4,000 distinct scores are summed at 4,000 of their cuts.
 * @throws RangeError as `rocCurve`, or for efficiencies that do not rise within [0, 1].
 * @example
 * const { low, high } = metrics.rocBand(labels, scores, { weights, replicas: 1000 });
 */
export const rocBand = (labels: Numbers, scores: Numbers, options: RocBandOptions = {}): RocBand => {
  const { weights, replicas = 300, seed = 0, confidence = 0.6827 } = options;
  const grid = Float64Array.from(options.signalEfficiencies ?? Array.from({ length: 101 }, (_, i) => i / 100));
  checkReplicas(replicas);
  checkGrid(grid);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`Confidence ${confidence} is not in (0, 1).`);
  const sample = weights ? { labels, scores, weights } : { labels, scores };
  checkSample(sample);
  const sorted = sortSample(sample);
  const curve = curveOf(sorted, weights);
  const next = replicasOf(sorted, seed, thinned(curve.cut));
  const drawn = Array.from(grid, () => new Float64Array(replicas));
  for (let replica = 0; replica < replicas; replica++) {
    const { signal, background } = next();
    const at = alongCurve(normalised(signal), normalised(background), grid);
    at.forEach((value, i) => ((drawn[i] as Float64Array)[replica] = value));
  }
  const ends = drawn.map((values) => {
    const found = values.filter(Number.isFinite).sort();
    if (found.length < 2) throw new RangeError('Too few events to resample: replicas lack one of the classes.');
    return [quantileOfSorted(found, (1 - confidence) / 2), quantileOfSorted(found, (1 + confidence) / 2)] as const;
  });
  return {
    signalEfficiency: grid,
    backgroundEfficiency: alongCurve(curve.signalEfficiency, curve.backgroundEfficiency, grid),
    low: Float64Array.from(ends, ([low]) => low),
    high: Float64Array.from(ends, ([, high]) => high),
    confidence,
    replicas,
  };
};

const checkGrid = (grid: Float64Array): void => {
  const isWrong = grid.some((value, i) => !(value >= 0 && value <= 1) || (i > 0 && value <= (grid[i - 1] as number)));
  if (grid.length === 0 || isWrong) throw new RangeError('Signal efficiencies must rise within [0, 1]. 50 % is 0.5.');
};

const thinned = (cut: Float64Array): Float64Array => {
  if (cut.length <= cutsOfReplica) return cut;
  const last = cut.length - 1;
  return Float64Array.from(
    { length: cutsOfReplica },
    (_, i) => cut[Math.round((i * last) / (cutsOfReplica - 1))] as number,
  );
};

const normalised = (sums: Float64Array): Float64Array => {
  const total = sums.at(-1) as number;
  return sums.map((sum) => sum / total);
};

/** y where x first reaches each of some rising numbers, on straight lines between points. */
const alongCurve = (x: Float64Array, y: Float64Array, at: Float64Array): Float64Array => {
  let i = 0;
  return at.map((wanted) => {
    while (i < x.length - 1 && (x[i] as number) < wanted) i++;
    const [right, left] = [x[i] as number, x[Math.max(0, i - 1)] as number];
    const part = right > left ? Math.min(1, (wanted - left) / (right - left)) : 1;
    const from = y[Math.max(0, i - 1)] as number;
    return from + part * ((y[i] as number) - from);
  });
};
