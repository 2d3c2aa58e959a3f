import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CygnetError } from '@cygnet/columns';

/** A shared library that a Python wheel brings along. */
export interface WheelLibrary {
  /** What a person calls it, for example `XGBoost`. */
  readonly name: string;
  /** Paths below `site-packages` under which the platforms' wheels keep it, with `*` for what differs; the first is taken. */
  readonly paths: readonly string[];
}

const parents = (folder: string): readonly string[] => {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...parents(parent)];
};

const nearestVenv = (folder: string): readonly string[] =>
  parents(resolve(folder))
    .map((parent) => join(parent, '.venv'))
    .filter((venv) => existsSync(venv))
    .slice(0, 1);

/**
 * Folders of Python environments to look into, best first. `CYGNET_PYTHON_ENV` alone when it is set; else `VIRTUAL_ENV`,
 * then the nearest `.venv` above this package and above the working directory.
 */
export const pythonEnvironments = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  startFolders: readonly string[] = [import.meta.dirname, process.cwd()],
): readonly string[] => {
  if (env.CYGNET_PYTHON_ENV) return [resolve(env.CYGNET_PYTHON_ENV)];
  const active = env.VIRTUAL_ENV ? [resolve(env.VIRTUAL_ENV)] : [];
  return [...new Set([...active, ...startFolders.flatMap(nearestVenv)])];
};

const sitePackages = (environment: string): readonly string[] =>
  ['lib/python3.*/site-packages', 'lib64/python3.*/site-packages', 'Lib/site-packages'].flatMap((pattern) =>
    globSync(pattern, { cwd: environment }).map((folder) => join(environment, folder)),
  );

const filesLike = (folder: string, path: string): readonly string[] =>
  path.includes('*')
    ? globSync(path, { cwd: folder })
        .sort()
        .map((file) => join(folder, file))
    : [join(folder, path)];

/** Path of a wheel's shared library, or undefined when no environment holds it. */
export const findWheelLibrary = (
  library: WheelLibrary,
  environments: readonly string[] = pythonEnvironments(),
): string | undefined =>
  environments
    .flatMap(sitePackages)
    .flatMap((folder) => library.paths.flatMap((path) => filesLike(folder, path)))
    .find((path) => existsSync(path));

/**
 * Path of a wheel's shared library.
 *
 * @throws CygnetError `engine-missing` with the folders that were searched.
 */
export const requireWheelLibrary = (
  library: WheelLibrary,
  environments: readonly string[] = pythonEnvironments(),
): string => {
  const path = findWheelLibrary(library, environments);
  if (path !== undefined) return path;
  const searched =
    environments.length === 0 ? 'There is no Python environment' : `Looked in ${environments.join(', ')}`;
  throw new CygnetError(
    'engine-missing',
    `${library.name} is not installed. ${searched}. Run "npm run setup", or set CYGNET_PYTHON_ENV to a virtual environment that has it.`,
  );
};
