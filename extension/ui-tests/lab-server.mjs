/** Starts a JupyterLab of the repository's own environment for a test, and stops it by its process id. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { settings } from '../../scripts/setup/jupyter.mjs';

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** The settings that `npm start` gives to JupyterLab. */
const writeSettings = (configFolder) => {
  for (const [id, values] of Object.entries(settings)) {
    const [extension, plugin] = id.split(':');
    const folder = path.join(configFolder, 'lab', 'user-settings', extension);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${plugin}.jupyterlab-settings`), JSON.stringify(values));
  }
};

export const startLab = async (root) => {
  const lab = path.join(root, '.venv', 'bin', 'jupyter-lab');
  if (!existsSync(lab)) throw new Error(`${lab} is not there. Run npm run setup first.`);
  if (!existsSync(path.join(root, '.venv/share/jupyter/labextensions/@cygnet/extension/package.json')))
    throw new Error('The extension is not installed in .venv. Run npm run setup first.');
  const home = mkdtempSync(path.join(os.tmpdir(), 'cygnet-ui-'));
  const folders = Object.fromEntries(
    ['root', 'config', 'data', 'runtime'].map((name) => [name, path.join(home, name)]),
  );
  for (const folder of Object.values(folders)) mkdirSync(folder);
  writeSettings(folders.config);
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const server = spawn(
    lab,
    [
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      '--ServerApp.port_retries=0',
      `--IdentityProvider.token=${token}`,
      `--ServerApp.root_dir=${folders.root}`,
      '--LabApp.expose_app_in_browser=True',
    ],
    {
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: folders.config,
        JUPYTER_DATA_DIR: folders.data,
        JUPYTER_RUNTIME_DIR: folders.runtime,
        JUPYTERLAB_SETTINGS_DIR: path.join(folders.config, 'lab', 'user-settings'),
        JUPYTERLAB_WORKSPACES_DIR: path.join(folders.config, 'lab', 'workspaces'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk) => (log = (log + chunk).slice(-20_000)));
  const ended = new Promise((resolve) => server.once('exit', resolve));
  let isRunning = true;
  void ended.then(() => (isRunning = false));

  const stop = async () => {
    if (isRunning) {
      server.kill('SIGINT');
      const second = setTimeout(() => server.kill('SIGTERM'), 2000);
      const third = setTimeout(() => server.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(second);
      clearTimeout(third);
    }
    rmSync(home, { recursive: true, force: true });
  };

  const address = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + 90_000;
  while (isRunning && performance.now() < deadline) {
    const answer = await fetch(`${address}/api/status?token=${token}`).catch(() => undefined);
    if (answer?.ok) return { url: `${address}/lab?token=${token}`, rootFolder: folders.root, stop, log: () => log };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`JupyterLab did not start:\n${log}`);
};
