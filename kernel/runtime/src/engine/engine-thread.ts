import { Worker } from 'node:worker_threads';
import type { Engine } from './cell.ts';
import type { EngineAnswer, EngineMethod, EngineRequest, EngineThreadData } from './engine-messages.ts';

/** An engine in a thread of its own. */
export interface EngineThread extends Engine {
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the TypeScript thread; it warms up at once and answers when it is ready. */
export const startEngineThread = (folder: string): EngineThread => {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const workerData: EngineThreadData = { folder };
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  const waiting = new Map<number, Waiting>();
  let ended: Error | undefined;
  let lastId = 0;
  const fail = (error: Error): void => {
    ended = new Error(`The TypeScript thread has ended: ${error.message}. Restart the kernel.`, { cause: error });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', ({ id, result, failure }: EngineAnswer) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) asker?.resolve(result);
    else asker?.reject(new Error(`The TypeScript engine failed: ${failure}`));
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)));
  const ask = <Method extends EngineMethod>(
    method: Method,
    ...args: Parameters<Engine[Method]>
  ): ReturnType<Engine[Method]> =>
    new Promise<unknown>((resolve, reject) => {
      if (ended) return reject(ended);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const request: EngineRequest = { id: lastId, method, args };
      worker.postMessage(request);
    }) as ReturnType<Engine[Method]>;
  return {
    compile: (cell) => ask('compile', cell),
    commit: (id, live) => ask('commit', id, live),
    complete: (code, position) => ask('complete', code, position),
    inspect: (code, position) => ask('inspect', code, position),
    isComplete: (code) => ask('isComplete', code),
    async end() {
      await worker.terminate();
    },
  };
};
