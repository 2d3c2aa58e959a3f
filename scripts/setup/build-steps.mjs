import path from 'node:path';
import { existsSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { requireNode24 } from './npm.mjs';
import { inClone, logs, shown } from './paths.mjs';
import { run } from './processes.mjs';
import { lastLines } from './remedies.mjs';

const rooms = ['contract', 'columns', 'rootio', 'hepml', 'runtime'];
const roomSources = (names) =>
  names.flatMap((name) => ['src', 'tsconfig.json', 'package.json'].map((part) => path.join('kernel', name, part)));

/** node_modules/.bin/tsc is the compiler that tslab brings along, so TypeScript is named by its path. */
export const tsc = () => inClone('node_modules', 'typescript', 'bin', 'tsc');

export const packageSources = () => ({
  paths: [...roomSources(rooms), 'tsconfig.base.json', 'tsconfig.json', 'package-lock.json'],
});

/** The rooms without their tests: whoever starts JupyterLab waits for what runs, and `npm test` checks the rest. */
export async function buildPackages({ echo = false } = {}) {
  const log = path.join(logs, 'build.log');
  const { ok, output } = await run(requireNode24(), [tsc(), '-b', ...rooms.map((room) => inClone('kernel', room))], {
    log,
    echo,
  });
  if (!ok) throw buildFailure('the TypeScript build', output, log);
}

export const extensionSources = () => ({
  paths: [
    ...['src', 'style', 'schema', 'scripts', 'package.json', 'tsconfig.json', 'bundler.config.js'].map((part) =>
      path.join('extension', part),
    ),
    ...roomSources(['contract', 'columns', 'rootio']),
    'tsconfig.base.json',
    'package-lock.json',
  ],
});

export async function buildExtension({ echo = false } = {}) {
  const script = inClone('extension', 'scripts', 'build.mjs');
  if (!existsSync(script))
    throw new StepFailure({ what: `${shown(script)} is missing.`, remedy: ['Restore it: git checkout -- extension'] });
  const log = path.join(logs, 'extension.log');
  const { ok, output } = await run(requireNode24(), [script], { log, echo });
  if (!ok) throw buildFailure('the extension build', output, log);
}

const buildFailure = (what, output, log) =>
  new StepFailure({
    what: `${what} ended with an error.`,
    remedy: [
      'With changed sources: correct what the lines above name. In an unchanged clone: remove node_modules and try again.',
    ],
    lines: lastLines(output, 15),
    log: shown(log),
  });
