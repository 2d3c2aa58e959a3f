import { hostname } from 'node:os';
import path from 'node:path';
import { failureMessage, Interrupted, StepFailure } from './failure.mjs';
import { takeLock } from './lock.mjs';
import { clone, shown, state } from './paths.mjs';
import { diagnose } from './remedies.mjs';
import { fingerprint, stampStore } from './stamps.mjs';

/**
 * Does what is missing, in order, one progress line a step. What is current is not touched.
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {{ quiet?: boolean, print?: (text: string) => void }} [options] quiet: nothing is printed for current steps
 * @returns {Promise<{ done: { title: string, seconds: number }[], seconds: number }>}
 * @throws {StepFailure | Interrupted} the message is complete in `report`
 */
export async function runSteps(steps, { quiet = false, print = (text) => process.stdout.write(text) } = {}) {
  const began = performance.now();
  const lock = path.join(state, 'set-up.lock');
  const release = await takeLock(lock, {
    onWait: ({ pid, host }) =>
      print(
        host === hostname()
          ? `Another set-up of this clone is running (process ${pid}); waiting for it to end.\n`
          : `Another set-up of this clone is running on "${host}" (process ${pid}); waiting for it to end. If that machine is this one under an old name, or gone: rm ${shown(lock)}\n`,
      ),
  });
  const stamps = stampStore(path.join(state, 'stamps'));
  const done = [];
  try {
    for (const [index, step] of steps.entries()) {
      const label = `[${index + 1}/${steps.length}] ${step.title}`;
      if (stamps.isCurrent(step.id, fingerprint(clone, step.inputs())) && step.present()) {
        if (!quiet) print(`${label} … ready\n`);
        continue;
      }
      const seconds = await doStep(step, {
        label,
        stamps,
        print,
        where: `step ${index + 1} of ${steps.length}, ${step.title}`,
      });
      done.push({ title: step.title, seconds });
    }
  } finally {
    release();
  }
  return { done, seconds: (performance.now() - began) / 1000 };
}

async function doStep(step, { label, stamps, print, where }) {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  print(`${label} … `);
  try {
    stamps.remove(step.id);
    const note = await step.work();
    stamps.write(step.id, fingerprint(clone, step.inputs()), { seconds: elapsed() });
    print(`${elapsed().toFixed(elapsed() < 10 ? 1 : 0)} s${note ? ` (${note})` : ''}\n`);
    return elapsed();
  } catch (error) {
    print(error instanceof Interrupted ? 'stopped\n' : `failed after ${elapsed().toFixed(0)} s\n`);
    error.step = where;
    throw error;
  }
}

/**
 * Prints what ended a command, once, and says with which code to exit.
 * @returns {number} 130 and the like after a signal, else 1
 */
export function report(error, exitCodeOf) {
  if (error instanceof Interrupted) {
    console.error(
      `\nStopped. Run the same command again: it goes on ${error.step ? `with ${error.step}` : 'from here'}.`,
    );
    return exitCodeOf(error.signal);
  }
  if (error instanceof StepFailure) console.error(failureMessage(error, { step: error.step }));
  else if (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EACCES' || error.code === 'EROFS') {
    const { what, remedy } = diagnose(error.message, 'npm');
    console.error(
      failureMessage(new StepFailure({ what: `${what}: ${error.path ?? error.message}`, remedy }), {
        step: error.step,
      }),
    );
  } else console.error(error);
  return 1;
}
