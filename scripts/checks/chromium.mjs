import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { logs, shown } from '../setup/paths.mjs';
import { run } from '../setup/processes.mjs';
import { lastLines } from '../setup/remedies.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} the Chromium to test with: CYGNET_CHROMIUM, or the first one found */
export function findChromium(env = process.env) {
  if (env.CYGNET_CHROMIUM) return env.CYGNET_CHROMIUM;
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return [...names.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...applications].find(
    isExecutable,
  );
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile(); // folders are executable too
  } catch {
    return false; // not there, or not ours to run
  }
}

export const chromiumRemedy = () =>
  process.platform === 'darwin'
    ? 'Install it: brew install --cask chromium'
    : existsSync('/usr/bin/apt-get')
      ? 'Install it: sudo apt-get install chromium (Ubuntu: sudo apt-get install chromium-browser)'
      : 'Install it: sudo dnf install chromium. Another Chrome or Chromium: CYGNET_CHROMIUM=/path/to/chrome npm test';

/** Why apt-get did not bring it, in words. */
function whyNot(ok, output) {
  if (ok) return 'its package brings no browser here';
  if (/Could not get lock|is another process using it/i.test(output)) return 'another program is installing packages';
  if (/Unable to locate package|has no installation candidate/i.test(output)) return 'this system has no such package';
  if (/No space left on device/i.test(output)) return 'the disk is full';
  if (/Could not resolve|Temporary failure resolving|Could not connect|Failed to fetch/i.test(output))
    return 'the package server could not be reached';
  return 'it ended with an error';
}

/** Lists that cannot be fetched need not stop the rest: a package may come from those that can, or from the cache. */
const installation =
  'apt-get update; DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends chromium';

/**
 * Finds Chromium, or installs Debian's where that is possible, and says so.
 * @param {{ env?: NodeJS.ProcessEnv, uid?: number, hasApt?: boolean, find?: (env: NodeJS.ProcessEnv) => string | undefined }} [machine]
 * @returns {Promise<{ chromium: string } | { missing: string[] }>} what to tell the user when there is none
 */
export async function provideChromium({
  env = process.env,
  uid = process.getuid?.(),
  hasApt = existsSync('/usr/bin/apt-get'),
  find = findChromium,
} = {}) {
  if (env.CYGNET_CHROMIUM && !isExecutable(env.CYGNET_CHROMIUM))
    return {
      missing: [
        `CYGNET_CHROMIUM names "${env.CYGNET_CHROMIUM}", which is not a program that can be run.`,
        'Correct it, or unset it: then Chromium is looked for on the PATH.',
      ],
    };
  const present = find(env);
  if (present) return { chromium: present };
  if (uid !== 0 || !hasApt)
    return { missing: ['The browser tests need Chromium, and none was found.', chromiumRemedy()] };
  console.log(
    'Chromium is needed for the browser tests: installing it with apt-get, for the whole machine (a few minutes).',
  );
  const log = path.join(logs, 'apt.log');
  const { ok, output } = await run('/bin/sh', ['-c', installation], { log, env });
  const chromium = find(env);
  if (ok && chromium) return { chromium };
  return {
    missing: [
      `apt-get could not install Chromium: ${whyNot(ok, output)}.`,
      ...lastLines(output, 4),
      `Log: ${shown(log)}`,
      chromiumRemedy(),
    ],
  };
}
