import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Why it could not be started. */
  readonly failure: string | undefined;
}

export interface RunningProgram {
  readonly ended: Promise<ProgramEnd>;
  /** Asks the program and its children to stop, and makes them. */
  interrupt(): void;
}

/** Output is passed on at most so fast that a client can follow: so many characters, then a pause. */
const burst = 262_144;
const pauseMs = 50;
/** How long a program may take to heed an interrupt. */
const graceMs = 2000;

/** Runs a program in the current folder; what it prints is handed on while it runs. */
export const runProgram = (
  program: string,
  args: readonly string[],
  onText: (stream: 'stdout' | 'stderr', text: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): RunningProgram => {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const signalAll = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, signal);
  };
  const relay = async (name: 'stdout' | 'stderr', stream: Readable): Promise<void> => {
    stream.setEncoding('utf8');
    let sent = 0;
    for await (const text of stream as AsyncIterable<string>) {
      onText(name, text);
      sent += text.length;
      if (sent < burst) continue;
      sent = 0;
      await sleep(pauseMs);
    }
  };
  const run = async (): Promise<ProgramEnd> => {
    try {
      const [[exitCode, signal]] = await Promise.all([
        once(child, 'close') as Promise<[number | null, string | null]>,
        relay('stdout', child.stdout),
        relay('stderr', child.stderr),
      ]);
      return { exitCode: exitCode ?? undefined, signal: signal ?? undefined, failure: undefined };
    } catch (error) {
      return {
        exitCode: undefined,
        signal: undefined,
        failure: error instanceof Error ? error.message : String(error),
      };
    }
  };
  return {
    ended: run(),
    interrupt() {
      signalAll('SIGINT');
      setTimeout(() => signalAll('SIGKILL'), graceMs).unref();
    },
  };
};
