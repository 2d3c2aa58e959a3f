import type { ModelDescription } from '../models/index.ts';
import type { FitContext, Fitted } from './fit.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';
import { fitNetwork } from './fit-network.ts';
import { denseNetwork } from './networks/dense-network.ts';

type Kind = ModelDescription['kind'];
type Description<K extends Kind> = Extract<ModelDescription, { readonly kind: K }>;

/** Who fits which kind of model: a new network is its description, its file in `networks`, and a line here. */
const trainers: { readonly [K in Kind]: (model: Description<K>, context: FitContext) => Promise<Fitted> } = {
  'boosted trees': fitBoostedTrees,
  'dense network': (model, context) => fitNetwork(denseNetwork, model, context),
};

/** Fits a model by its kind's trainer. */
export const fit = (model: ModelDescription, context: FitContext): Promise<Fitted> => {
  const trainer = trainers[model.kind] as (model: ModelDescription, context: FitContext) => Promise<Fitted>;
  return trainer(model, context);
};

/** Whether there is a trainer for a value. */
export const isModelDescription = (value: unknown): value is ModelDescription =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  typeof value.kind === 'string' &&
  Object.hasOwn(trainers, value.kind);
