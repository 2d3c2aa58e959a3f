import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { logs, shown } from '../setup/paths.mjs';
import { run } from '../setup/processes.mjs';
import { diagnose, lastLines } from '../setup/remedies.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} the Chromium to test with: CYGNET_CHROMIUM, or the first one found */
export function findChromium(env = process.env) {
  if (env.CYGNET_CHROMIUM) return env.CYGNET_CHROMIUM;
  const folders = (env.PATH ?? '').split(path.delimiter);
  return [...names.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...applications].find(
    isExecutable,
  );
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
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

/**
 * Finds Chromium, or installs Debian's where that is possible, and says so.
 * @returns {Promise<{ chromium: string } | { missing: string[] }>} what to tell the user when there is none
 */
export async function provideChromium() {
  const present = findChromium();
  if (present) return { chromium: present };
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return { missing: ['The browser tests need Chromium, and none was found.', chromiumRemedy()] };
  console.log(
    'Chromium is needed for the browser tests: installing it with apt-get (the one thing that is put outside of this folder).',
  );
  const log = path.join(logs, 'apt.log');
  const command =
    'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium';
  const { ok, output } = await run('/bin/sh', ['-c', command], { log });
  const chromium = findChromium();
  if (ok && chromium) return { chromium };
  const { what } = diagnose(output, 'pip');
  return {
    missing: [
      `apt-get could not install Chromium (${ok ? 'its package brings no browser here' : what}).`,
      ...lastLines(output, 4),
      `Log: ${shown(log)}`,
      chromiumRemedy(),
    ],
  };
}
