import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { StepFailure } from './failure.mjs';

/** Signs of a container: there root is the normal user and owns nothing else. */
export function isContainer(env = process.env, { exists = existsSync, readText = textOf } = {}) {
  if (env.container || env.KUBERNETES_SERVICE_HOST || env.CODESPACES || env.BINDER_SERVICE_HOST) return true;
  if (exists('/.dockerenv') || exists('/run/.containerenv')) return true;
  return /docker|kubepods|containerd|libpod|lxc/.test(readText('/proc/1/cgroup'));
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // not Linux, or hidden: no sign of a container
  }
}

/**
 * A notebook is a way to run commands as the user who started it, so root on a real machine is asked first. `--allow-root`
 * and CI count as a yes.
 * @throws {StepFailure} when the answer is no, or nobody is there to answer
 */
export async function consentToRoot({
  allowRoot,
  env = process.env,
  uid = process.getuid?.(),
  contained = isContainer(env),
  ask = askUser,
}) {
  if (uid !== 0 || allowRoot || contained || env.CI === 'true' || env.CI === '1') return;
  const answer = await ask(
    'You are root, and this is not a container: every notebook will be able to change this whole machine.\nStart anyway? [y/N] ',
  );
  if (/^y(es)?$/i.test(answer ?? '')) return;
  throw new StepFailure({
    what:
      answer === undefined
        ? 'this would run notebooks as root, outside a container, and nobody is here to ask.'
        : 'not started as root.',
    remedy: ['Run it as an ordinary user.', 'Or say that you mean it: npm start -- --allow-root'],
  });
}

/** @returns {Promise<string | undefined>} undefined without a terminal */
async function askUser(question) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
