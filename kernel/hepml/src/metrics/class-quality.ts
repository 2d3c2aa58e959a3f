import { auc } from './auc.ts';
import type { Numbers } from './labelled-scores.ts';

/** Predictions of several classes with the truth. */
export interface ClassSample {
  /** Class names, in the order of the scores. */
  readonly classes: readonly string[];
  /** Row-major, events x classes: probabilities that sum to 1. */
  readonly scores: Numbers;
  /** Number of the true class, one an event. */
  readonly labels: Numbers;
  /** One an event; ones when absent. */
  readonly weights?: Numbers;
}

/** How well several classes are told apart; all with event weights. */
export interface ClassQuality {
  /** Share of events whose most probable class is the true one. */
  readonly accuracy: number;
  /** Mean of `-ln p(true class)`. */
  readonly logLoss: number;
  /** Area under the ROC curve of each class against all others. */
  readonly auc: { readonly [name: string]: number };
  /** `confusion[true][predicted]`: share of the true class's weight; rows sum to 1. */
  readonly confusion: readonly (readonly number[])[];
}

const largestAt = (scores: Numbers, start: number, count: number): number => {
  let best = 0;
  for (let i = 1; i < count; i++) if ((scores[start + i] as number) > (scores[start + best] as number)) best = i;
  return best;
};

/** @throws RangeError when lengths do not fit or a label is no class. */
export const checkClasses = ({ classes, scores, labels, weights }: ClassSample): void => {
  const events = labels.length;
  if (events === 0) throw new RangeError('The sample has no events.');
  if (scores.length !== events * classes.length)
    throw new RangeError(`${scores.length} scores are not ${events} events x ${classes.length} classes.`);
  if (weights && weights.length !== events)
    throw new RangeError(`${events} events but ${weights.length} weights: both need one entry an event.`);
  for (let event = 0; event < events; event++)
    if (!((labels[event] as number) in classes))
      throw new RangeError(
        `labels[${event}] is ${labels[event]}: a label is the number of a class, below ${classes.length}.`,
      );
};

/**
 * Quality of a classifier of several classes.
 *
 * @throws RangeError when lengths do not fit, a label is no class, or a class has no events.
 * @example
 * const { accuracy, auc } = metrics.classQuality(await metrics.classScores(model, testTable));
 */
export const classQuality = (sample: ClassSample): ClassQuality => {
  checkClasses(sample);
  const { classes, scores, labels, weights } = sample;
  const count = classes.length;
  const confusion = classes.map(() => classes.map(() => 0));
  let [right, loss, total] = [0, 0, 0];
  for (let event = 0; event < labels.length; event++) {
    const [label, weight] = [labels[event] as number, weights?.[event] ?? 1];
    const chosen = largestAt(scores, event * count, count);
    const row = confusion[label] as number[];
    row[chosen] = (row[chosen] as number) + weight;
    if (chosen === label) right += weight;
    loss -= weight * Math.log(Math.max(scores[event * count + label] as number, Number.MIN_VALUE));
    total += weight;
  }
  const oneAgainstRest = classes.map((name, own) => {
    const isOwn = Uint8Array.from({ length: labels.length }, (_, event) => Number(labels[event] === own));
    const score = Float64Array.from({ length: labels.length }, (_, event) => scores[event * count + own] as number);
    return [name, auc(isOwn, score, weights ? { weights } : {})] as const;
  });
  return {
    accuracy: right / total,
    logLoss: loss / total,
    auc: Object.fromEntries(oneAgainstRest),
    confusion: confusion.map((row) => {
      const sum = row.reduce((all, value) => all + value, 0);
      return row.map((value) => value / sum);
    }),
  };
};
