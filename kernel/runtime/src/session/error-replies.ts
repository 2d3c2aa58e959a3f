import type { Diagnostic } from '../engine/index.ts';
import type { ErrorReport, RunOutcome } from '../thread-messages.ts';

const mostShown = 10;

const pointAt = ({ line, column, length }: Diagnostic, code: string): readonly string[] => {
  const text = code.split('\n')[line - 1];
  if (text === undefined) return [];
  const marks = Math.max(1, Math.min(length, text.length - column + 1));
  return [`    ${text}`, `    ${' '.repeat(column - 1)}${'^'.repeat(marks)}`];
};

/** The compiler's messages at the lines of the cell. */
export const diagnosticsReport = (diagnostics: readonly Diagnostic[], code: string, label: string): ErrorReport => {
  const lines = diagnostics
    .slice(0, mostShown)
    .flatMap((found) => [
      `${found.file ?? label}:${found.line}:${found.column} - TS${found.code}: ${found.message}`,
      ...(found.file === undefined ? pointAt(found, code) : []),
    ]);
  const rest = diagnostics.length - mostShown;
  return {
    ename: 'TypeScriptError',
    evalue: diagnostics[0]?.message ?? 'The cell does not compile.',
    traceback: rest > 0 ? [...lines, `… and ${rest} more`] : lines,
  };
};

export const interruptedReport = (): ErrorReport => {
  const evalue = 'The cell was interrupted before it ran.';
  return { ename: 'KeyboardInterrupt', evalue, traceback: [`KeyboardInterrupt: ${evalue}`] };
};

/** A cell that failed before any of its TypeScript ran. */
export const failure = (ename: string, evalue: string): RunOutcome => ({
  ok: false,
  live: [],
  error: { ename, evalue, traceback: [`${ename}: ${evalue}`] },
});

/** An error of the kernel itself. */
export const internalReport = (error: unknown): ErrorReport => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ename: name, evalue: message, traceback: (stack ?? message).split('\n') };
};
