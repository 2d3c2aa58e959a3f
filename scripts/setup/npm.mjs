import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { StepFailure } from './failure.mjs';
import { inClone, node24 } from './paths.mjs';

/**
 * How to call the user's npm. It must not run on the Node inside node_modules, which `npm ci` takes away, so that folder
 * leaves the PATH; under an npm script, npm says itself where it and its Node are.
 * @returns {{ command: string, args: string[], env: object }}
 */
export function npmCommand(env = process.env) {
  const own = inClone('node_modules');
  const search = (env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(own));
  const clean = Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('npm_') || isUserSetting(name)),
  );
  const childEnv = { ...clean, PATH: search.join(path.delimiter) };
  const { npm_execpath: script, npm_node_execpath: node } = env;
  if (script && node && existsSync(script) && existsSync(node) && !realpathSync(node).startsWith(own)) {
    return { command: node, args: [script], env: childEnv };
  }
  const npm = search.map((folder) => path.join(folder, 'npm')).find((file) => existsSync(file));
  if (npm) return { command: npm, args: [], env: childEnv };
  throw new StepFailure({
    what: 'npm was not found on the PATH.',
    remedy: ['Install it with Node 20 or newer: https://nodejs.org, or your package manager.'],
  });
}

/** Settings the user gave npm through the environment stay; what npm adds for a running script goes. */
const isUserSetting = (name) => /^npm_config_/i.test(name) && name !== 'npm_config_local_prefix';

/** @throws {StepFailure} when npm brought no Node 24 for this platform and the user's own is older */
export function requireNode24() {
  const node = node24();
  if (node) return node;
  throw new StepFailure({
    what: `no Node 24 came with the npm packages for ${process.platform} ${process.arch}, and yours is ${process.version}.`,
    remedy: [
      'Optional packages must not be left out: look for `omit=optional` or `optional=false` in `npm config list`, then remove node_modules.',
      'Or install Node 24 yourself and run the same command with it: https://nodejs.org',
    ],
  });
}
