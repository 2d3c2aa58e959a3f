/** RNTuples from the anchor on: metadata, pages, columns. Specification 1.0 of the ROOT project. */
export { openRNTuple } from './open-rntuple.ts';
