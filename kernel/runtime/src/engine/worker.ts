/** The TypeScript thread: a compiler that answers requests, warmed up before the first one comes. */
import { parentPort, workerData } from 'node:worker_threads';
import { Compiler } from './compiler.ts';
import type { EngineRequest, EngineThreadData } from './engine-messages.ts';
import { answerWith } from './engine-server.ts';

process.report.excludeEnv = true; // a report of the process's end has a part of each thread, and the environment may hold secrets

const compiler = new Compiler((workerData as EngineThreadData).folder);
compiler.warmUp();

/** Parses the library's declarations when nobody has asked anything for a moment. */
const idleMs = 300;
let isPreloaded = false;
const preload = setTimeout(() => {
  isPreloaded = true;
  compiler.preload();
}, idleMs);

const answer = answerWith(compiler);
parentPort?.on('message', (request: EngineRequest) => {
  if (!isPreloaded) preload.refresh();
  parentPort?.postMessage(answer(request));
});
