import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StepFailure } from './failure.mjs';
import { jupyterEnvironment } from './jupyter.mjs';
import { clone, logs, shown, venvPython } from './paths.mjs';
import { start, throwIfInterrupted } from './processes.mjs';
import { lastLines } from './remedies.mjs';

/**
 * Starts JupyterLab on 127.0.0.1 and resolves when it answers.
 * @param {{ port: number, browser: boolean, light: boolean, timeoutMs?: number }} options
 * @returns {Promise<{ address: string, seconds: number, ended: Promise<number>, log: string }>} `ended` resolves with its exit code
 * @throws {StepFailure} with the last lines of its log
 */
export async function startJupyterLab({ port, browser, light, timeoutMs = 120_000 }) {
  const began = performance.now();
  const token = randomBytes(24).toString('hex');
  mkdirSync(logs, { recursive: true });
  const log = path.join(logs, 'jupyterlab.log');
  const output = openSync(log, 'w');
  const args = [
    '-m',
    'jupyterlab',
    `--ServerApp.port=${port}`,
    `--ServerApp.root_dir=${clone}`,
    '--LabApp.default_url=/lab/tree/tutorials',
    ...(browser ? [] : ['--no-browser']),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  // The token travels in the environment: other users of the machine can read command lines.
  const env = jupyterEnvironment({ JUPYTER_TOKEN: token, ...(light ? { CYGNET_ENGINE: 'wasm' } : {}) });
  const child = start(venvPython, args, { env, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  const failed = (what) =>
    new StepFailure({
      what,
      remedy: [
        'If the lines above do not tell: `npx cygnet doctor`.',
        'Another start on another port: npm start -- --port 9000',
      ],
      lines: lastLines(readFileSync(log, 'utf8')),
      log: shown(log),
    });
  let exitCode;
  void ended.then((code) => (exitCode = code));
  while (!(await answers(port, token))) {
    throwIfInterrupted();
    if (exitCode !== undefined) throw failed('JupyterLab ended before it answered.');
    if (performance.now() - began > timeoutMs) throw failed(`JupyterLab did not answer within ${timeoutMs / 1000} s.`);
    await sleep(150);
  }
  return {
    address: `http://127.0.0.1:${port}/lab/tree/tutorials?token=${token}`,
    seconds: (performance.now() - began) / 1000,
    ended,
    log,
  };
}

async function answers(port, token) {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/api/status`, {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(2_000),
    });
    return reply.ok;
  } catch {
    return false; // not listening yet
  }
}

/** Whether a browser can open here: on Linux one needs a display, and Python's own search would start a text browser. */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME);
