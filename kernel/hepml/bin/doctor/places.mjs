import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where this installation keeps its parts.
 * @typedef {{ clone?: string, environment?: string, sitePackages?: string, node24?: string }} Places
 */

/** @returns {Places} looked up from this package and from the working directory */
export function places(env = process.env) {
  const starts = [path.dirname(fileURLToPath(import.meta.url)), process.cwd()];
  const folders = starts.flatMap(withParents);
  const clone = folders.find((folder) => packageName(folder) === 'cygnet-notebook');
  const environments = [env.CYGNET_PYTHON_ENV, env.VIRTUAL_ENV, ...folders.map((folder) => path.join(folder, '.venv'))];
  const environment = environments.find((folder) => folder && existsSync(path.join(folder, 'bin', 'python')));
  const own = clone && path.join(clone, 'node_modules', '.bin', 'node');
  return {
    clone,
    environment,
    sitePackages: environment && sitePackagesOf(environment),
    node24: own && existsSync(own) ? own : undefined,
  };
}

function withParents(folder) {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

function packageName(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).name;
  } catch {
    return undefined; // none there, or somebody's that is broken: not this clone
  }
}

function sitePackagesOf(environment) {
  const lib = path.join(environment, 'lib');
  const version = existsSync(lib) && readdirSync(lib).find((name) => /^python3\.\d+$/.test(name));
  return version ? path.join(lib, version, 'site-packages') : undefined;
}

/** The version of an installed Python package, read from its metadata folder. */
export function pythonPackageVersion(folder, name) {
  const pattern = new RegExp(`^${name.replaceAll('-', '_')}-(\\d.*)\\.dist-info$`, 'i');
  const entries = folder && existsSync(folder) ? readdirSync(folder) : [];
  return entries.map((entry) => pattern.exec(entry)?.[1]).find((version) => version !== undefined);
}

/** The first of the names that can be run, as found along the PATH or as a full path. */
export function executable(names, env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const files = names.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  );
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile(); // folders are executable too
    } catch {
      return false; // absent, or not ours to run
    }
  });
}
