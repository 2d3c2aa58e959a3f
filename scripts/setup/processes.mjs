import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Interrupted } from './failure.mjs';
import { childEnvironment, clone } from './paths.mjs';

const running = new Set();
let interruptedBy;

/** Ends every program started here, with the programs it started itself. */
export function stopPrograms(signal = 'SIGTERM') {
  for (const child of running) {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Ctrl-C, a closed terminal or a SIGTERM ends what is running; the step then reports itself as interrupted. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopPrograms(interruptedBy ? 'SIGKILL' : 'SIGTERM');
      interruptedBy = signal;
      if (running.size === 0) process.exit(exitCodeOf(signal));
    });
  }
}

/** @throws {Interrupted} when a signal has asked us to stop */
export function throwIfInterrupted() {
  if (interruptedBy) throw new Interrupted(interruptedBy);
}

export const exitCodeOf = (signal) => 128 + ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal] ?? 0);

/** Starts a program in a process group of its own, so that a signal to us reaches it only through us. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: clone, detached: true, env: childEnvironment(), ...options });
  if (child.pid !== undefined) {
    running.add(child);
    child.once('close', () => running.delete(child));
  }
  return child;
}

/**
 * Runs a program to its end and keeps what it says.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: object, cwd?: string, log?: string, timeoutMs?: number, echo?: boolean }} [options] `log`: a file that
 *   receives all output; `echo`: show the output as it comes
 * @returns {Promise<{ ok: boolean, code: number, output: string }>} the last 64 kB of output
 */
export function run(command, args, { env, cwd = clone, log, timeoutMs, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    if (log) mkdirSync(path.dirname(log), { recursive: true });
    const file = log ? createWriteStream(log) : undefined;
    file?.on('error', () => undefined); // a full disk: the program's own message is the better one
    file?.write(`$ ${[command, ...args].join(' ')}\n`);
    const child = start(command, args, { cwd, env: env ?? childEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = timeoutMs && setTimeout(() => process.kill(-child.pid, 'SIGKILL'), timeoutMs);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-65_536);
      file?.write(chunk);
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const settle = (code, signal) => {
      clearTimeout(timer);
      file?.end();
      if (interruptedBy) reject(new Interrupted(interruptedBy));
      else resolve({ ok: code === 0, code: code ?? exitCodeOf(signal), output });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      if (child.pid === undefined) settle(127);
    });
    child.once('close', settle);
  });
}
