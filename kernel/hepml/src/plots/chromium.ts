import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CygnetError } from '@cygnet/columns';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The Chromium that draws pictures: `CYGNET_CHROMIUM` if set, else the first on `PATH`. */
export const findChromium = (environment: NodeJS.ProcessEnv = process.env): string | undefined => {
  const named = environment.CYGNET_CHROMIUM;
  if (named) return isProgram(named) ? named : undefined;
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications].find(isProgram);
};

/** @throws CygnetError `engine-missing` with the remedy. */
export const requireChromium = (environment: NodeJS.ProcessEnv = process.env): string => {
  const found = findChromium(environment);
  if (found) return found;
  const named = environment.CYGNET_CHROMIUM;
  throw new CygnetError(
    'engine-missing',
    named
      ? `No program at CYGNET_CHROMIUM=${named}, which is to draw PNG files.`
      : `PNG files are drawn by Chromium, and there is none on PATH (${names.join(', ')}). Install it ` +
          '(Debian: apt install chromium), set CYGNET_CHROMIUM to its path, or save as .html.',
  );
};
