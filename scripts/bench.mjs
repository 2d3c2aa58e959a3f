/** `npm run bench -- <name> [--json] [--rounds N]`: one benchmark against its peer. The cases are in bench/. */
import { inClone } from './setup/paths.mjs';
import { requireNode24 } from './setup/npm.mjs';
import { jupyterEnvironment } from './setup/jupyter.mjs';
import { isLight, prepareOrExit } from './setup/prepare.mjs';
import { exitCodeOf, start } from './setup/processes.mjs';

const args = process.argv.slice(2);
if (!args.includes('--help')) await prepareOrExit({ quiet: true, test: true, light: isLight() });
const child = start(requireNode24(), [inClone('bench', 'run.ts'), ...args], {
  env: jupyterEnvironment(),
  stdio: 'inherit',
});
child.once('close', (code, signal) => process.exit(code ?? exitCodeOf(signal)));
