/**
 * Starts a kernel. The I/O thread comes first, as the TypeScript engine that it starts takes longest; the user's thread
 * wires itself up meanwhile.
 */
import { writeSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { createPrintedTextMemory } from './printed-text.ts';
import type { IoThreadData, ToUserThread } from './thread-messages.ts';

/** The I/O thread holds messages on their way, nothing else; it must not share the fate of a full heap. */
const ioMemoryMB = 2048;

/** V8's limit counts its three spaces for young values too, 64 MiB each; what lasts has to do with the rest. */
const lastingValuesLimit = (): number => {
  const limit = getHeapStatistics().heap_size_limit;
  return Math.max(limit / 2, limit - 3 * 64 * 2 ** 20);
};

/** Kept from before user code runs. */
const exit = process.exit.bind(process);

/** Starts a kernel for the client that wrote `connectionFile`; the working folder is the notebook's. */
export const startKernel = (connectionFile: string): void => {
  const data: IoThreadData = {
    connectionFile,
    workingFolder: process.cwd(),
    interruptFlag: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
    printed: createPrintedTextMemory(),
    inFlight: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
    heapLimit: lastingValuesLimit(),
  };
  const ioFile = import.meta.url.endsWith('.ts') ? './io-thread.ts' : './io-thread.js';
  const ioThread = new Worker(new URL(ioFile, import.meta.url), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: ioMemoryMB },
  });
  const fail = (reason: string): void => {
    writeSync(2, `Cygnet kernel: the I/O thread has ended: ${reason}\n`);
    exit(1);
  };
  ioThread.on('error', (error) => fail(String(error)));
  ioThread.on('exit', (code) => fail(`exit code ${code}`));

  const early: ToUserThread[] = [];
  const keep = (message: ToUserThread): void => void early.push(message);
  ioThread.on('message', keep);
  import('./main.ts').then(
    ({ startUserThread }) => {
      const handle = startUserThread(data, (message) => ioThread.postMessage(message));
      ioThread.off('message', keep).on('message', handle);
      early.forEach(handle);
    },
    (error: unknown) => {
      writeSync(2, `Cygnet kernel: ${error instanceof Error ? error.stack : String(error)}\n`);
      exit(1);
    },
  );
};
