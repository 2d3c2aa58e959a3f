import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pythonEnvironments } from '../../src/native/index.ts';

/** Runs `peers.py`, which knows the libraries that physicists use, and gives what it prints. */
export const runPeers = (programArguments: readonly string[], input: unknown = undefined): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const python = join(pythonEnvironments()[0] ?? '', 'bin/python');
    const child = spawn(python, [join(import.meta.dirname, 'peers.py'), ...programArguments]);
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (part: string) => (printed[stream] += part));
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve(JSON.parse(printed.stdout));
      else reject(new Error(`peers.py exited with ${code}: ${printed.stderr}`));
    });
    child.stdin.end(input === undefined ? '' : JSON.stringify(input));
  });
