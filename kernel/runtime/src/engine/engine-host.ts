/** Where the TypeScript engine lives: a process that starts from a snapshot, or a thread that builds everything up. */
import { spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { EngineAnswer, EngineRequest, EngineThreadData } from './engine-messages.ts';

export interface EngineHost {
  send(request: EngineRequest): void;
  end(): Promise<void>;
}

export interface EngineHostEvents {
  readonly onReady: () => void;
  readonly onAnswer: (answer: EngineAnswer) => void;
  /** The host has ended by itself. */
  readonly onEnd: (reason: string) => void;
}

/** @param memoryMB what JavaScript values may take in it */
export type StartEngineHost = (folder: string, memoryMB: number, events: EngineHostEvents) => EngineHost;

export const startThread: StartEngineHost = (folder, memoryMB, { onReady, onAnswer, onEnd }) => {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const workerData: EngineThreadData = { folder };
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMB },
  });
  let reason = '';
  let isEnding = false;
  worker.on('message', (answer: EngineAnswer) => {
    onReady();
    onAnswer(answer);
  });
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', (code) => {
    if (!isEnding) onEnd(reason || `exit code ${code}`);
  });
  return {
    send: (request) => worker.postMessage(request),
    async end() {
      isEnding = true;
      await worker.terminate();
    },
  };
};

/** As much of what a dying process says as is worth looking at. */
const lastWordsLength = 4000;

/** Young values get 16 MB instead of 64 (costs no time, saves 190 MB); the collector can be called when all is quiet. */
const engineFlags = ['--no-warnings', '--max-semi-space-size=16', '--expose-gc'];

/** Gives hosts that start from a snapshot. */
export const processFrom =
  (snapshot: string): StartEngineHost =>
  (folder, memoryMB, { onReady, onAnswer, onEnd }) => {
    const child = spawn(
      process.execPath,
      [...engineFlags, `--max-old-space-size=${memoryMB}`, '--snapshot-blob', snapshot, folder],
      { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    );
    let said = '';
    let isEnding = false;
    const ended = new Promise<void>((resolve) => {
      const end = (reason: string): void => {
        resolve();
        if (!isEnding) onEnd(reason);
        isEnding = true;
      };
      child.once('error', (error) => end(error.message));
      child.once('close', (code, signal) => end(fatalError(said) ?? signal ?? `exit code ${code}`));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-lastWordsLength);
    });
    child.on('message', (message: 'ready' | EngineAnswer) => {
      if (message === 'ready') onReady();
      else onAnswer(message);
    });
    return {
      send: (request) => void child.send(request, () => undefined),
      async end() {
        isEnding = true;
        child.kill('SIGKILL');
        await ended;
      },
    };
  };

const fatalError = (said: string): string | undefined => /FATAL ERROR: (.*)/.exec(said)?.[1];
