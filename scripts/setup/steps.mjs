import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildExtension, buildPackages, extensionSources, packagesAreBuilt, packageSources } from './build-steps.mjs';
import { connectJupyter, jupyterInputs, jupyterIsConnected } from './jupyter.mjs';
import { checkEngines, engineInputs } from './engine-check.mjs';
import { StepFailure } from './failure.mjs';
import { npmCommand, requireNode24 } from './npm.mjs';
import { childEnvironment, clone, inClone, logs, shown, venv, venvPython } from './paths.mjs';
import { findPython, inspectPython, isSupported } from './python.mjs';
import { diagnose, lastLines } from './remedies.mjs';
import { run } from './processes.mjs';

/**
 * One step of the set-up. It is done when its stamp carries the hash of `inputs` and `present` finds its result; else
 * `work` does it, and is free to be called on top of a half-finished earlier attempt.
 * @typedef {{ id: string, title: string, inputs: () => { paths?: string[], texts?: string[] }, present: () => boolean, work: () => Promise<string | void> }} Step
 */

/**
 * @param {{ light: boolean, test: boolean }} options
 * @returns {Step[]} in order
 */
export function steps({ light, test }) {
  return [
    packages,
    python,
    requirements('base', 'JupyterLab, XGBoost, LightGBM, uproot, codecs', 'jupyterlab'),
    ...(light ? [] : [requirements('tensorflow', 'TensorFlow', 'tensorflow')]),
    ...(test ? [requirements('test', 'what the tests compare with', 'pyarrow')] : []),
    {
      id: 'build',
      title: 'TypeScript build',
      inputs: packageSources,
      present: packagesAreBuilt,
      work: buildPackages,
    },
    {
      id: 'extension',
      title: 'JupyterLab extension',
      inputs: extensionSources,
      present: () => existsSync(inClone('extension', 'cygnet_lab', 'labextension', 'package.json')),
      work: buildExtension,
    },
    {
      id: 'jupyter',
      title: 'kernel, extension and datasets in place',
      inputs: jupyterInputs,
      present: jupyterIsConnected,
      work: connectJupyter,
    },
    {
      id: `engines${light ? '-light' : ''}`,
      title: light ? 'check of the engines (light)' : 'check of the engines',
      inputs: () => engineInputs({ light }),
      present: () => true,
      work: () => checkEngines({ light }),
    },
  ];
}

const packages = {
  id: 'npm',
  title: 'npm packages',
  inputs: () => ({ paths: ['package-lock.json'], texts: [process.platform, process.arch] }),
  present: () => existsSync(inClone('node_modules', '.package-lock.json')),
  async work() {
    if (lockedPackagesAreInstalled()) return 'already installed';
    const { command, args, env } = npmCommand();
    const log = path.join(logs, 'npm.log');
    const { ok, output } = await run(command, [...args, 'ci', '--include=dev', '--include=optional', '--no-progress'], {
      env,
      log,
    });
    if (!ok) {
      const { what, remedy } = diagnose(output, 'npm', 'Remove node_modules and try again; if it stays, read the log.');
      throw new StepFailure({
        what: `npm could not install the packages: ${what}.`,
        remedy,
        lines: lastLines(output),
        log: shown(log),
      });
    }
    requireNode24();
  },
};

/** npm writes its record of node_modules last: where it agrees with the lock, somebody ran `npm ci` before us. */
function lockedPackagesAreInstalled() {
  const record = inClone('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(inClone('package-lock.json'), 'utf8')).packages;
  return (
    Object.entries(locked)
      .filter(([place, { optional, link }]) => place.startsWith('node_modules/') && !optional && !link)
      .every(([place, { version }]) => installed[place]?.version === version) && requireNode24() !== undefined
  );
}

const python = {
  id: 'python',
  title: 'Python environment (.venv)',
  inputs: () => ({ texts: [clone] }), // scripts in an environment carry its place: a moved clone gets a new one
  present: () => existsSync(venvPython) && existsSync(path.join(venv, 'pyvenv.cfg')),
  async work() {
    if (environmentWorks()) return 'kept the one that is here';
    const { path: command, version } = findPython();
    rmSync(venv, { recursive: true, force: true });
    const log = path.join(logs, 'venv.log');
    const { ok, output } = await run(command, ['-m', 'venv', venv], { log, env: childEnvironment() });
    if (ok) return `Python ${version.join('.')}`;
    rmSync(venv, { recursive: true, force: true });
    const { what, remedy } = diagnose(output, 'pip', `Try it by hand: ${command} -m venv .venv`);
    throw new StepFailure({
      what: `${command} could not make the environment: ${what}.`,
      remedy,
      lines: lastLines(output),
      log: shown(log),
    });
  },
};

/** An environment that was made here (not moved here) with a supported Python that still starts and has pip. */
function environmentWorks() {
  const facts = existsSync(venvPython) ? inspectPython(venvPython) : undefined;
  if (!facts || !isSupported(facts)) return false;
  const activate = path.join(venv, 'bin', 'activate');
  return (
    existsSync(path.join(venv, 'bin', 'pip')) && existsSync(activate) && readFileSync(activate, 'utf8').includes(venv)
  );
}

/** Installs one locked list of Python packages, each file checked against its hash. */
function requirements(list, title, marker) {
  const file = path.join('requirements', `${list}.txt`);
  return {
    id: `pip-${list}`,
    title,
    inputs: () => ({ paths: [file], texts: [clone, environmentIdentity()] }),
    present: () => existsSync(venvPython) && sitePackages().some((folder) => existsSync(path.join(folder, marker))),
    async work() {
      const log = path.join(logs, `pip-${list}.log`);
      const args = [
        '-m',
        'pip',
        'install',
        '--require-hashes',
        '--disable-pip-version-check',
        '--no-input',
        '--progress-bar',
        'off',
        '-r',
        file,
      ];
      const { ok, output } = await run(venvPython, args, { log });
      if (ok) return;
      const { what, remedy } = diagnose(output, 'pip');
      const light =
        list === 'tensorflow'
          ? [
              'To go on without TensorFlow: the same command with --light (training then runs on tfjs-wasm; trees are not affected).',
            ]
          : [];
      throw new StepFailure({
        what: `pip could not install ${title}: ${what}.`,
        remedy: [...remedy, ...light],
        lines: lastLines(output),
        log: shown(log),
      });
    },
  };
}

/** Changes when the environment is made anew, so that its packages are installed again. */
function environmentIdentity() {
  const file = path.join(venv, 'pyvenv.cfg');
  return existsSync(file) ? readFileSync(file, 'utf8') : 'none';
}

export function sitePackages() {
  const facts = environmentIdentity();
  const version = /^version(?:_info)?\s*=\s*(\d+)\.(\d+)/m.exec(facts);
  return version ? [path.join(venv, 'lib', `python${version[1]}.${version[2]}`, 'site-packages')] : [];
}
