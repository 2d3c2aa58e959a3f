/** The I/O thread: sockets, protocol and queue. Wires the rooms together and ends the process on request. */
import { inspect } from 'node:util';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { startEngineThread } from './engine/index.ts';
import { LastWords, watchMemory } from './life/index.ts';
import { HistoryFile, historyFilePath, Session } from './session/index.ts';
import { InFlight, PrintedText } from './printed-text.ts';
import type { FromUserThread, IoThreadData, ToUserThread } from './thread-messages.ts';
import { openWire, readConnection } from './wire/index.ts';

/** How long user code may take to leave before the process is ended. */
const exitAfterMs = 1000;
const parentCheckMs = 1000;

const { connectionFile, workingFolder, interruptFlag, printed, inFlight, heapLimit } = workerData as IoThreadData;
const arrivals = new InFlight(inFlight);
const userThread = parentPort as MessagePort;
const memoryMB = Number(process.env.CYGNET_TYPESCRIPT_MEMORY_MB);
const engine = startEngineThread(workingFolder, {
  ...(memoryMB > 0 ? { memoryMB } : {}),
  onRestart: (reason) => session.warn(`TypeScript's thread has ended (${reason}) and was started again.\n`),
});
const lastWords = new LastWords(connectionFile);
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
  lastWords.end();
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitAfterMs);
  await wire.close();
  post({ kind: 'exit' });
};

const historyPath = historyFilePath(process.env);
const session = new Session({
  wire,
  engine,
  post,
  interruptFlag: flag,
  historyFile: historyPath === undefined ? undefined : new HistoryFile(historyPath, report),
  before: lastWords.begin(),
  onCell: (label) => lastWords.cellStarts(label),
  printed: new PrintedText(printed),
  onShutdown: () => {
    endProcess().catch(report);
  },
});
userThread.on('message', (message: FromUserThread) => {
  arrivals.handled();
  session.fromUserThread(message);
});

watchMemory(heapLimit, (text) => session.warn(text));

/** A kernel whose Jupyter server has died would stay for ever. */
if (process.env.JPY_PARENT_PID !== undefined && process.ppid !== 1)
  setInterval(() => {
    if (process.ppid === 1) endProcess().catch(report);
  }, parentCheckMs).unref();
