import { createRequire } from 'node:module';
import type { Provenance } from '../models/index.ts';

/** This library's version. */
export const cygnetVersion = (createRequire(import.meta.url)('../../package.json') as { readonly version: string })
  .version;

/** What a finished training leaves behind of itself. Versions of Cygnet and Node are added. */
export const recordProvenance = (
  run: Omit<Provenance, 'trainedAt'>,
  options: { readonly now?: () => Date } = {},
): Provenance => ({
  ...run,
  trainedAt: (options.now?.() ?? new Date()).toISOString(),
  versions: { cygnet: cygnetVersion, node: process.versions.node, ...run.versions },
});
