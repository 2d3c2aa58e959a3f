/** The TypeScript thread: a compiler that answers requests, warmed up before the first one comes. */
import { parentPort, workerData } from 'node:worker_threads';
import { Compiler } from './compiler.ts';
import type { EngineAnswer, EngineMethod, EngineRequest, EngineThreadData } from './engine-messages.ts';

const compiler = new Compiler((workerData as EngineThreadData).folder);
compiler.warmUp();

/** Parses the library's declarations when nobody has asked anything for a moment. */
const idleMs = 300;
let isPreloaded = false;
const preload = setTimeout(() => {
  isPreloaded = true;
  compiler.preload();
}, idleMs);

const call = ({ method, args }: EngineRequest): unknown => {
  const methods: { readonly [name in EngineMethod]: (...args: never[]) => unknown } = {
    compile: (...of: Parameters<Compiler['compile']>) => compiler.compile(...of),
    commit: (...of: Parameters<Compiler['commit']>) => compiler.commit(...of),
    names: () => compiler.names(),
    reset: () => compiler.reset(),
    restore: (...of: Parameters<Compiler['restore']>) => compiler.restore(...of),
    complete: (...of: Parameters<Compiler['complete']>) => compiler.complete(...of),
    inspect: (...of: Parameters<Compiler['inspect']>) => compiler.inspect(...of),
    isComplete: (...of: Parameters<Compiler['isComplete']>) => compiler.isComplete(...of),
  };
  return methods[method](...(args as never[]));
};

parentPort?.on('message', (request: EngineRequest) => {
  if (!isPreloaded) preload.refresh();
  let answer: EngineAnswer;
  try {
    answer = { id: request.id, result: call(request) };
  } catch (error) {
    answer = { id: request.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
