import { asBoosting, type ModelDescription } from '../models/index.ts';
import type { Abilities, FitContext, Fitted, SavedParts } from './fit.ts';
import { fitBoostedTrees, loadBoostedTrees } from './fit-boosted-trees.ts';
import { fitNetwork } from './fit-network.ts';
import type { InputLayout } from './input-layout.ts';
import { loadNetwork } from './network-model.ts';
import { convolutionNetwork } from './networks/convolution-network.ts';
import { denseNetwork } from './networks/dense-network.ts';
import { energyFlowNetwork } from './networks/energy-flow-network.ts';
import type { NetworkKind } from './networks/network.ts';
import { particleFlowNetwork } from './networks/particle-flow-network.ts';
import { particleNetNetwork } from './networks/particle-net.ts';
import { particleTransformerNetwork } from './networks/particle-transformer.ts';

type Kind = ModelDescription['kind'];
type Description<K extends Kind> = Extract<ModelDescription, { readonly kind: K }>;

interface Trainer<Model> {
  /** How a model of this kind sees an event. */
  layout(model: Model): InputLayout;
  fit(model: Model, context: FitContext): Promise<Fitted>;
  load(model: Model, saved: SavedParts): Promise<Abilities>;
}

const network = <Model extends { readonly standardise: boolean }>(kind: NetworkKind<Model>): Trainer<Model> => ({
  layout: (model) => kind.layout(model),
  fit: (model, context) => fitNetwork(kind, model, context),
  load: (model, saved) => Promise.resolve().then(() => loadNetwork(kind, model, saved)),
});

/** Who fits which kind of model: a new network is its description, its file in `networks`, and a line here. */
const trainers: { readonly [K in Kind]: Trainer<Description<K>> } = {
  'boosted trees': { layout: () => ({ kind: 'features' }), fit: fitBoostedTrees, load: loadBoostedTrees },
  'convolutional network': network(convolutionNetwork),
  'dense network': network(denseNetwork),
  'energy flow network': network(energyFlowNetwork),
  'particle flow network': network(particleFlowNetwork),
  'particle net': network(particleNetNetwork),
  'particle transformer': network(particleTransformerNetwork),
  'random forest': {
    layout: () => ({ kind: 'features' }),
    fit: (model, context) => fitBoostedTrees(asBoosting(model), context),
    load: loadBoostedTrees,
  },
};

const trainerOf = (model: ModelDescription): Trainer<ModelDescription> => trainers[model.kind];

/** Fits a model by its kind's trainer. */
export const fit = (model: ModelDescription, context: FitContext): Promise<Fitted> =>
  trainerOf(model).fit(model, context);

/** What a saved model can do. @throws CygnetError `bad-file`, `engine-missing`. */
export const loadFitted = (model: ModelDescription, saved: SavedParts): Promise<Abilities> =>
  trainerOf(model).load(model, saved);

/** How a model sees an event. */
export const layoutOf = (model: ModelDescription): InputLayout => trainerOf(model).layout(model);

/** Whether there is a trainer for a value. */
export const isModelDescription = (value: unknown): value is ModelDescription =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  typeof value.kind === 'string' &&
  Object.hasOwn(trainers, value.kind);
