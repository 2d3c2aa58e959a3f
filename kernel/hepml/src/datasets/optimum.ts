import { CygnetError } from '@cygnet/columns';
import { card } from './catalogue.ts';
import type { Optimum } from './generated-dataset.ts';
import { generatedDatasets } from './generated.ts';

/**
 * The optimum of a generated dataset.
 *
 * @throws CygnetError `dataset-not-found`, or `unsupported` for data whose optimum nobody knows.
 * @example
 * datasets.optimum('higgs-tautau-toy').auc; // 0.856743
 */
export const optimum = (name: string): Optimum => {
  const known = generatedDatasets.find(({ facts }) => facts.name === name);
  if (known !== undefined) return known.optimum;
  const { title } = card(name);
  const names = generatedDatasets.map(({ facts }) => facts.name);
  throw new CygnetError('unsupported', `The optimum of "${name}" (${title}) is not known. Known: ${names.join(', ')}.`);
};
