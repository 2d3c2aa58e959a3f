import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tsc } from '../setup/build-steps.mjs';
import { jupyterEnvironment } from '../setup/jupyter.mjs';
import { requireNode24 } from '../setup/npm.mjs';
import { inClone, shown, state } from '../setup/paths.mjs';
import { run } from '../setup/processes.mjs';
import { runExamples } from './examples.mjs';
import { executeNotebooks } from './notebooks.mjs';
import { check, tally, tallyOf, tallyOfVitest } from './tally.mjs';

const bin = (name) => inClone('node_modules', '.bin', name);

/** One command whose exit code is the verdict. */
async function verdict(name, command, args) {
  const { ok } = await run(command, args, { echo: true });
  return [check(name, ok)];
}

/**
 * What `npm test` runs, in order. Each stage returns its counts and never throws for a failed check.
 * @typedef {{ id: string, title: string, run: (context: { full: boolean, browser: { chromium?: string, missing?: string[] } }) => Promise<import('./tally.mjs').Tally[]> }} Stage
 */
export const stages = [
  { id: 'types', title: 'Types', run: types },
  {
    id: 'lint',
    title: 'Lint',
    run: async () => [
      ...(await verdict('eslint', bin('eslint'), ['.', '--max-warnings=0'])),
      ...(await verdict('prettier', bin('prettier'), ['--check', '.', '--log-level=warn'])),
    ],
  },
  {
    id: 'imports',
    title: 'Import rules',
    run: () => verdict('import rules', requireNode24(), [inClone('scripts', 'check-imports.mjs')]),
  },
  { id: 'unit', title: 'Unit and wire tests', run: unitTests },
  { id: 'notebooks', title: 'Notebooks, from a clean kernel', run: () => executeNotebooks() },
  { id: 'examples', title: 'Examples', run: () => runExamples() },
  { id: 'browser', title: 'Browser journey', run: browserJourney },
];

async function types() {
  const rooms = await verdict('types (tsc -b)', requireNode24(), [tsc(), '-b']);
  return [
    ...rooms,
    ...(await verdict('types of the extension', requireNode24(), [tsc(), '-p', 'extension', '--noEmit'])),
  ];
}

async function unitTests({ full }) {
  const file = path.join(state, 'vitest.json');
  rmSync(file, { force: true });
  const args = [
    inClone('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const env = { ...jupyterEnvironment(), ...(full ? { CYGNET_TEST_FULL: '1' } : {}) };
  const { ok } = await run(requireNode24(), args, { env, echo: true });
  if (!existsSync(file)) return [tally(0, 1, 0, ['vitest wrote no report'])];
  return [tallyOfVitest(JSON.parse(readFileSync(file, 'utf8')), { ok, nameOf: shown })];
}

async function browserJourney({ full, browser }) {
  if (browser.missing) {
    for (const line of browser.missing) console.log(line);
    return [tally(0, 1, 0, ['browser journey: no Chromium'])];
  }
  const script = inClone('extension', 'ui-tests', 'run.mjs');
  if (!existsSync(script)) return [tally(0, 1, 0, [`${shown(script)} is missing`])];
  const env = {
    ...jupyterEnvironment(),
    CYGNET_CHROMIUM: browser.chromium,
    ...(full ? { CYGNET_TEST_FULL: '1' } : {}),
  };
  return [tallyOf('browser journey', await run(requireNode24(), [script], { env, echo: true, timeoutMs: 900_000 }))];
}
