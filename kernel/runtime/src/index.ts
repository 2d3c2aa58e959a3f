/** Package door: a Jupyter kernel for TypeScript. `bin/cygnet-kernel.mjs` starts it. */
export { startKernel } from './start.ts';
