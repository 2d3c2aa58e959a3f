/** Models of `cygnet`: what a user describes and gets back. */
import type { BoostedTrees } from './boosted-trees.ts';
import type { Convolution } from './convolution.ts';
import type { DeepSets } from './deep-sets.ts';
import type { Dense } from './dense.ts';
import type { EnergyFlow } from './energy-flow.ts';
import type { ParticleNet } from './particle-net.ts';
import type { RandomForest } from './random-forest.ts';
import type { ParticleTransformer } from './particle-transformer.ts';

export { boostedTrees, type BoostedTrees, type BoostedTreesOptions } from './boosted-trees.ts';
export { convolution, type Convolution, type ConvolutionOptions } from './convolution.ts';
export { deepSets, type DeepSets, type DeepSetsOptions } from './deep-sets.ts';
export { dense, type Dense, type DenseOptions } from './dense.ts';
export { energyFlow, type EnergyFlow, type EnergyFlowOptions } from './energy-flow.ts';
export { particleNet, type ParticleNet, type ParticleNetOptions } from './particle-net.ts';
export {
  particleTransformer,
  type PairColumns,
  type ParticleTransformer,
  type ParticleTransformerOptions,
} from './particle-transformer.ts';
export { randomForest, type RandomForest, type RandomForestOptions } from './random-forest.ts';
export { evaluateBlueprint } from './evaluate-blueprint.ts';
export type * from './blueprint.ts';
export type * from './task.ts';
export type * from './trained-model.ts';

/** Any description that `train` can fit. */
export type ModelDescription =
  BoostedTrees | Convolution | DeepSets | Dense | EnergyFlow | ParticleNet | ParticleTransformer | RandomForest;
