import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode24 } from './npm.mjs';
import { childEnvironment, clone, inClone, state, venv, without } from './paths.mjs';

const share = path.join(venv, 'share', 'jupyter');
const home = path.join(state, 'jupyter');
const built = inClone('extension', 'cygnet_lab', 'labextension');
const installed = path.join(share, 'labextensions', '@cygnet', 'extension');
const kernelspec = path.join(share, 'kernels', 'cygnet', 'kernel.json');
const shipped = inClone('kernel', 'hepml', 'data');
const datasets = inClone('datasets');

/**
 * Settings of JupyterLab that differ from its own: nothing is asked of other hosts, no pop-up asks about news, and saved
 * notebooks hold the state of their widgets.
 */
export const settings = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  '@jupyter-widgets/jupyterlab-manager:plugin': { saveState: true },
};
const configuration = {
  LabApp: { news_url: null, check_for_updates_class: 'jupyterlab.NeverCheckForUpdate', extension_manager: 'readonly' },
  ServerApp: { ip: '127.0.0.1', port_retries: 0, allow_remote_access: false },
};

export const jupyterInputs = () => ({
  paths: ['kernel/runtime/bin/kernelspec.mjs', 'kernel/hepml/data'],
  texts: [clone, requireNode24(), JSON.stringify([settings, configuration])],
});

export const jupyterIsConnected = () =>
  existsSync(kernelspec) &&
  existsSync(path.join(venv, 'package.json')) &&
  existsSync(installed) &&
  existsSync(path.join(home, 'config', 'jupyter_server_config.json')) &&
  shippedFiles().every(isInPlace);

/** Puts the kernel, the extension, the datasets and JupyterLab's configuration where JupyterLab looks for them. */
export async function connectJupyter() {
  const { writeKernelspec } = await import(pathToFileURL(inClone('kernel', 'runtime', 'bin', 'kernelspec.mjs')).href);
  await writeKernelspec({ venv, node: requireNode24(), clone });
  linkExtension();
  mkdirSync(datasets, { recursive: true });
  for (const name of shippedFiles().filter((file) => !isInPlace(file)))
    copyFileSync(path.join(shipped, name), path.join(datasets, name));
  // JupyterLab runs a CommonJS yarn.js from its package, and this clone says that .js files are modules.
  writeFileSync(path.join(venv, 'package.json'), '{ "type": "commonjs" }\n');
  mkdirSync(path.join(home, 'config', 'labconfig'), { recursive: true });
  writeFileSync(path.join(home, 'config', 'jupyter_server_config.json'), JSON.stringify(configuration, undefined, 2));
  writeFileSync(
    path.join(home, 'config', 'labconfig', 'default_setting_overrides.json'),
    JSON.stringify(settings, undefined, 2),
  );
}

/** A link, so that a new build shows in JupyterLab after a reload. */
function linkExtension() {
  mkdirSync(path.dirname(installed), { recursive: true });
  const present = lstatSync(installed, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(installed) === built) return;
  rmSync(installed, { recursive: true, force: true });
  symlinkSync(built, installed, 'dir');
}

/** Datasets are copied rather than linked: what a user does to them in the notebook leaves the shipped files alone. */
const shippedFiles = () => readdirSync(shipped).filter((name) => name.endsWith('.root') || name === 'README.md');

function isInPlace(name) {
  const copy = statSync(path.join(datasets, name), { throwIfNoEntry: false });
  return copy !== undefined && (copy.size === statSync(path.join(shipped, name)).size || !name.endsWith('.root'));
}

/**
 * The environment of JupyterLab and of what tests run with its tools: settings, data and run-time files stay in the
 * clone, and the user's own Jupyter configuration, kernels and extensions stay out.
 */
export function jupyterEnvironment(extra = {}) {
  return {
    ...without(childEnvironment(), ['JUPYTER_PATH', 'JUPYTER_CONFIG_PATH', 'JUPYTER_TOKEN']),
    JUPYTER_CONFIG_DIR: path.join(home, 'config'),
    JUPYTER_DATA_DIR: path.join(home, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: path.join(home, 'lab', 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: path.join(home, 'lab', 'workspaces'),
    IPYTHONDIR: path.join(home, 'ipython'),
    ...extra,
  };
}
