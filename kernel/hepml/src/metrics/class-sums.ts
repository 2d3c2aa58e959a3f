import type { Numbers, ScoredSample } from './labelled-scores.ts';
import { asFloats, descendingOrder } from './score-order.ts';

/** Events from the highest score to the lowest, those of weight 0 left out. */
export interface SortedSample {
  readonly scores: Float64Array;
  /** 1 for signal, 0 for background. */
  readonly truth: Uint8Array;
  /** Absent when every event counts once. */
  readonly weights?: Float64Array;
}

/** What each cut keeps of a class. The first cut keeps nothing, the last everything. */
export interface ClassSums {
  /** Sums of weights and of their squares, one a cut. */
  readonly weight: Float64Array;
  readonly squares: Float64Array;
  /** Events in all, without those of weight 0. */
  readonly events: number;
}

export const sortSample = (sample: ScoredSample): SortedSample => {
  const { scores, labels, weights } = sample.weights ? withoutZeros(sample, sample.weights) : sample;
  const [values, truth] = [asFloats(scores), labels instanceof Uint8Array ? labels : new Uint8Array(labels)];
  const order = descendingOrder(values);
  const [sorted, sortedTruth] = [new Float64Array(order.length), new Uint8Array(order.length)];
  for (let i = 0; i < order.length; i++) {
    const event = order[i] as number;
    // Adding 0 makes -0 a 0.
    sorted[i] = (values[event] as number) + 0;
    sortedTruth[i] = truth[event] as number;
  }
  if (!weights) return { scores: sorted, truth: sortedTruth };
  const [all, sortedWeights] = [asFloats(weights), new Float64Array(order.length)];
  for (let i = 0; i < order.length; i++) sortedWeights[i] = all[order[i] as number] as number;
  return { scores: sorted, truth: sortedTruth, weights: sortedWeights };
};

const withoutZeros = (sample: ScoredSample, weights: Numbers): ScoredSample => {
  let zeros = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] === 0) zeros++;
  if (zeros === 0) return sample;
  const events = Array.from({ length: weights.length }, (_, i) => i).filter((i) => weights[i] !== 0);
  const kept = (values: Numbers): Float64Array => Float64Array.from(events, (i) => values[i] as number);
  return { scores: kept(sample.scores), labels: kept(sample.labels), weights: kept(weights) };
};

/** The cuts that make a difference, one a distinct score, falling, after an infinite one; and what they keep. */
export const cutSums = ({ scores, truth, weights }: SortedSample) => {
  const { length } = scores;
  const column = (): Float64Array => new Float64Array(length + 1);
  const [cut, signal, background] = [column(), column(), column()];
  const [signalSquares, backgroundSquares] = weights ? [column(), column()] : [signal, background];
  let [point, signalEvents, s, b, s2, b2] = [0, 0, 0, 0, 0, 0];
  cut[0] = Infinity;
  for (let i = 0; i < length; i++) {
    const [score, isSignal, weight] = [scores[i] as number, truth[i] as number, weights ? (weights[i] as number) : 1];
    if (i === 0 || score !== cut[point]) cut[++point] = score;
    // Multiplied, not branched on: which class comes next cannot be foretold.
    const ofSignal = weight * isSignal;
    const ofBackground = weight * (1 - isSignal);
    signalEvents += isSignal;
    signal[point] = s += ofSignal;
    background[point] = b += ofBackground;
    if (!weights) continue;
    signalSquares[point] = s2 += ofSignal * weight;
    backgroundSquares[point] = b2 += ofBackground * weight;
  }
  const used = (values: Float64Array): Float64Array => (point === length ? values : values.slice(0, point + 1));
  const sums = (weight: Float64Array, squares: Float64Array, events: number): ClassSums => {
    const kept = used(weight);
    return { weight: kept, squares: squares === weight ? kept : used(squares), events };
  };
  return {
    cut: used(cut),
    signal: sums(signal, signalSquares, signalEvents),
    background: sums(background, backgroundSquares, length - signalEvents),
  };
};

/** The events of one class from the highest score to the lowest. */
export interface SortedClass {
  readonly scores: Float64Array;
  readonly weights?: Float64Array;
}

export const classOf = ({ scores, truth, weights }: SortedSample, label: 0 | 1): SortedClass => {
  const isOfClass = (_: number, i: number): boolean => truth[i] === label;
  return { scores: scores.filter(isOfClass), ...(weights && { weights: weights.filter(isOfClass) }) };
};

/** For each of some falling cuts, how many events of a class have a score of at least it. */
export const eventsAtCuts = (cut: Float64Array, { scores }: SortedClass): Uint32Array => {
  const ends = new Uint32Array(cut.length);
  let i = 0;
  for (let point = 0; point < cut.length; point++) {
    while (i < scores.length && (scores[i] as number) >= (cut[point] as number)) i++;
    ends[point] = i;
  }
  return ends;
};

/** Whether weights say anything: equal ones cancel everywhere. */
export const areEqual = (weights: Numbers): boolean => {
  for (let i = 1; i < weights.length; i++) if (weights[i] !== weights[0]) return false;
  return true;
};
