/** Sockets, protocol and queue: what the I/O thread does. Wires the rooms together and ends the process on request. */
import { inspect } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { flagValues, type EngineThread } from './engine/index.ts';
import { LastWords, watchMemory } from './life/index.ts';
import { HistoryFile, historyFilePath, Session } from './session/index.ts';
import { InFlight, PrintedText } from './printed-text.ts';
import type { FromUserThread, IoThreadData, ToUserThread } from './thread-messages.ts';
import { openWire, readConnection } from './wire/index.ts';

/** How long user code may take to leave before the process is ended. */
const exitAfterMs = 1000;
const parentCheckMs = 1000;

export interface IoServices {
  readonly data: IoThreadData;
  readonly engine: EngineThread;
  /** To the user's thread. */
  readonly userThread: MessagePort;
}

const report = (error: Error): void => {
  process.stderr.write(`Cygnet kernel: ${error.message}${error.cause ? ` (${inspect(error.cause)})` : ''}\n`);
};

/** zeromq says of every option of a bound socket that it waits for the next one; that of iopub does not. */
const isAboutBoundSocket = ({ message }: Error): boolean => message.startsWith('Socket option will not take effect');

/** Opens the sockets and serves whoever connects. */
export const serveClient = async ({ data, engine, userThread }: IoServices): Promise<Session> => {
  const { connectionFile, interruptFlag, printed, inFlight, heapLimit } = data;
  const arrivals = new InFlight(inFlight);
  const lastWords = new LastWords(connectionFile);
  const post = (message: ToUserThread): void => userThread.postMessage(message);
  const flag = new Int32Array(interruptFlag);

  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (!isAboutBoundSocket(warning)) report(warning);
  });
  const wire = await openWire(readConnection(connectionFile), {
    onMessage: (channel, message) => {
      session.receive(channel, message).catch(report);
    },
    onSubscription: () => session.greet(),
    onError: report,
  });

  const endProcess = async (): Promise<void> => {
    Atomics.store(flag, 0, flagValues.stop);
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
    folder: data.workingFolder,
    historyFile: historyPath === undefined ? undefined : new HistoryFile(historyPath, report),
    before: lastWords.begin(),
    onCell: (label) => lastWords.cellStarts(label),
    printed: new PrintedText(printed),
    onShutdown: () => {
      endProcess().catch(report);
    },
  });
  userThread.on('message', (message: FromUserThread) => {
    session.fromUserThread(message);
    if (wire.isCrowded) wire.cleared().then(() => arrivals.handled(), report);
    else arrivals.handled();
  });

  watchMemory(heapLimit, (text) => session.warn(text));

  /** A kernel whose Jupyter server has died would stay for ever. */
  if (process.env.JPY_PARENT_PID !== undefined && process.ppid !== 1)
    setInterval(() => {
      if (process.ppid === 1) endProcess().catch(report);
    }, parentCheckMs).unref();
  return session;
};
