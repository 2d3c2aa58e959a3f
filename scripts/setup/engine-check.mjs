import path from 'node:path';
import { StepFailure } from './failure.mjs';
import { requireNode24 } from './npm.mjs';
import { childEnvironment, inClone, logs, shown } from './paths.mjs';
import { run } from './processes.mjs';
import { lastLines } from './remedies.mjs';

const probe = inClone('scripts', 'setup', 'engine-probe.mjs');

export const engineInputs = ({ light }) => ({
  paths: [
    'package-lock.json',
    'scripts/setup/engine-probe.mjs',
    'kernel/hepml/src/native',
    'requirements/base.txt',
    ...(light ? [] : ['requirements/tensorflow.txt']),
  ],
  texts: [inClone()],
});

/** The library really trains: a native library that is there but does not load shows here, not in the first lesson. */
export async function checkEngines({ light }) {
  const log = path.join(logs, 'engines.log');
  const env = childEnvironment(light ? { CYGNET_ENGINE: 'wasm' } : {});
  const { ok, output } = await run(requireNode24(), [probe], { env, log, timeoutMs: 180_000 });
  const engines = ok ? JSON.parse(output.trim().split('\n').pop()) : undefined;
  if (engines && (light || engines.dense.startsWith('tf')))
    return `networks: ${engines.dense}, trees: ${engines.trees}`;
  throw new StepFailure({
    what: engines
      ? `networks would train on ${engines.dense}, not on TensorFlow.`
      : 'the library could not train a small model.',
    remedy: [
      '`npx cygnet doctor` names what is missing.',
      ...(light ? [] : ['To go on without TensorFlow: the same command with --light.']),
    ],
    lines: lastLines(output),
    log: shown(log),
  });
}
