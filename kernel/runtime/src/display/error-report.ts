import { inspect } from 'node:util';
import type { ErrorReport } from '../thread-messages.ts';

const mostFramesWithoutOwn = 5;
const deepestCause = 4;

/** Whether a stack line is neither the kernel's nor Node's. */
const isOutsideKernel =
  (kernelFolder: string) =>
  (line: string): boolean =>
    !line.includes(kernelFolder) && !/\(?node:[\w/]+:\d+/.test(line);

/** Whether a line from outside the kernel is the user's own: a cell or a file of theirs, not a package's. */
const isUsersFrame = (line: string): boolean => !line.includes('/node_modules/') && !/<anonymous>\)?$/.test(line);

/** Name and message of anything that was thrown. */
const describeThrown = (thrown: unknown): { ename: string; evalue: string } => {
  try {
    if (thrown instanceof Error) return { ename: thrown.name, evalue: thrown.message };
    return { ename: 'Thrown value', evalue: inspect(thrown) };
  } catch {
    return { ename: 'Error', evalue: 'An error whose name or message cannot be read.' };
  }
};

const stackOf = (error: Error): string => {
  try {
    return String(error.stack);
  } catch {
    return '';
  }
};

const framesOf = (error: Error, kernelFolder: string): readonly string[] => {
  const lines = stackOf(error).split('\n');
  const frames = lines.filter((line) => /^\s+at /.test(line)).filter(isOutsideKernel(kernelFolder));
  const own = frames.filter(isUsersFrame);
  return own.length > 0 ? folded(own) : frames.slice(0, mostFramesWithoutOwn);
};

/** A recursion shows its frame once, with how often it came. */
const folded = (frames: readonly string[]): readonly string[] => {
  const lines: string[] = [];
  for (let start = 0; start < frames.length;) {
    const frame = frames[start] ?? '';
    let end = start + 1;
    while (frames[end] === frame) end += 1;
    lines.push(end - start > 1 ? `${frame} (${end - start} times)` : frame);
    start = end;
  }
  return lines;
};

/**
 * An error as the notebook shows it: name, message and the user's own frames, then its causes.
 *
 * @param kernelFolder frames of files below it are left out
 */
export const errorReport = (thrown: unknown, kernelFolder: string): ErrorReport => {
  const { ename, evalue } = describeThrown(thrown);
  const traceback: string[] = [];
  let current: unknown = thrown;
  for (let depth = 0; depth < deepestCause && current !== undefined && current !== null; depth += 1) {
    const { ename: name, evalue: message } = describeThrown(current);
    traceback.push(`${depth > 0 ? 'Caused by ' : ''}${name}: ${message}`);
    if (!(current instanceof Error)) break;
    traceback.push(...framesOf(current, kernelFolder));
    current = current.cause;
  }
  return { ename, evalue, traceback };
};
