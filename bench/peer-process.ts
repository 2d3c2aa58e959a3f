import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Python program that answers each JSON line on its stdin with one JSON line on its stdout. */
export interface PeerProcess {
  ask<Reply>(request: { readonly op: string; readonly [field: string]: unknown }): Promise<Reply>;
  close(): Promise<void>;
}

/** The project's Python environment: `CYGNET_PYTHON_ENV`, else `.venv` in the repository. */
const python = join(process.env.CYGNET_PYTHON_ENV ?? join(import.meta.dirname, '..', '.venv'), 'bin', 'python');

/** Starts `bench/<script>` with the project's Python or another. Its stderr is passed on. */
export const startPeer = (
  script: string,
  environment: { readonly [name: string]: string } = {},
  program = python,
): PeerProcess => {
  const child = spawn(program, ['-u', join(import.meta.dirname, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => ({ done: true as const, why: `exited with code ${String(code)}` }));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async ask<Reply>(request: { readonly op: string; readonly [field: string]: unknown }): Promise<Reply> {
      child.stdin.write(JSON.stringify(request) + '\n');
      const next = await Promise.race([lines.next(), failed]);
      if (next.done === true) throw new Error(`${script} ended before it answered "${request.op}".`);
      const reply = JSON.parse(next.value) as Reply & { readonly error?: string };
      if (reply.error !== undefined) throw new Error(`${script}, "${request.op}": ${reply.error}`);
      return reply;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
};
