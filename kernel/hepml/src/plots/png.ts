import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CygnetError } from '@cygnet/columns';
import { findChromium, requireChromium } from './chromium.ts';

const run = promisify(execFile);

const switches = [
  '--headless=new',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-first-run',
  '--no-default-browser-check',
  '--force-device-scale-factor=2',
];

/** Whether a Chromium is there, so that plots can be saved as PNG. */
export const canRenderPng = (): boolean => findChromium() !== undefined;

/**
 * A picture of a page, two pixels a CSS pixel.
 * @throws CygnetError `engine-missing` when there is no Chromium or it draws nothing; `cancelled` on abort.
 */
export const renderPng = async (
  page: string,
  options: { readonly width: number; readonly height: number; readonly signal?: AbortSignal },
): Promise<Uint8Array> => {
  const { width, height, signal } = options;
  const chromium = requireChromium();
  const folder = await mkdtemp(join(tmpdir(), 'cygnet-png-'));
  const picture = join(folder, 'plot.png');
  try {
    await writeFile(join(folder, 'plot.html'), page);
    await run(
      chromium,
      [
        ...switches,
        // Chromium's sandbox refuses to run as root; as any other user it stays on.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(folder, 'profile')}`,
        `--window-size=${Math.round(width)},${Math.round(height)}`,
        `--screenshot=${picture}`,
        pathToFileURL(join(folder, 'plot.html')).href,
      ],
      { cwd: folder, timeout: 90_000, killSignal: 'SIGKILL', ...(signal ? { signal } : {}) },
    );
    return await readFile(picture);
  } catch (cause) {
    if (signal?.aborted) throw new CygnetError('cancelled', 'Saving the picture was cancelled.', { cause });
    throw new CygnetError('engine-missing', `${chromium} drew no picture: ${String(cause)}`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};
