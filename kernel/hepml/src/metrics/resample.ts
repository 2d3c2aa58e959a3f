import { randomSource } from '../data/index.ts';
import { classOf, cutSums, eventsAtCuts, type SortedClass, type SortedSample } from './class-sums.ts';
import type { Numbers } from './labelled-scores.ts';

/** What each cut keeps of a resampled sample: sums of weights from the tightest cut to the loosest, the first 0. */
export interface Replica {
  readonly signal: Float64Array;
  readonly background: Float64Array;
}

/** Chances of 0, 1, 2, ... in a Poisson distribution of mean 1, summed up and scaled to 32-bit numbers. */
const poissonOne = ((): Float64Array => {
  const sums = new Float64Array(14);
  for (let k = 0, term = Math.exp(-1), sum = 0; k < sums.length; term /= ++k) sums[k] = (sum += term) * 2 ** 32;
  return sums;
})();

/** The number that a 32-bit word stands for, where all words with its leading 16 bits agree; 255 where they do not. */
const timesOf = ((): Uint8Array => {
  const times = (word: number): number => {
    const found = poissonOne.findIndex((limit) => word < limit);
    return found < 0 ? poissonOne.length : found;
  };
  return Uint8Array.from({ length: 65536 }, (_, leading) => {
    const [first, last] = [times(leading * 65536), times(leading * 65536 + 65535)];
    return first === last ? first : 255;
  });
})();

/** Fills an array with Poisson numbers of mean 1. */
const poissonSource = (seed: number): ((into: Uint8Array) => void) => {
  const random = randomSource(seed);
  return (into) => {
    for (let i = 0; i < into.length; i++) {
      const word = random.uint32();
      let times = timesOf[word >>> 16] as number;
      if (times === 255) for (times = 0; times < poissonOne.length && word >= (poissonOne[times] as number);) times++;
      into[i] = times;
    }
  };
};

/**
 * Poisson bootstrap: in each replica every event counts as often as a Poisson number of mean 1 says (Hanley and MacGibbon,
 * Comput. Methods Programs Biomed. 83 (2006) 57): the bootstrap for samples whose size is itself random, as counted
 * events are. The sample is sorted once; a replica costs one pass. The arrays of a replica are used again for the next one.
 * @param cuts Where to sum, falling; every distinct score when absent.
 */
export const replicasOf = (sample: SortedSample, seed: number, cuts = cutSums(sample).cut): (() => Replica) => {
  const draw = poissonSource(seed);
  const resample = (events: SortedClass): (() => Float64Array) => {
    const ends = eventsAtCuts(cuts, events);
    const times = new Uint8Array(events.scores.length);
    const sums = new Float64Array(ends.length);
    return () => {
      draw(times);
      fillSums(sums, { times, ends, weights: events.weights });
      return sums;
    };
  };
  const [signal, background] = [resample(classOf(sample, 1)), resample(classOf(sample, 0))];
  return () => ({ signal: signal(), background: background() });
};

interface Drawn {
  readonly times: Uint8Array;
  /** For each sum, the end of the events in it. */
  readonly ends: Uint32Array;
  readonly weights: Float64Array | undefined;
}

const fillSums = (sums: Float64Array, { times, ends, weights }: Drawn): void => {
  let [sum, i] = [0, 0];
  for (let point = 0; point < ends.length; point++) {
    const end = ends[point] as number;
    if (weights) for (; i < end; i++) sum += (times[i] as number) * (weights[i] as number);
    else for (; i < end; i++) sum += times[i] as number;
    sums[point] = sum;
  }
};

/** Areas under the curves of such replicas, without the curves: `sum_B w (S above + S tied / 2) / (sum_S w sum_B w)`. */
export const areasOf = (sample: SortedSample, seed: number): (() => number) => {
  const [signal, background] = [classOf(sample, 1), classOf(sample, 0)];
  const draw = poissonSource(seed);
  const signalTimes = new Uint8Array(signal.scores.length);
  const times = new Uint8Array(background.scores.length);
  const { above, from } = signalAround(signal.scores, background.scores);
  const kept = new Float64Array(signal.scores.length + 1);
  const ends = Uint32Array.from(kept, (_, i) => i);
  return () => {
    draw(signalTimes);
    draw(times);
    fillSums(kept, { times: signalTimes, ends, weights: signal.weights });
    let [area, total] = [0, 0];
    for (let i = 0; i < times.length; i++) {
      const weight = (times[i] as number) * (background.weights ? (background.weights[i] as number) : 1);
      area += weight * ((kept[above[i] as number] as number) + (kept[from[i] as number] as number));
      total += weight;
    }
    return area / 2 / total / (kept.at(-1) as number);
  };
};

/** For each background event, how many signal events score above it, and how many at least as high. */
const signalAround = (
  signal: Float64Array,
  background: Float64Array,
): { readonly above: Uint32Array; readonly from: Uint32Array } => {
  const above = new Uint32Array(background.length);
  const from = new Uint32Array(background.length);
  let [i, j] = [0, 0];
  background.forEach((score, event) => {
    while (i < signal.length && (signal[i] as number) > score) i++;
    while (j < signal.length && (signal[j] as number) >= score) j++;
    above[event] = i;
    from[event] = j;
  });
  return { above, from };
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

/** The number below which a fraction of sorted numbers lies, between its neighbours. */
export const quantileOfSorted = (sorted: Float64Array, fraction: number): number => {
  const place = fraction * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return below + (place - Math.floor(place)) * (above - below);
};

/** The central 68.27 % of numbers, between those next to its ends. */
export const centralInterval = (values: Numbers): readonly [low: number, high: number] => {
  const sorted = Float64Array.from(values).sort();
  return [quantileOfSorted(sorted, 0.1587), quantileOfSorted(sorted, 0.8413)];
};
