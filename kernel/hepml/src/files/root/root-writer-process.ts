import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CygnetError } from '@cygnet/columns';
import { pythonEnvironments } from '../../native/index.ts';

/** The Python program that writes ROOT files, running. */
export interface RootWriterProcess {
  /** One request with its buffers; resolved when it is done. @throws CygnetError `engine-missing`, `unsupported`. */
  ask(request: object, buffers?: readonly ArrayBufferView[]): Promise<void>;
  /** Ends it; what it has written so far it removes. */
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('../../../python/write_root.py', import.meta.url));

const findPython = (): string => {
  const environments = pythonEnvironments();
  const found = environments
    .map((folder) => join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'))
    .find((python) => existsSync(python));
  if (found !== undefined) return found;
  throw new CygnetError(
    'engine-missing',
    `Writing ROOT files needs Python with uproot, and there is no Python environment${environments.length === 0 ? '' : ` in ${environments.join(', ')}`}. Run "npm run setup".`,
  );
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Starts the program. It lives as long as one file is written. */
export const startRootWriter = (): RootWriterProcess => {
  const child = spawn(findPython(), ['-I', program], { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (printed = (printed + part).slice(-8192)));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let isEnding = false;
  const gone = new Promise<CygnetError>((resolve) => {
    child.on('error', (error) =>
      resolve(new CygnetError('engine-missing', `Python does not start: ${error.message}.`, { cause: error })),
    );
    child.on('close', (code, signal) => {
      const isMissing = /ModuleNotFoundError: No module named '(\w+)'/.exec(printed)?.[1];
      resolve(
        isMissing === undefined
          ? new CygnetError(
              'unsupported',
              `The program that writes ROOT files ended before its file was whole (${signal ?? `exit ${code}`}). ${lastLine(printed)}`,
            )
          : new CygnetError(
              'engine-missing',
              `Writing ROOT files needs uproot, and the Python environment lacks "${isMissing}". Run "npm run setup".`,
            ),
      );
    });
  });
  // A pipe that breaks says the same as the end of the program, which is told there.
  child.stdin.on('error', () => undefined);
  const send = (bytes: Uint8Array | string): Promise<void> =>
    new Promise((resolve) => {
      if (child.stdin.destroyed) return resolve();
      return child.stdin.write(bytes, () => resolve());
    });
  return {
    ask: async (request, buffers = []) => {
      void send(`${JSON.stringify(request)}\n`);
      for (const buffer of buffers) {
        const length = Buffer.alloc(8);
        length.writeBigUInt64LE(BigInt(buffer.byteLength));
        void send(length);
        await send(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
      }
      const next = await Promise.race([lines.next(), gone]);
      if (next instanceof CygnetError) throw next;
      if (next.done === true) throw await gone;
      const answer = JSON.parse(next.value) as { readonly error?: string };
      if (answer.error !== undefined) throw new CygnetError('unsupported', `uproot cannot write this: ${answer.error}`);
    },
    end: async () => {
      if (isEnding || child.exitCode !== null || child.signalCode !== null) return;
      isEnding = true;
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
};
