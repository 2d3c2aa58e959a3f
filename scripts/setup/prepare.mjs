import { existsSync } from 'node:fs';
import path from 'node:path';
import { StepFailure } from './failure.mjs';
import { state } from './paths.mjs';
import { exitCodeOf, stopOnSignals } from './processes.mjs';
import { report, runSteps } from './run-steps.mjs';
import { steps } from './steps.mjs';

/**
 * The set-up as every command begins with it.
 * @param {{ light?: boolean, test?: boolean, gpu?: boolean, quiet?: boolean }} [options]
 * @throws {StepFailure | Interrupted}
 */
export async function prepare({ light = false, test = false, gpu = false, quiet = false } = {}) {
  stopOnSignals();
  if (process.platform === 'win32') {
    throw new StepFailure({
      what: 'Cygnet runs on Linux and macOS.',
      remedy: ['On Windows use it inside WSL 2 (Ubuntu): https://learn.microsoft.com/windows/wsl'],
    });
  }
  if (gpu) {
    throw new StepFailure({
      what: '--gpu is not available yet: this version trains on the CPU only.',
      remedy: ['Leave --gpu out.'],
    });
  }
  return runSteps(steps({ light, test }), { quiet });
}

/** The set-up of a command that is nothing without it: a failure is told and ends the process. */
export async function prepareOrExit(options) {
  try {
    return await prepare(options);
  } catch (error) {
    process.exit(report(error, exitCodeOf));
  }
}

/** Whether the user chose the light set-up: commands that do not ask keep to it instead of fetching TensorFlow. */
export function isLight(env = process.env) {
  const done = (step) => existsSync(path.join(state, 'stamps', `${step}.json`));
  return env.CYGNET_ENGINE === 'wasm' || (done('engines-light') && !done('pip-tensorflow'));
}
