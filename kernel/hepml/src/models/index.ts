/**
 * Models as plain descriptions with checked options, what a fitted one offers, and its numbers as a blueprint.
 * `train` fits them. Knows no engine, not even its types: they would slow down every completion in a notebook. May import `@cygnet/columns`, `@cygnet/contract` and types of `data`.
 */
import type { BoostedTrees } from './boosted-trees.ts';
import type { Dense } from './dense.ts';

export { boostedTrees, xgboostParameters, type BoostedTrees, type BoostedTreesOptions } from './boosted-trees.ts';
export { dense, type Dense, type DenseOptions } from './dense.ts';
export { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';
export { evaluateBlueprint } from './evaluate-blueprint.ts';
export { treesBlueprint } from './xgboost-model.ts';
export type * from './blueprint.ts';
export type * from './trained-model.ts';

/** Any description that `train` can fit. */
export type ModelDescription = BoostedTrees | Dense;
