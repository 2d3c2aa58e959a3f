import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { Provenance } from '../models/index.ts';
import { gitCommit } from './git-commit.ts';

/** This library's version. */
export const cygnetVersion = (createRequire(import.meta.url)('../../package.json') as { readonly version: string })
  .version;

const machine = (): string => {
  const all = cpus();
  return `${process.platform} ${process.arch}, ${all.length} x ${all[0]?.model.trim() ?? 'unknown processor'}`;
};

/** What a finished training leaves behind of itself. Versions of Cygnet and Node, machine and git commit are added. */
export const recordProvenance = (
  run: Omit<Provenance, 'trainedAt' | 'machine' | 'gitCommit'>,
  options: { readonly now?: () => Date; readonly folder?: string } = {},
): Provenance => {
  const commit = gitCommit(options.folder);
  return {
    ...run,
    trainedAt: (options.now?.() ?? new Date()).toISOString(),
    versions: { cygnet: cygnetVersion, node: process.versions.node, ...run.versions },
    machine: machine(),
    ...(commit === undefined ? {} : { gitCommit: commit }),
  };
};
