import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a program left behind. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of `test/programs` in a process of its own, on the library's sources. */
export const runProgram = (
  name: string,
  programArguments: readonly string[] = [],
  env: { readonly [name: string]: string } = {},
): Promise<ProgramResult> =>
  new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
    const child = spawn(process.execPath, ['--conditions=cygnet:source', program, ...programArguments], {
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env },
    });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part));
    }
    child.on('error', reject).on('close', (code) => resolve({ code, ...text }));
  });
