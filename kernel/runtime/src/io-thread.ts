/** The I/O thread. The TypeScript engine takes longest to be ready, so it is started before anything else is loaded. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { startEngineThread } from './engine/engine-thread.ts';
import type { IoThreadData } from './thread-messages.ts';

const data = workerData as IoThreadData;
const memoryMB = Number(process.env.CYGNET_TYPESCRIPT_MEMORY_MB);
let onRestart = (_reason: string): void => undefined;
const engine = startEngineThread(data.workingFolder, {
  ...(memoryMB > 0 ? { memoryMB } : {}),
  onRestart: (reason) => onRestart(reason),
});

const { serveClient } = await import('./io-service.ts');
const session = await serveClient({ data, engine, userThread: parentPort as MessagePort });
onRestart = (reason) => session.warn(`TypeScript's engine has ended (${reason}) and was started again.\n`);
