import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findChromium, provideChromium } from './chromium.mjs';

let folder = '';
const place = (name: string, text = 'exit 0') => {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
};
/** Only what is in the folder is on the PATH. */
const machine = (uid: number, env: NodeJS.ProcessEnv = {}) => ({
  env: { PATH: folder, ...env },
  uid,
  hasApt: true,
  find: (search: NodeJS.ProcessEnv) => {
    const found = findChromium(search);
    return found?.startsWith(folder) ? found : undefined; // not that of a Mac's applications
  },
});

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cygnet-chromium-'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('the Chromium of the browser tests', () => {
  test('is a program on the PATH, and not a folder of that name', async () => {
    mkdirSync(path.join(folder, 'chromium'));
    const file = place('google-chrome');
    expect(await provideChromium(machine(1000))).toEqual({ chromium: file });
  });

  test('is asked for where it may not be installed', async () => {
    const { missing } = (await provideChromium(machine(1000))) as { missing: string[] };
    expect(missing.join('\n')).toMatch(/none was found.\nInstall it: /);
  });

  test('is installed by root, without questions, even if some package lists cannot be fetched', async () => {
    place(
      'apt-get',
      `case "$1" in
  update) exit 100 ;;
  *) echo "$DEBIAN_FRONTEND $*" > ${folder}/asked; printf '#!/bin/sh\\n' > ${folder}/chromium; /bin/chmod +x ${folder}/chromium ;;
esac`,
    );
    expect(await provideChromium(machine(0))).toEqual({ chromium: path.join(folder, 'chromium') });
    expect(readFileSync(path.join(folder, 'asked'), 'utf8')).toMatch(/^noninteractive .*install -y .*chromium$/m);
  });

  test('that apt-get does not bring is explained by what apt-get said', async () => {
    place('apt-get', 'echo "E: Unable to locate package chromium"; exit 100');
    const { missing } = (await provideChromium(machine(0))) as { missing: string[] };
    expect(missing[0]).toBe('apt-get could not install Chromium: this system has no such package.');
    expect(missing.join('\n')).toContain('E: Unable to locate package chromium');
  });

  test('that CYGNET_CHROMIUM names must be there', async () => {
    place('chromium');
    const named = machine(0, { CYGNET_CHROMIUM: path.join(folder, 'none') });
    const { missing } = (await provideChromium(named)) as { missing: string[] };
    expect(missing[0]).toContain('which is not a program');
    expect(existsSync(path.join(folder, 'asked'))).toBe(false);
  });
});
