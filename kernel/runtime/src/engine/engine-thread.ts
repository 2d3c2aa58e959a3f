import type { Engine } from './cell.ts';
import { processFrom, startThread, type EngineHost, type StartEngineHost } from './engine-host.ts';
import type {
  CommittedCell,
  EngineAnswer,
  EngineMethod,
  EngineRequest,
  EngineThreadMethods,
} from './engine-messages.ts';
import { fittingSnapshot } from './snapshot-file.ts';

/** An engine that runs beside the calling thread. */
export interface EngineThread extends Engine {
  end(): Promise<void>;
}

export interface EngineThreadOptions {
  /** Memory of the engine in megabytes. */
  readonly memoryMB?: number;
  /** What to start from, instead of the kernel's own; undefined where there is none. */
  readonly snapshot?: string | undefined;
  /** Called when the engine has died and another one has taken over. */
  readonly onRestart?: (reason: string) => void;
}

interface Waiting {
  readonly request: EngineRequest;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Projects that type-check need 1 to 2 GB at most; an engine that wants more is better started again. */
const defaultMemoryMB = 4096;

/**
 * Starts the TypeScript engine; it warms up at once and answers when it is ready. If it dies (a cell whose types do not
 * fit into its memory), another one takes over and learns the session's cells from their texts: names keep their types.
 */
export const startEngineThread = (folder: string, options: EngineThreadOptions = {}): EngineThread => {
  const { memoryMB = defaultMemoryMB, onRestart } = options;
  const snapshot = 'snapshot' in options ? options.snapshot : fittingSnapshot();
  const fastest = snapshot === undefined ? startThread : processFrom(snapshot);
  const committed = new Map<number, CommittedCell>();
  /** Texts of cells that have been compiled and not yet committed. */
  const compiled = new Map<number, string>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  /** Set when a thread has ended before it did anything: starting more of them would not end. */
  let broken: Error | undefined;

  const answered = ({ id, result, failure }: EngineAnswer): void => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) asker?.resolve(result);
    else asker?.reject(new Error(`The TypeScript engine failed: ${failure}`));
  };

  const start = (kind: StartEngineHost): EngineHost => {
    let isReady = false;
    return kind(folder, memoryMB, {
      onReady: () => (isReady = true),
      onAnswer: answered,
      onEnd: (reason) => {
        if (isReady || kind === startThread) ended(reason, isReady);
        else useThread();
      },
    });
  };

  /** What a process that cannot start from the snapshot was asked goes to a thread. */
  const useThread = (): void => {
    host = start(startThread);
    for (const { request } of waiting.values()) host.send(request);
  };

  const ended = (reason: string, wasReady: boolean): void => {
    const remedy = wasReady ? 'It has been started again; the session keeps its names.' : 'Restart the kernel.';
    const error = new Error(`The TypeScript thread has ended: ${reason}. ${remedy}`);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    if (wasReady) takeOver(reason);
    else broken = error;
  };

  const takeOver = (reason: string): void => {
    host = start(fastest);
    for (const cell of committed.values()) ask('restore', cell).catch(() => committed.delete(cell.id));
    onRestart?.(reason);
  };

  let host = start(fastest);

  const ask = <Method extends EngineMethod>(
    method: Method,
    ...args: Parameters<EngineThreadMethods[Method]>
  ): ReturnType<EngineThreadMethods[Method]> =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken);
      lastId += 1;
      const request: EngineRequest = { id: lastId, method, args };
      waiting.set(lastId, { request, resolve, reject });
      host.send(request);
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
    packagesChanged: () => ask('packagesChanged'),
    async reset() {
      committed.clear();
      await ask('reset');
    },
    end: () => host.end(),
  };
};
