/**
 * Preparing what a model sees: shift, scale and filling of missing values, found on one sample and applied to another.
 * Plain numbers in, plain numbers out. May import `@cygnet/columns` and `data`.
 */
export { fitStandardiser, identityStandardiser, standardise, type Standardiser } from './standardiser.ts';
export { fitTableStandardiser, standardiseTable } from './table-standardiser.ts';
