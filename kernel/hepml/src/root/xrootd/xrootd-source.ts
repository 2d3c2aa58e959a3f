import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CygnetError } from '@cygnet/columns';
import type { ByteSource } from '@cygnet/rootio';
import { pythonEnvironments } from '../../native/index.ts';
import { answerReader } from './answer-reader.ts';
import type { AnswerHead } from './answer-reader.ts';

/** `root://`, `roots://`, and the same with an x before. */
export const isXrootdUrl = (address: string): boolean => /^x?roots?:\/\//.test(address);

const program = fileURLToPath(new URL('../../../python/byte_ranges.py', import.meta.url));

const findPython = (url: string): string => {
  const environments = pythonEnvironments();
  const found = environments.map((folder) => join(folder, 'bin', 'python')).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new CygnetError(
    'engine-missing',
    `Cannot open ${url}: root:// is read with the Python package fsspec-xrootd, and there is no Python environment (looked in ${environments.join(', ') || 'none'}). Run "npm run setup".`,
  );
};

/** Settings of the XRootD client, which by itself tries to reach a server for minutes. */
const patience = { XRD_CONNECTIONWINDOW: '15', XRD_CONNECTIONRETRY: '2', XRD_REQUESTTIMEOUT: '120' };

interface Waiting {
  readonly resolve: (answer: { readonly head: AnswerHead; readonly payload: Uint8Array }) => void;
  readonly reject: (error: CygnetError) => void;
}

/** What a failure of the other process means. */
const failureOf = (url: string, why: string): CygnetError => {
  if (/ModuleNotFoundError|No module named|Protocol not known|ImportError/.test(why)) {
    return new CygnetError(
      'engine-missing',
      `Cannot open ${url}: root:// is read with the Python package fsspec-xrootd, which is missing (${why}). Run "npm run setup"; many servers offer the same file by https://.`,
    );
  }
  return new CygnetError('not-found', `Cannot read ${url}: ${why}.`);
};

/**
 * The bytes of a file that fsspec opens, above all at `root://`, through a Python process of its own.
 *
 * @throws CygnetError `not-found`, `engine-missing` without Python or its packages; `cancelled` while reading.
 */
export const xrootdSource = async (url: string): Promise<ByteSource> => {
  const child = spawn(findPython(url), ['-u', program, url], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...patience, ...process.env },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let said = '';
  let ended: string | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  child.stdout.on(
    'data',
    answerReader((head, payload) => {
      const asker = waiting.get(head.id);
      waiting.delete(head.id);
      if (head.error === undefined) asker?.resolve({ head, payload });
      else asker?.reject(failureOf(url, head.error));
    }),
  );
  const end = (why: string): void => {
    ended ??= why;
    for (const { reject } of waiting.values()) reject(failureOf(url, why));
    waiting.clear();
  };
  child.stdin.on('error', () => undefined); // its end is told below
  child.on('error', (error) => end(error.message));
  child.on('close', (code) => {
    end(`the process that reads it ended (${said.trim().split('\n').at(-1) || `exit code ${String(code)}`})`);
  });

  const answerTo = (id: number, signal?: AbortSignal): Promise<{ head: AnswerHead; payload: Uint8Array }> =>
    new Promise((resolve, reject) => {
      const whenAborted = (): void => {
        waiting.delete(id);
        reject(new CygnetError('cancelled', `Reading ${url} was cancelled.`, { cause: signal?.reason }));
      };
      if (ended !== undefined) return reject(failureOf(url, ended));
      if (signal?.aborted) return whenAborted();
      signal?.addEventListener('abort', whenAborted, { once: true });
      const done = (): void => signal?.removeEventListener('abort', whenAborted);
      waiting.set(id, {
        resolve: (answer) => (done(), resolve(answer)),
        reject: (error) => (done(), reject(error)),
      });
    });

  const close = async (): Promise<void> => {
    if (ended !== undefined) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    const timer = setTimeout(() => child.kill(), 2000);
    await gone;
    clearTimeout(timer);
  };
  let size: number;
  try {
    size = (await answerTo(0)).head.size ?? 0;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name: url,
    manner: { gap: 4096, parallel: 4, rangesPerRequest: 128 },
    size: () => Promise.resolve(size),
    read: async (ranges, signal) => {
      const id = ++lastId;
      const answer = answerTo(id, signal);
      child.stdin.write(`${JSON.stringify({ id, ranges: ranges.map(({ start, length }) => [start, length]) })}\n`);
      const { payload } = await answer;
      let at = 0;
      return ranges.map(({ length }) => payload.subarray(at, (at += length)));
    },
    close,
  };
};
