/** The I/O thread: sockets, protocol and queue. Wires the rooms together and ends the process on request. */
import { inspect } from 'node:util';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { startEngineThread } from './engine/index.ts';
import { Session } from './session/index.ts';
import type { FromUserThread, IoThreadData, ToUserThread } from './thread-messages.ts';
import { openWire, readConnection } from './wire/index.ts';

/** How long user code may take to leave before the process is ended. */
const exitAfterMs = 1000;
const parentCheckMs = 1000;

const { connectionFile, workingFolder, interruptFlag } = workerData as IoThreadData;
const userThread = parentPort as MessagePort;
const engine = startEngineThread(workingFolder);
const post = (message: ToUserThread): void => userThread.postMessage(message);
const flag = new Int32Array(interruptFlag);

const report = (error: Error): void => {
  process.stderr.write(`Cygnet kernel: ${error.message}${error.cause ? ` (${inspect(error.cause)})` : ''}\n`);
};

const wire = await openWire(readConnection(connectionFile), {
  onMessage: (channel, message) => {
    session.receive(channel, message).catch(report);
  },
  onError: report,
});

const endProcess = async (): Promise<void> => {
  Atomics.store(flag, 0, 1);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitAfterMs);
  await wire.close();
  post({ kind: 'exit' });
};

const session = new Session({
  wire,
  engine,
  post,
  interruptFlag: flag,
  onShutdown: () => {
    endProcess().catch(report);
  },
});
userThread.on('message', (message: FromUserThread) => session.fromUserThread(message));

/** A kernel whose Jupyter server has died would stay for ever. */
if (process.env.JPY_PARENT_PID !== undefined && process.ppid !== 1)
  setInterval(() => {
    if (process.ppid === 1) endProcess().catch(report);
  }, parentCheckMs).unref();
