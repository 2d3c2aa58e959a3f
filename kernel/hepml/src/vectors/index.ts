/**
 * Four-vectors over columns, flat or in lists, with the names and conventions of scikit-hep `vector`.
 * Imports columns and the table.
 */
export { Vectors } from './vectors.ts';
export { argcombinations, cartesian, combinations } from './shape.ts';
export { from, of } from './from-table.ts';
export type { VectorFields } from './from-table.ts';
