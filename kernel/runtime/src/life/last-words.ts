import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A note beside the connection file that a session removes when it ends as asked. When a session dies, Jupyter starts
 * the next one with the same connection file; that one finds the note and can say what happened.
 */
export class LastWords {
  readonly #note: string;
  readonly #report: string;

  constructor(connectionFile: string) {
    this.#note = `${path.resolve(connectionFile)}.last-cell`;
    this.#report = `${path.resolve(connectionFile)}.report.json`;
  }

  /** Makes Node write why it ends, if it notices. Call it on the main thread. */
  listen(): void {
    const { report } = process;
    report.directory = path.dirname(this.#report);
    report.filename = path.basename(this.#report);
    report.compact = true;
    keepEnvironmentSecret();
    report.reportOnFatalError = true;
  }

  /** What there is to say about the session before this one, if it died; begins the note of this one. */
  begin(): string | undefined {
    const found = existsSync(this.#note) ? this.#describe(readFileSync(this.#note, 'utf8')) : undefined;
    keepEnvironmentSecret();
    rmSync(this.#report, { force: true });
    this.#reserveReport();
    this.cellStarts('');
    return found;
  }

  /** Node writes into a file that is there, and so leaves its mode: a report is for nobody but the user. */
  #reserveReport(): void {
    writeFileSync(this.#report, '', { mode: 0o600 });
  }

  cellStarts(label: string): void {
    writeFileSync(this.#note, label, { mode: 0o600 });
  }

  /** The session ends as it should. */
  end(): void {
    rmSync(this.#note, { force: true });
    rmSync(this.#report, { force: true });
  }

  #describe(lastCell: string): string {
    const cell = lastCell === '' ? '' : ` (its last cell: ${lastCell})`;
    return (
      `The session before this one ended unexpectedly${cell}: ${this.#reason()}. ` +
      'The kernel has started again; run the cells that define what you need.\n'
    );
  }

  #reason(): string {
    const event = existsSync(this.#report) ? eventOf(readFileSync(this.#report, 'utf8')) : undefined;
    if (event === undefined)
      return 'the process was killed, perhaps for want of memory, or a native library failed; the log of Jupyter may say more';
    return /heap|memory/i.test(event) ? `JavaScript ran out of memory (${event})` : event;
  }
}

/** Node's report of this thread leaves out the environment variables; each thread has to say so for itself. */
export const keepEnvironmentSecret = (): void => {
  process.report.excludeEnv = true;
};

/** A report that was cut off by the end is no JSON; its event comes first. */
const eventOf = (report: string): string | undefined => /"event":\s*"([^"]*)"/.exec(report)?.[1];
