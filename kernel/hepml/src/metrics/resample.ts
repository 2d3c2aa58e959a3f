import { randomSource } from '../data/index.ts';
import { checkSample, type Numbers, type ScoredSample } from './labelled-scores.ts';
import { descendingOrder } from './score-order.ts';

/** What each cut keeps of a resampled sample: sums of weights from the tightest cut to the loosest, the first 0. */
export interface Replica {
  readonly signal: Float64Array;
  readonly background: Float64Array;
}

/** Points of the ROC curve are those of `rocCurve`: one a distinct score, events of weight 0 left out. */
const sortedEvents = ({ scores, labels, weights }: ScoredSample) => {
  const order = descendingOrder(scores).filter((event) => !weights || weights[event] !== 0);
  const [signal, background] = [new Float64Array(order.length), new Float64Array(order.length)];
  const point = new Uint32Array(order.length);
  let [points, last] = [0, NaN];
  order.forEach((event, i) => {
    const weight = weights ? (weights[event] as number) : 1;
    (labels[event] === 1 ? signal : background)[i] = weight;
    if (scores[event] !== last) points++;
    last = scores[event] as number;
    point[i] = points;
  });
  return { signal, background, point, points };
};

/** Chances of 0, 1, 2, ... in a Poisson distribution of mean 1, summed up and scaled to 32-bit numbers. */
const poissonOne = ((): readonly number[] => {
  const sums: number[] = [];
  let [term, sum] = [Math.exp(-1), 0];
  for (let k = 0; k < 14; term /= ++k) sums.push((sum += term) * 2 ** 32);
  return sums;
})();

/**
 * Poisson bootstrap: in each replica every event counts as often as a Poisson number of mean 1 says (Hanley and MacGibbon,
 * Comput. Methods Programs Biomed. 83 (2006) 57): the bootstrap for samples whose size is itself random, as counted
 * events are. Sorts once; a replica costs one pass. The arrays of a replica are used again for the next one.
 */
export const replicasOf = (sample: ScoredSample, seed: number): (() => Replica) => {
  checkSample(sample);
  const { signal, background, point, points } = sortedEvents(sample);
  const random = randomSource(seed);
  const sums: Replica = { signal: new Float64Array(points + 1), background: new Float64Array(points + 1) };
  return () => {
    let [s, b] = [0, 0];
    for (let i = 0; i < point.length; i++) {
      const drawn = random.uint32();
      let times = 0;
      while (times < poissonOne.length && drawn >= (poissonOne[times] as number)) times++;
      s += times * (signal[i] as number);
      b += times * (background[i] as number);
      sums.signal[point[i] as number] = s;
      sums.background[point[i] as number] = b;
    }
    return sums;
  };
};

/** @throws RangeError unless there are at least 10 replicas. */
export const checkReplicas = (replicas: number): void => {
  if (!(Number.isInteger(replicas) && replicas >= 10))
    throw new RangeError(`${replicas} replicas: give a whole number of at least 10.`);
};

/** Standard deviation of numbers, with n - 1. */
export const standardDeviation = (values: Numbers): number => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1));
};

/** The central 68.27 % of numbers, between those next to its ends. */
export const centralInterval = (values: Numbers): readonly [low: number, high: number] => {
  const sorted = Float64Array.from(values).sort();
  const at = (fraction: number): number => {
    const place = fraction * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (place - Math.floor(place)) * (above - below);
  };
  return [at(0.1587), at(0.8413)];
};
