import { Worker } from 'node:worker_threads';
import type { Engine } from './cell.ts';
import type {
  CommittedCell,
  EngineAnswer,
  EngineMethod,
  EngineRequest,
  EngineThreadData,
  EngineThreadMethods,
} from './engine-messages.ts';

/** An engine in a thread of its own. */
export interface EngineThread extends Engine {
  end(): Promise<void>;
}

export interface EngineThreadOptions {
  /** Memory of the thread in megabytes. */
  readonly memoryMB?: number;
  /** Called when the thread has died and another one has taken over. */
  readonly onRestart?: (reason: string) => void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Projects that type-check need 1 to 2 GB at most; a thread that wants more is better started again. */
const defaultMemoryMB = 4096;

/**
 * Starts the TypeScript thread; it warms up at once and answers when it is ready. If it dies (a cell whose types do not
 * fit into its memory), another one takes over and learns the session's cells from their texts: names keep their types.
 */
export const startEngineThread = (folder: string, options: EngineThreadOptions = {}): EngineThread => {
  const { memoryMB = defaultMemoryMB, onRestart } = options;
  const committed = new Map<number, CommittedCell>();
  /** Texts of cells that have been compiled and not yet committed. */
  const compiled = new Map<number, string>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isEnding = false;

  const start = (): Worker => {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const workerData: EngineThreadData = { folder };
    const started = new Worker(new URL(file, import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMB },
    });
    let reason = '';
    let hasAnswered = false;
    started.on('message', ({ id, result, failure }: EngineAnswer) => {
      hasAnswered = true;
      const asker = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) asker?.resolve(result);
      else asker?.reject(new Error(`The TypeScript engine failed: ${failure}`));
    });
    started.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    started.on('exit', (code) => {
      if (isEnding) return;
      reason ||= `exit code ${code}`;
      const remedy = hasAnswered ? 'It has been started again; the session keeps its names.' : 'Restart the kernel.';
      const error = new Error(`The TypeScript thread has ended: ${reason}. ${remedy}`);
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      if (hasAnswered) takeOver(reason);
      else broken = error;
    });
    return started;
  };

  /** Set when a thread has ended before it did anything: starting more of them would not end. */
  let broken: Error | undefined;
  let worker = start();

  const takeOver = (reason: string): void => {
    worker = start();
    for (const cell of committed.values()) ask('restore', cell).catch(() => committed.delete(cell.id));
    onRestart?.(reason);
  };

  const ask = <Method extends EngineMethod>(
    method: Method,
    ...args: Parameters<EngineThreadMethods[Method]>
  ): ReturnType<EngineThreadMethods[Method]> =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const request: EngineRequest = { id: lastId, method, args };
      worker.postMessage(request);
    }) as ReturnType<EngineThreadMethods[Method]>;

  return {
    async compile(cell) {
      const result = await ask('compile', cell);
      if (result.ok) compiled.set(cell.id, cell.code);
      return result;
    },
    async commit(id, live) {
      const code = compiled.get(id);
      compiled.clear();
      if (code !== undefined) committed.set(id, { id, code, live });
      const known = new Set(await ask('commit', id, live));
      for (const old of committed.keys()) if (!known.has(old)) committed.delete(old);
    },
    complete: (code, position) => ask('complete', code, position),
    inspect: (code, position) => ask('inspect', code, position),
    isComplete: (code) => ask('isComplete', code),
    names: () => ask('names'),
    async reset() {
      committed.clear();
      await ask('reset');
    },
    async end() {
      isEnding = true;
      await worker.terminate();
    },
  };
};
