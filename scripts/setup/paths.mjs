import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone these scripts belong to. Everything that set-up writes lies inside it. */
export const clone = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What set-up keeps for itself: stamps, logs, the lock, JupyterLab's own settings. Git ignores it. */
export const state = path.join(clone, '.cygnet');
export const logs = path.join(state, 'logs');
export const venv = path.join(clone, '.venv');
export const venvPython = path.join(venv, 'bin', 'python');
export const inClone = (...parts) => path.join(clone, ...parts);

/** A path as the user reads it: relative to the clone. */
export const shown = (file) => path.relative(clone, file) || '.';

const major = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/**
 * The Node 24 that runs the kernel, the build and the tests: the one npm installed into the clone, or the user's own
 * when that is as new and no package exists for this platform.
 */
export function node24() {
  const own = inClone('node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  return major(process.versions.node) >= 24 ? process.execPath : undefined;
}

/** An environment without some of its variables. */
export const without = (env, names) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

/**
 * The environment of everything that is started here: the clone's Node first, the user's Python settings left out, and
 * ONNX Runtime told not to report its use to its maker, which it does from 1.30 on.
 */
export function childEnvironment(extra = {}) {
  const own = inClone('node_modules', '.bin');
  const search = [own, ...(process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== own)];
  const env = without(process.env, ['PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV']);
  return {
    ...env,
    PATH: search.join(path.delimiter),
    PYTHONUNBUFFERED: '1',
    CYGNET_PYTHON_ENV: venv,
    ORT_DISABLE_TELEMETRY: '1',
    ...extra,
  };
}
