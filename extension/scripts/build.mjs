/**
 * Builds the extension: the shared rooms it imports, `lib/`, and the labextension that JupyterLab loads.
 * Does nothing when no input has changed since the last build. `--force` builds anyway.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const extension = path.resolve(import.meta.dirname, '..');
const root = path.resolve(extension, '..');
const require = createRequire(path.join(extension, 'package.json'));
const labextension = path.join(extension, 'cygnet_lab', 'labextension');
const stamp = path.join(extension, 'cygnet_lab', 'build-inputs.sha256');

const inputs = [
  'package-lock.json',
  'tsconfig.base.json',
  'kernel/contract/src',
  'kernel/columns/src',
  'kernel/rootio/src',
  'extension/package.json',
  'extension/bundler.config.js',
  'extension/tsconfig.json',
  'extension/tsconfig.build.json',
  'extension/install.json',
  'extension/schema',
  'extension/style',
  'extension/src',
  'extension/scripts',
];

const filesUnder = (place) => {
  const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const child = path.join(place, entry.name);
    if (entry.isDirectory()) return filesUnder(child);
    return entry.name.includes('.test.') ? [] : [child];
  });
};

const hashOfInputs = () => {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const place = path.join(root, input);
    if (!existsSync(place)) continue;
    const files = /\.[a-z]+$/.test(input) ? [place] : filesUnder(place);
    for (const file of files)
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
};

const run = (what, args, cwd = root) => {
  const { status, error } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`The extension was not built: ${what} failed${error ? ` (${error.message})` : ''}.`);
  process.exit(status ?? 1);
};

const before = hashOfInputs();
const isFresh =
  existsSync(path.join(labextension, 'package.json')) &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8').trim() === before;
if (isFresh && !process.argv.includes('--force')) {
  console.log('extension: up to date');
} else {
  rmSync(stamp, { force: true });
  const tsc = require.resolve('typescript/bin/tsc');
  run('compiling the shared rooms', [tsc, '-b', 'kernel/contract', 'kernel/rootio']);
  run('compiling extension/src', [tsc, '-p', 'extension/tsconfig.build.json']);
  const core = path.join(path.dirname(require.resolve('@jupyterlab/core-meta/package.json')), 'core.package.json');
  const builder = path.join(
    path.dirname(require.resolve('@jupyter/builder/package.json')),
    'lib',
    'build-labextension.js',
  );
  run('bundling', [builder, '--core-package-file', core, '.'], extension);
  writeFileSync(path.join(labextension, 'install.json'), readFileSync(path.join(extension, 'install.json')));
  writeFileSync(stamp, `${before}\n`);
  console.log('extension: built');
}
