/** Counts checks, watches a page for errors and keeps screenshots. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const chromiumPlaces = [
  process.env.CYGNET_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What JupyterLab, its server or the browser say on their own. */
const foreign = [
  // The page asks again for recently opened files when it is loaded anew.
  /(files|api\/contents)\/(empty|vanishing)\.root/,
  /favicon/i,
  /\/api\/kernels\/.*(404|restart)/,
  /WebSocket is already in CLOSING/,
  /Failed to load resource.*(workspaces|nbconvert|lsp|translations)/,
];

export class Harness {
  passed = 0;
  failed = 0;
  errors = [];
  requests = [];

  constructor(resultsFolder) {
    this.folder = resultsFolder;
    mkdirSync(resultsFolder, { recursive: true });
  }

  async open(url, viewport) {
    const executablePath = chromiumPlaces.find((place) => place && existsSync(place));
    if (!executablePath)
      throw new Error(
        'No Chromium found. Install it (Debian: apt-get install chromium) or name it in CYGNET_CHROMIUM.',
      );
    this.browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const context = await this.browser.newContext({ viewport });
    this.page = await context.newPage();
    this.page.on('pageerror', (error) => this.#note(`page error: ${error.message}\n${error.stack ?? ''}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.#note(`console: ${message.text()} (${message.location().url})`);
    });
    this.page.on('response', (response) =>
      this.requests.push({
        url: response.url(),
        status: response.status(),
        method: response.request().method(),
        range: response.request().headers().range,
        length: Number(response.headers()['content-length'] ?? 0),
      }),
    );
    await this.page.goto(url);
  }

  #note(text) {
    if (!foreign.some((pattern) => pattern.test(text))) this.errors.push(text);
  }

  /** Runs one check; prints one line. A failed one keeps a screenshot and does not stop the others. */
  async check(name, body) {
    const start = performance.now();
    try {
      const remark = await body();
      this.passed += 1;
      console.log(
        `  ✓ ${name}${typeof remark === 'string' ? `: ${remark}` : ''} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
      );
      return true;
    } catch (error) {
      this.failed += 1;
      console.log(
        `  ✗ ${name}: ${String(error.message ?? error)
          .split('\n')
          .slice(0, 6)
          .join('\n      ')}`,
      );
      await this.shot(`failed-${this.failed}`);
      return false;
    }
  }

  async shot(name) {
    await this.page
      ?.screenshot({ path: path.join(this.folder, `${name}.png`) })
      .catch((error) => console.log(`  (no screenshot ${name}: ${error.message})`));
  }

  async close() {
    await this.browser?.close();
  }
}

/** Throws with a message unless the claim holds. */
export const expect = (claim, message) => {
  if (!claim) throw new Error(message);
};

/** Waits until a function gives something truthy. */
export const until = async (what, probe, timeoutMs = 30_000) => {
  const end = performance.now() + timeoutMs;
  let last;
  while (performance.now() < end) {
    last = await probe();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
};
