/** Preparing what a model sees. Plain numbers in, plain numbers out. May import `@cygnet/columns`. */
export { fitStandardiser, identityStandardiser, standardise, type Standardiser } from './standardiser.ts';
