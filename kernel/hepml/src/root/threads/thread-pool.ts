import { Worker } from 'node:worker_threads';
import { CygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { errorOf } from './messages.ts';
import type { FileForThreads, FromThread, ReadingJob, ToThread } from './messages.ts';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
}

/** One thread at its one job. */
class ReadingThread {
  readonly worker: Worker;
  isAlive = true;
  #job:
    | {
        readonly id: number;
        readonly resolve: (columns: ReadonlyMap<string, Column>) => void;
        readonly reject: (error: Error) => void;
        readonly onBytes: ((bytes: number) => void) | undefined;
      }
    | undefined;
  #lastId = 0;

  constructor() {
    const isSource = import.meta.url.endsWith('.ts');
    this.worker = new Worker(new URL(isSource ? './reading-thread.ts' : './reading-thread.js', import.meta.url), {
      ...(isSource ? { execArgv: ['--conditions=cygnet:source', '--disable-warning=ExperimentalWarning'] } : {}),
    });
    let reason = '';
    this.worker.on('message', (message: FromThread) => this.#receive(message));
    this.worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    this.worker.on('exit', (code) => {
      this.isAlive = false;
      this.#job?.reject(
        new CygnetError(
          'thread-ended',
          `A reading thread ended before its work was done: ${reason || `exit code ${code}`}. Read again; { threads: 1 } reads without threads.`,
        ),
      );
      this.#job = undefined;
    });
  }

  async run(
    file: FileForThreads,
    job: ReadingJob,
    { signal, onBytes }: RunOptions,
  ): Promise<ReadonlyMap<string, Column>> {
    const id = ++this.#lastId;
    const cancel = (): void => this.send({ kind: 'cancel', id });
    this.worker.ref();
    signal?.addEventListener('abort', cancel);
    try {
      return await new Promise((resolve, reject) => {
        this.#job = { id, resolve, reject, onBytes };
        this.send({ kind: 'read', id, file, job });
        if (signal?.aborted) cancel();
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.worker.unref();
    }
  }

  send(message: ToThread): void {
    this.worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    const job = this.#job;
    if (job?.id !== message.id) return;
    if (message.kind === 'progress') {
      job.onBytes?.(message.bytes);
      return;
    }
    this.#job = undefined;
    if (message.kind === 'columns') job.resolve(message.columns);
    else job.reject(errorOf(message.failure));
  }
}

/** Threads without a job, kept warm: starting one takes some 100 ms. They do not keep the process alive. */
const idle: ReadingThread[] = [];
const busy = new Set<ReadingThread>();

/** Runs one job on a thread of its own. */
export const runOnThread = async (
  file: FileForThreads,
  job: ReadingJob,
  options: RunOptions,
): Promise<ReadonlyMap<string, Column>> => {
  const thread = idle.pop() ?? new ReadingThread();
  busy.add(thread);
  try {
    return await thread.run(file, job, options);
  } finally {
    busy.delete(thread);
    if (thread.isAlive) idle.push(thread);
  }
};

/** Tells all threads that a file is read no more. */
export const closeOnThreads = (key: number): void => {
  for (const thread of [...idle, ...busy]) thread.send({ kind: 'close', key });
};

/** The workers that are at a job: for tests of what happens when one ends. */
export const workersAtWork = (): readonly Worker[] => [...busy].map(({ worker }) => worker);
