/** A step that could not be done: what failed, the lines that show it, and what the user can do about it. */
export class StepFailure extends Error {
  /** @param {{ what: string, remedy: readonly string[], lines?: readonly string[], log?: string }} facts */
  constructor({ what, remedy, lines = [], log }) {
    super(what);
    this.name = 'StepFailure';
    this.remedy = remedy;
    this.lines = lines;
    this.log = log;
  }
}

/** The user's own Ctrl-C (or a SIGTERM): not an error, but the work is not done either. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`Stopped by ${signal}.`);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}

/**
 * The one message a failed step ends in.
 * @param {StepFailure} failure
 * @param {{ step?: string }} [where] the step as the progress line names it, e.g. `step 2 of 8, npm packages`
 */
export function failureMessage(failure, { step } = {}) {
  const out = ['', step ? `Set-up stopped at ${step}.` : 'This did not work.', `What failed: ${failure.message}`];
  if (failure.lines.length > 0) {
    out.push(failure.log ? `Last lines of ${failure.log}:` : 'It said:');
    for (const line of failure.lines) out.push(`  | ${line}`);
  }
  out.push('What to do:');
  for (const line of failure.remedy) out.push(`  - ${line}`);
  if (step) out.push('Then run the same command again: it goes on from here.');
  return out.join('\n');
}
