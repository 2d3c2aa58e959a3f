/** Wires the user's thread: streams, displays, comms and runner, with the I/O thread at the other end. */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { CommRegistry, serveModelExport, SessionModels } from './comms/index.ts';
import { setDisplaySink, TrainingDisplay, tslabModuleUrl } from './display/index.ts';
import { CellPositions, installModuleHooks, installStackTraces, Interruption, Runner } from './engine/index.ts';
import { LastWords } from './life/index.ts';
import { createPrintedTextMemory, InFlight, PrintedText } from './printed-text.ts';
import { installPrelude } from './prelude.ts';
import type { FromUserThread, IoThreadData, ToUserThread } from './thread-messages.ts';
import { exitProcess, guardProcess, Output, StandardInput, UserThread } from './user-thread/index.ts';

/** The I/O thread holds messages on their way, nothing else; it must not share the fate of a full heap. */
const ioMemoryMB = 2048;

/** Frames of the kernel and of the library's own files, all under one folder, are not shown to users. */
const kernelFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Starts a kernel for the client that wrote `connectionFile`; the working folder is the notebook's. */
export const startKernel = (connectionFile: string): void => {
  const folder = process.cwd();
  const interruptFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const printed = createPrintedTextMemory();
  const heapLimit = getHeapStatistics().heap_size_limit;
  const inFlight = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: IoThreadData = {
    connectionFile,
    workingFolder: folder,
    interruptFlag,
    printed,
    inFlight,
    heapLimit,
  };
  const ioFile = import.meta.url.endsWith('.ts') ? './io-thread.ts' : './io-thread.js';
  const ioThread = new Worker(new URL(ioFile, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: ioMemoryMB },
  });
  const departures = new InFlight(inFlight);
  const deliver = (message: FromUserThread): void => {
    ioThread.postMessage(message);
    departures.sent();
  };
  const fail = (reason: string): void => {
    writeSync(2, `Cygnet kernel: the I/O thread has ended: ${reason}\n`);
    exitProcess(1);
  };
  ioThread.on('error', (error) => fail(String(error)));
  ioThread.on('exit', (code) => fail(`exit code ${code}`));

  const output = new Output(deliver, new PrintedText(printed));
  const post = (message: FromUserThread): void => output.send(message);
  const input = new StandardInput(post, output);
  const interruption = new Interruption(interruptFlag);
  const positions = new CellPositions();
  const comms = new CommRegistry((message) => post({ kind: 'comm', parent: output.parent, ...message }));
  const models = new SessionModels();
  const runner = new Runner({ folder, interruption, positions });
  const userThread = new UserThread({ post, output, input, runner, interruption, comms, kernelFolder });

  new LastWords(connectionFile).listen();
  setDisplaySink(output);
  output.captureProcessStreams();
  installStackTraces(positions);
  installModuleHooks({ provided: { tslab: tslabModuleUrl }, fallbackUrl: import.meta.url });
  installPrelude({ trainings: new TrainingDisplay({ sink: output }), models, interruption, comms, input: input.ask });
  serveModelExport(comms, models);
  guardProcess({
    onUncaught: (error) => userThread.reportUncaught(error),
    onWarning: ({ name, message }) => output.stream('stderr', `${name}: ${message}\n`),
    onInterrupt: () => post({ kind: 'interrupt-me' }),
  });
  ioThread.on('message', (message: ToUserThread) => {
    userThread.handle(message).catch((error: unknown) => userThread.reportUncaught(error));
  });
};
