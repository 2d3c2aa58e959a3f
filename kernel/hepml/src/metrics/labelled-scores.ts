/** Anything that numbers can be read from by index: typed arrays and plain arrays alike. */
export type Numbers = ArrayLike<number>;

/** Classifier output with the truth. `labels`: 1 for signal, 0 for background; `weights`: one an event, ones when absent. */
export interface ScoredSample {
  readonly scores: Numbers;
  readonly labels: Numbers;
  readonly weights?: Numbers;
}

const word = (what: string, index: number, value: unknown): string => `${what}[${index}] is ${String(value)}`;

/** @throws RangeError when a score is not a number, naming the first one. */
export const checkScores = (scores: Numbers, what = 'scores'): void => {
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i]))
      throw new RangeError(`${word(what, i, NaN)}: scores must be numbers. Fill missing values first.`);
  }
};

/** @throws RangeError when weights have another length than the scores or one of them is not finite. */
export const checkWeights = (weights: Numbers, length: number, what = 'weights'): void => {
  if (weights.length !== length)
    throw new RangeError(`${length} scores but ${weights.length} ${what}: both need one entry an event.`);
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(weights[i]))
      throw new RangeError(`${word(what, i, weights[i])}: event weights must be finite numbers.`);
  }
};

/** @throws RangeError unless labels are 0 or 1, one an event. */
const checkLabels = (labels: Numbers, length: number): void => {
  if (labels.length !== length)
    throw new RangeError(`${length} scores but ${labels.length} labels: both need one entry an event.`);
  for (let i = 0; i < length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1)
      throw new RangeError(`${word('labels', i, labels[i])}: a label is 1 (signal) or 0 (background).`);
  }
};

/**
 * Checks a sample that is to be cut on: equal lengths, no NaN, both classes there with a positive sum of weights.
 * @throws RangeError that says which event or class is wrong.
 */
export const checkSample = ({ scores, labels, weights }: ScoredSample): void => {
  if (scores.length === 0) throw new RangeError('The sample has no events.');
  checkLabels(labels, scores.length);
  checkScores(scores);
  if (weights) checkWeights(weights, scores.length);
  let [signal, background, signalEvents] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    if (labels[i] === 1) {
      signal += weight;
      signalEvents++;
    } else background += weight;
  }
  const sum = [background, signal];
  const events = [scores.length - signalEvents, signalEvents];
  for (const label of [0, 1]) {
    const name = label === 1 ? 'signal (label 1)' : 'background (label 0)';
    if (events[label] === 0)
      throw new RangeError(`No ${name} among ${scores.length} events: a ROC curve needs both classes.`);
    if (!((sum[label] ?? 0) > 0))
      throw new RangeError(`The weights of ${name} sum to ${sum[label]}: the sum must be positive to normalise by.`);
  }
};
