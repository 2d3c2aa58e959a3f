/** Models of `cygnet`: what a user describes and gets back. */
import type { BoostedTrees } from './boosted-trees.ts';
import type { Dense } from './dense.ts';

export { boostedTrees, type BoostedTrees, type BoostedTreesOptions } from './boosted-trees.ts';
export { dense, type Dense, type DenseOptions } from './dense.ts';
export { evaluateBlueprint } from './evaluate-blueprint.ts';
export type * from './blueprint.ts';
export type * from './task.ts';
export type * from './trained-model.ts';

/** Any description that `train` can fit. */
export type ModelDescription = BoostedTrees | Dense;
