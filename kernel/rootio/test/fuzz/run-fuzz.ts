import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface FuzzTotals {
  readonly files: number;
  readonly untouched: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly maxRssMb: number;
}

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
/** Small files, of every kind of branch, and histograms. */
const trees = [
  'uproot-histograms',
  'uproot-issue-227a',
  'uproot-leaflist',
  'uproot-stl_containers',
  'uproot-vectorVectorDouble',
  'uproot-double32-float16',
  'uproot-issue213',
  'uproot-issue31',
  'uproot-issue413',
  'uproot-issue46',
  'uproot-small-dy-nooffsets',
  'uproot-small-evnt-tree-nosplit',
].map((name) => `${fixtures}${name}.root`);
const rntuples = readdirSync(`${fixtures}rntuple`)
  .filter((name) => name.endsWith('none.root'))
  .map((name) => `${fixtures}rntuple/${name}`);

/** A single file that takes longer hangs. */
const longestMs = 20_000;

/**
 * Reads `count` damaged files in a process of its own.
 *
 * @throws Error that names the damaged file when something other than a typed error comes, or nothing within 20 s.
 */
export const runFuzz = (first: number, count: number): Promise<FuzzTotals> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--conditions=cygnet:source',
        '--max-old-space-size=256',
        fileURLToPath(new URL('child.ts', import.meta.url)),
        String(first),
        String(count),
        ...trees,
        ...rntuples,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let last = '';
    let complaint = '';
    const watchdog = (): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), longestMs);
    let timer = watchdog();
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = watchdog();
      last = line;
    });
    child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(JSON.parse(last) as FuzzTotals);
      else reject(new Error(`Damaged file ${last}: ${signal ?? `exit ${code}`}\n${complaint.slice(-2000)}`));
    });
  });
