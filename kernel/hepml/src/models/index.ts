/**
 * Models as plain descriptions with checked options, what a fitted one offers, and its numbers as a blueprint.
 * `train` fits them. Knows no engine, not even its types: they would slow down every completion in a notebook. May import
 * `@cygnet/columns`, `@cygnet/contract` and types of `data`.
 */
export * from './descriptions.ts';
export { xgboostParameters } from './boosted-trees.ts';
export { checkChoice, checkKnownOptions, checkNumber } from './option-checks.ts';
export { outputNames } from './task.ts';
export { asBoosting } from './random-forest.ts';
export { treeImportance } from './tree-importance.ts';
export { treesBlueprint } from './xgboost-model.ts';
