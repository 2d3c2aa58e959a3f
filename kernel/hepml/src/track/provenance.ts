import packageJson from '../../package.json' with { type: 'json' };
import type { Provenance } from '../models/index.ts';

/** This library's version. */
export const cygnetVersion: string = packageJson.version;

/** What a finished training leaves behind of itself. Versions of Cygnet and Node are added. */
export const recordProvenance = (
  run: Omit<Provenance, 'trainedAt'>,
  options: { readonly now?: () => Date } = {},
): Provenance => ({
  ...run,
  trainedAt: (options.now?.() ?? new Date()).toISOString(),
  versions: { cygnet: cygnetVersion, node: process.versions.node, ...run.versions },
});
