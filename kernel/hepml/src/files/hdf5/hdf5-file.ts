import { Worker } from 'node:worker_threads';
import { CygnetError } from '@cygnet/columns';
import type { Hdf5Answer, Hdf5Call, Hdf5Request } from './hdf5-messages.ts';

/** A thread with one HDF5 file. */
export interface Hdf5File {
  ask<Result>(body: Hdf5Call): Promise<Result>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Seconds after which a thread that does not answer is given up: some damaged files make the library loop without end. */
const patience = 25;

/** HDF5's own message is a stack of its functions: the last line of each matters, the first one most. */
const readable = (failure: string): string => {
  const lines = failure.split('\n').map((line) => line.trim());
  const reasons = lines.flatMap((line) => /^#\d+: .*?\): (.*)$/.exec(line)?.[1] ?? []);
  const [first] = reasons;
  if (first === undefined) return lines[0] ?? failure;
  // The deepest reason but for the search of plug-ins, which always fails here.
  const last = reasons.filter((reason) => !/plugin|directory/.test(reason)).at(-1) ?? first;
  return last === first ? first : `${first}: ${last}`;
};

/**
 * Starts a thread for one file.
 *
 * Asking throws CygnetError `corrupt-data` with what HDF5 says, also when the thread dies or does not answer.
 */
export const startHdf5 = (path: string): Hdf5File => {
  const file = import.meta.url.endsWith('.ts') ? './hdf5-thread.ts' : './hdf5-thread.js';
  const thread = new Worker(new URL(file, import.meta.url), { stderr: true, stdout: true });
  // What the library prints before it fails comes again as its error.
  thread.stderr.resume();
  thread.stdout.resume();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: CygnetError | undefined;
  const failed = (reason: string, cause?: unknown): CygnetError =>
    new CygnetError('corrupt-data', `HDF5 cannot read or write ${path}: ${reason}.`, { cause });
  const end = (error: CygnetError): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  thread.on('message', ({ id, result, failure }: Hdf5Answer) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) thread.unref();
    if (failure === undefined) asker?.resolve(result as never);
    else asker?.reject(failed(readable(failure)));
  });
  thread.on('error', (error: Error) => end(failed(`its thread died (${error.message})`, error)));
  thread.on('exit', () => end(failed('its thread has ended')));
  thread.unref();
  return {
    ask: (body) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const id = ++lastId;
        const timer = setTimeout(() => {
          end(failed(`no answer within ${patience} seconds`));
          void thread.terminate();
        }, patience * 1000);
        const settled =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            then(value);
          };
        waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
        thread.ref();
        const request: Hdf5Request = { id, body };
        return thread.postMessage(request);
      }),
    close: async () => {
      await thread.terminate();
    },
  };
};
