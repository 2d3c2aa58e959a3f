/** `npm run example -- <name>`: one analysis as a plain script, without Jupyter. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { exampleCommand, exampleNames } from './checks/examples.mjs';
import { inClone } from './setup/paths.mjs';
import { isLight, prepareOrExit } from './setup/prepare.mjs';
import { exitCodeOf, start } from './setup/processes.mjs';

const [name, ...rest] = process.argv.slice(2);
const names = exampleNames();
const available = `Examples: ${names.join(', ') || 'none'}. Run one: npm run example -- ${names[0] ?? '<name>'} [--out FOLDER]`;
if (name === undefined || name === '--help' || !names.includes(name)) {
  const isHelp = name === undefined || name === '--help';
  (isHelp ? console.log : console.error)(isHelp ? available : `There is no example "${name}". ${available}`);
  process.exit(name === '--help' ? 0 : 2);
}

const light = isLight();
await prepareOrExit({ quiet: true, light });
const asked = rest.indexOf('--out');
if (asked >= 0 && rest[asked + 1] === undefined) {
  console.error('--out needs a folder.');
  process.exit(2);
}
const out = path.resolve(
  process.env.INIT_CWD ?? process.cwd(),
  asked >= 0 ? rest[asked + 1] : inClone('results', name),
);
mkdirSync(out, { recursive: true });
const { command, args, env } = exampleCommand(
  name,
  out,
  asked >= 0 ? rest.filter((_, index) => index !== asked && index !== asked + 1) : rest,
);
const child = start(command, args, { env: light ? { ...env, CYGNET_ENGINE: 'wasm' } : env, stdio: 'inherit' });
child.once('close', (code, signal) => process.exit(code ?? exitCodeOf(signal)));
