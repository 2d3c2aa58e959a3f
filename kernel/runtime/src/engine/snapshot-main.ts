/**
 * The TypeScript process. This module runs when the snapshot is built (see bin/typescript-snapshot.cjs): it parses and
 * binds the declarations that notebooks use. A process that starts from the snapshot goes on in `serve`, with all that
 * in its memory.
 */
import { startupSnapshot } from 'node:v8';
import { Compiler } from './compiler.ts';
import type { EngineRequest } from './engine-messages.ts';
import { answerWith } from './engine-server.ts';
import { Libraries } from './libraries.ts';

/** When nobody has asked anything for so long, memory is given back. */
const idleMs = 5000;

/** Each cell leaves a checker behind; V8 would keep what they took, some 100 to 400 MB. Takes about 0.1 s. */
const freeMemory = (): void => {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};

/** Serves the folder that the process is started with, `node --snapshot-blob <file> <folder>`, until its parent has gone. */
const serve = (libraries: Libraries): void => {
  process.on('SIGINT', () => undefined); // a terminal sends it to everybody; what an interrupt means is the parent's business
  process.on('disconnect', () => process.exit(0));
  libraries.refresh();
  const compiler = new Compiler(process.argv[1] ?? process.cwd(), libraries);
  compiler.warmUp();
  const answer = answerWith(compiler);
  const tidy = setTimeout(freeMemory, idleMs);
  process.on('message', (request: EngineRequest) => {
    process.send?.(answer(request));
    tidy.refresh();
  });
  process.send?.('ready');
};

/** Only the libraries go into the snapshot; the compiler that read them does not. */
const warmLibraries = (): Libraries => {
  const libraries = new Libraries();
  const compiler = new Compiler(import.meta.dirname, libraries);
  compiler.warmUp();
  compiler.preload();
  return libraries;
};

startupSnapshot.setDeserializeMainFunction(serve, warmLibraries());
