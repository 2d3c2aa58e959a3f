import { spawnSync } from 'node:child_process';
import { missing, present } from './report.mjs';
import { executable } from './places.mjs';

const setUp = 'npm run setup';

/** What a program answers to `--version`, or undefined when it does not run. */
export function versionOf(command) {
  const answer = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return answer.status === 0 ? answer.stdout.trim().split('\n')[0] : undefined;
}

/** Node, npm, Python and Chromium. */
export function tools(here) {
  return [node(), node24(here), npm(), python(here), chromium()];
}

function node() {
  const supported = Number(process.versions.node.split('.')[0]) >= 20;
  return supported
    ? present('Node', process.version)
    : missing('Node', process.version, 'install Node 20 or newer: https://nodejs.org');
}

function node24({ node24: own }) {
  const version = own && versionOf(own);
  if (version) return present('Node for the kernel', `${version} (${own})`);
  if (Number(process.versions.node.split('.')[0]) >= 24)
    return present('Node for the kernel', `${process.version} (your own)`);
  return missing('Node for the kernel', 'no Node 24', setUp);
}

function npm() {
  const version = executable(['npm']) && versionOf('npm');
  return version
    ? present('npm', version, { required: false })
    : missing('npm', 'not found', 'it comes with Node: https://nodejs.org', { required: false });
}

function python({ environment }) {
  const version = environment && versionOf(`${environment}/bin/python`);
  if (version) return present('Python', `${version} (${environment})`);
  const own = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'].find(
    (name) => executable([name]) && versionOf(name),
  );
  if (own) return missing('Python', `${versionOf(own)}, but no environment of ours`, setUp);
  return missing(
    'Python',
    'not found',
    'install Python 3.10 to 3.13 with venv (Debian: sudo apt-get install python3 python3-venv)',
  );
}

function chromium() {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const file = process.env.CYGNET_CHROMIUM || executable(names);
  const version = file && versionOf(file);
  if (version) return present('Chromium', version, { required: false });
  return missing(
    'Chromium',
    'not found',
    'needed only for PNG plots without Jupyter and for npm test (Debian: sudo apt-get install chromium)',
    { required: false },
  );
}
