import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { childEnvironment } from './paths.mjs';

export const oldest = [3, 10];
export const newest = [3, 13];
const names = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const probe = `
import sys, json
facts = {"version": list(sys.version_info[:3]), "path": sys.executable, "missing": []}
for name in ("venv", "ensurepip", "ssl"):
    try: __import__(name)
    except ImportError: facts["missing"].append(name)
print(json.dumps(facts))`;

/** @returns {{ version: number[], path: string, missing: string[] } | undefined} what a Python says about itself */
export function inspectPython(command) {
  const answer = spawnSync(command, ['-I', '-c', probe], {
    encoding: 'utf8',
    timeout: 20_000,
    env: childEnvironment(),
  });
  if (answer.status !== 0) return undefined;
  try {
    return JSON.parse(answer.stdout.trim().split('\n').pop());
  } catch {
    return undefined; // something that is called python but is not
  }
}

export const isSupported = ({ version: [major, minor] }) =>
  major === oldest[0] && minor >= oldest[1] && minor <= newest[1];

/**
 * The Python to build the environment from: CYGNET_PYTHON if set, else the newest supported one on the PATH that can
 * make virtual environments.
 * @throws {StepFailure} with the remedy for what was found
 */
export function findPython(env = process.env) {
  const asked = env.CYGNET_PYTHON;
  const found = (asked ? [asked] : names).map((name) => inspectPython(name)).filter((facts) => facts !== undefined);
  const usable = found.find((facts) => isSupported(facts) && facts.missing.length === 0);
  if (usable) return usable;
  throw new StepFailure({ what: whyNot(found, asked), remedy: remedy(found) });
}

const versionText = ({ version }) => version.join('.');

function whyNot(found, asked) {
  if (found.length === 0)
    return asked ? `CYGNET_PYTHON names "${asked}", which is not a Python that runs.` : 'no Python was found.';
  const supported = found.find(isSupported);
  if (supported)
    return `${supported.path} (Python ${versionText(supported)}) lacks the modules ${supported.missing.join(' and ')}.`;
  const list = [...new Set(found.map((facts) => `${versionText(facts)} (${facts.path})`))].join(', ');
  return `Python ${oldest.join('.')} to ${newest.join('.')} is needed; found ${list}.`;
}

function remedy(found) {
  const supported = found.find(isSupported);
  const elsewhere = 'A Python that is not on the PATH: CYGNET_PYTHON=/path/to/python3 npm start';
  if (process.platform === 'darwin') return ['Install one, e.g. with Homebrew: brew install python@3.13', elsewhere];
  if (existsSync('/etc/debian_version')) {
    const packages = supported ? `python${supported.version[0]}.${supported.version[1]}-venv` : 'python3 python3-venv';
    return [`On Debian and Ubuntu: sudo apt-get install ${packages}`, elsewhere];
  }
  return [
    'Install one: sudo dnf install python3.12 (Fedora, Alma, RHEL), or `conda create -n cygnet python=3.12` without root.',
    elsewhere,
  ];
}
