import path from 'node:path';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { requireNode24 } from './npm.mjs';
import { clone, inClone, logs, shown } from './paths.mjs';
import { run } from './processes.mjs';
import { lastLines } from './remedies.mjs';

const rooms = ['contract', 'columns', 'rootio', 'hepml', 'runtime'];
const roomSources = (names) =>
  names.flatMap((name) => ['src', 'tsconfig.json', 'package.json'].map((part) => path.join('kernel', name, part)));

/** node_modules/.bin/tsc is the compiler that tslab brings along, so TypeScript is named by its path. */
export const tsc = () => inClone('node_modules', 'typescript', 'bin', 'tsc');

export const packageSources = () => ({
  paths: [...roomSources(rooms), 'kernel/runtime/bin', 'tsconfig.base.json', 'tsconfig.json', 'package-lock.json'],
  texts: [clone], // the snapshot holds the places of its files
});

/** The rooms without their tests: whoever starts JupyterLab waits for what runs, and `npm test` checks the rest. */
export async function buildPackages({ echo = false } = {}) {
  const log = path.join(logs, 'build.log');
  const { ok, output } = await run(requireNode24(), [tsc(), '-b', ...rooms.map((room) => inClone('kernel', room))], {
    log,
    echo,
  });
  if (!ok) throw buildFailure('the TypeScript build', output, log);
  return buildSnapshot();
}

const snapshotStamp = inClone('kernel', 'runtime', 'dist', 'typescript.snapshot.stamp');

/** The memory that the kernel's TypeScript engine starts from. Without it the kernel works, and is slower to start. */
async function buildSnapshot() {
  const log = path.join(logs, 'snapshot.log');
  const script = inClone('kernel', 'runtime', 'bin', 'build-snapshot.mjs');
  const { ok } = await run(requireNode24(), [script], { log });
  return ok ? undefined : `kernels will start a second slower: no snapshot could be made, see ${shown(log)}`;
}

/** Whether the build is there, with a snapshot that is as new. */
export function packagesAreBuilt() {
  const engine = inClone('kernel', 'runtime', 'dist', 'engine');
  if (!existsSync(inClone('kernel', 'hepml', 'dist', 'index.js')) || !existsSync(snapshotStamp)) return false;
  const made = statSync(snapshotStamp).mtimeMs;
  return !existsSync(engine) || readdirSync(engine).every((name) => statSync(path.join(engine, name)).mtimeMs <= made);
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
