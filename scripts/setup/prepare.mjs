import { StepFailure } from './failure.mjs';
import { exitCodeOf, stopOnSignals } from './processes.mjs';
import { report, runSteps } from './run-steps.mjs';
import { steps } from './steps.mjs';

/**
 * The set-up as every command begins with it. Does not return after a failure: the message is printed and the process
 * ends.
 * @param {{ light?: boolean, test?: boolean, gpu?: boolean, quiet?: boolean }} options
 */
export async function prepare({ light = false, test = false, gpu = false, quiet = false } = {}) {
  stopOnSignals();
  try {
    checkMachine({ gpu });
    return await runSteps(steps({ light, test }), { quiet });
  } catch (error) {
    process.exit(report(error, exitCodeOf));
  }
}

function checkMachine({ gpu }) {
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
}
