import { checkClasses, type ClassSample } from './class-quality.ts';
import { rocCurve, type RocCurve } from './roc-curve.ts';

/** ROC curves of a classifier with several classes. */
export interface MultiClassRoc {
  /** For `one-vs-rest` the class; for `one-vs-one` the pair, signal first. */
  readonly curves: readonly { readonly signal: string; readonly background: string; readonly curve: RocCurve }[];
  /** Mean of the areas, every curve counting the same: scikit-learn's `average="macro"`. */
  readonly meanAuc: number;
}

const pick = (
  { weights }: ClassSample,
  events: readonly number[],
  labels: readonly number[],
  scores: readonly number[],
): RocCurve => rocCurve(labels, scores, weights ? { weights: events.map((event) => weights[event] as number) } : {});

/**
 * One ROC curve a class, the class against all others (`one-vs-rest`), or one an ordered pair of classes on the events of
 * those two (`one-vs-one`, where the score is the share `p_a / (p_a + p_b)` of the first class: what a likelihood ratio of the two
 * needs). Weights decide how the others are mixed in one-vs-rest; one-vs-one does not depend on that.
 * @throws RangeError when sizes do not fit, a class has no events or its weights do not sum to a positive number.
 * @example
 * metrics.multiClassRoc({ labels, scores, classes: ['quark', 'gluon', 'b'] }, { mode: 'one-vs-one' }).meanAuc;
 */
export const multiClassRoc = (
  sample: ClassSample,
  options: { readonly mode?: 'one-vs-rest' | 'one-vs-one' } = {},
): MultiClassRoc => {
  checkClasses(sample);
  const { labels, scores, classes } = sample;
  const score = (event: number, c: number): number => scores[event * classes.length + c] as number;
  const events = Array.from(labels, (_, event) => event);
  const rest = (c: number) => ({
    signal: classes[c] as string,
    background: 'rest',
    curve: pick(
      sample,
      events,
      events.map((event) => (labels[event] === c ? 1 : 0)),
      events.map((event) => score(event, c)),
    ),
  });
  const pair = (a: number, b: number) => {
    const chosen = events.filter((event) => labels[event] === a || labels[event] === b);
    const share = (event: number): number => {
      const sum = score(event, a) + score(event, b);
      return sum > 0 ? score(event, a) / sum : 0.5;
    };
    const truth = chosen.map((event) => (labels[event] === a ? 1 : 0));
    const curve = pick(sample, chosen, truth, chosen.map(share));
    return { signal: classes[a] as string, background: classes[b] as string, curve };
  };
  const curves =
    options.mode === 'one-vs-one'
      ? classes.flatMap((_, a) => classes.flatMap((_, b) => (a === b ? [] : [pair(a, b)])))
      : classes.map((_, c) => rest(c));
  return { curves, meanAuc: curves.reduce((sum, { curve }) => sum + curve.auc, 0) / curves.length };
};
