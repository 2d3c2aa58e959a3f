import { caloToy } from './calo-toy.ts';
import { decorToy } from './decor-toy.ts';
import { dqmToy } from './dqm-toy.ts';
import type { GeneratedDataset } from './generated-dataset.ts';
import { generateToy, toyFacts, toyLogLikelihoodRatio } from './higgs-tautau-toy.ts';
import { jetsSetsToy } from './jets-sets-toy.ts';
import { reweightToy } from './reweight-toy.ts';
import { twoProngToy } from './two-prong-toy.ts';
import { xorToy } from './xor-toy.ts';

/** All datasets that are made, with their recipes and optima. */
export const generatedDatasets: readonly GeneratedDataset[] = [
  {
    facts: toyFacts,
    generate: generateToy,
    optimum: {
      auc: 0.856743,
      how: "closed form: Phi(d / sqrt(2)) with d^2 = mu' C^-1 mu, d = 1.507272",
      score: toyLogLikelihoodRatio,
    },
  },
  xorToy,
  caloToy,
  dqmToy,
  decorToy,
  reweightToy,
  jetsSetsToy,
  twoProngToy,
];
