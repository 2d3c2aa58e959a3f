import { CygnetError } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import { card } from './catalogue.ts';
import { toyFacts, toyLogLikelihoodRatio } from './higgs-tautau-toy.ts';

/** The best that any method can reach on a dataset whose recipe is known. */
export interface Optimum {
  /** Area under the ROC curve of the best possible score, on infinitely many events. */
  readonly auc: number;
  /** How the number was found. */
  readonly how: string;
  /** The best possible score itself: the exact logarithm of the likelihood ratio of each event. */
  readonly score: (table: Table) => Float64Array;
}

const optima: { readonly [name: string]: Optimum } = {
  [toyFacts.name]: {
    auc: 0.856743,
    how: "closed form: Phi(d / sqrt(2)) with d^2 = mu' C^-1 mu, d = 1.507272",
    score: toyLogLikelihoodRatio,
  },
};

/**
 * The optimum of a generated dataset.
 *
 * @throws CygnetError `dataset-not-found`, or `unsupported` for data whose optimum nobody knows.
 * @example
 * datasets.optimum('higgs-tautau-toy').auc; // 0.856743
 */
export const optimum = (name: string): Optimum => {
  const known = Object.hasOwn(optima, name) ? optima[name] : undefined;
  if (known !== undefined) return known;
  const { title } = card(name);
  throw new CygnetError('unsupported', `The optimum of "${name}" (${title}) is not known. Known: ${Object.keys(optima).join(', ')}.`);
};
