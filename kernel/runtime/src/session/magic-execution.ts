import path from 'node:path';
import {
  magicHelp,
  magicNames,
  parseMagics,
  runProgram,
  type Magic,
  type ProgramEnd,
  type RunningProgram,
} from '../magics/index.ts';
import type { Engine } from '../engine/index.ts';
import type { RunOutcome, ToUserThread } from '../thread-messages.ts';
import type { CellExecution, CellRequest } from './cell-execution.ts';
import { failure } from './error-replies.ts';
import { installPackages, type InterruptibleEnd } from './npm-magic.ts';
import type { Publisher } from './publisher.ts';

export interface MagicServices {
  readonly execution: CellExecution;
  readonly engine: Engine;
  readonly publisher: Publisher;
  readonly post: (message: ToUserThread) => void;
  /** The notebook's. */
  readonly folder: string;
}

const done: RunOutcome = { ok: true, live: [] };

/** Runs cells: their magics here, their TypeScript through the other threads. */
export class MagicExecution {
  readonly #services: MagicServices;
  #program: RunningProgram | undefined;
  #isInterrupted = false;

  constructor(services: MagicServices) {
    this.#services = services;
  }

  /** Never rejects, as `CellExecution.execute`. */
  async execute(request: CellRequest): Promise<RunOutcome> {
    const cell = parseMagics(request.code);
    if (cell === undefined) return this.#services.execution.execute(request);
    const unknown = cell.magics.find(({ name }) => !magicNames.some((known) => known === name));
    if (unknown)
      return failure('UnknownMagic', `There is no magic ${unknown.name}. There are: ${magicNames.join(', ')}.`);
    const body = request.code.slice(cell.bodyStart);
    for (const magic of cell.magics) {
      const outcome = await this.#run(magic, { ...request, code: cell.code }, body);
      if (outcome) return outcome;
    }
    return cell.code.trim() === '' ? done : this.#services.execution.execute({ ...request, code: cell.code });
  }

  /** Stops what runs. */
  interrupt(): void {
    this.#isInterrupted = true;
    if (this.#program) this.#program.interrupt();
    else this.#services.execution.interrupt();
  }

  /** The outcome of the whole cell, or nothing when the rest of the cell is still to be run. */
  async #run({ name, rest }: Magic, request: CellRequest, body: string): Promise<RunOutcome | undefined> {
    const { publisher, engine, post, execution } = this.#services;
    const { parent, code } = request;
    const print = (text: string): void => publisher.stream('stdout', text, parent);
    switch (name) {
      case '%time':
        if (rest === '' || body.trim() !== '')
          return failure('UsageError', '%time <statement> stands alone in its cell; %%time measures a whole cell.');
        return this.#timed(() => execution.execute(request), print);
      case '%%time':
        return this.#timed(() => execution.execute({ ...request, code }), print);
      case '%who': {
        const names = await engine.names();
        const width = Math.max(0, ...names.map((known) => known.name.length));
        print(names.map((known) => `${known.name.padEnd(width)}  ${known.type}\n`).join('') || 'No names yet.\n');
        return undefined;
      }
      case '%reset':
        await engine.reset();
        post({ kind: 'reset' });
        print('All names are forgotten.\n');
        return undefined;
      case '%npm':
        return installPackages(rest, {
          folder: this.#services.folder,
          print,
          run: (...call) => this.#runProgram(...call),
          onInstalled: () => engine.packagesChanged(),
        });
      case '%help':
        print(magicHelp());
        return undefined;
      case '%%html':
        publisher.publish('display_data', { data: { 'text/html': body }, metadata: {}, transient: {} }, parent);
        return done;
      case '%%bash':
        return this.#programmed('bash', ['-c', body], request);
      case '%%python':
        return this.#programmed(pythonProgram(), ['-u', '-c', `\n${body}`], request);
      default:
        return undefined;
    }
  }

  async #timed(run: () => Promise<RunOutcome>, print: (text: string) => void): Promise<RunOutcome> {
    const outcome = await run();
    if (outcome.ranMs !== undefined) print(`Time: ${duration(outcome.ranMs)}\n`);
    return outcome;
  }

  async #programmed(program: string, args: readonly string[], { parent }: CellRequest): Promise<RunOutcome> {
    const name = path.basename(program);
    const end = await this.#runProgram(program, args, (stream, text) =>
      this.#services.publisher.stream(stream, text, parent),
    );
    if (end.exitCode === 0) return done;
    if (end.isInterrupted) return failure('KeyboardInterrupt', `${name} was interrupted.`);
    return failure('ProgramError', programFailure(name, end));
  }

  /** Runs a program that an interrupt of the cell stops. */
  async #runProgram(...call: Parameters<typeof runProgram>): Promise<InterruptibleEnd> {
    this.#isInterrupted = false;
    this.#program = runProgram(...call);
    const end = await this.#program.ended;
    this.#program = undefined;
    return { ...end, isInterrupted: this.#isInterrupted };
  }
}

const programFailure = (name: string, { exitCode, signal, failure: reason }: ProgramEnd): string =>
  reason === undefined
    ? `${name} ended with ${signal ?? `exit code ${exitCode}`}.`
    : `${name} cannot be run: ${reason}.`;

/** The Python that the kernel was set up with, else the one of the running environment. */
const pythonProgram = (): string => {
  const environment = process.env.CYGNET_PYTHON_ENV ?? process.env.VIRTUAL_ENV;
  return environment === undefined ? 'python3' : path.join(environment, 'bin/python');
};

const duration = (ms: number): string => {
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${((ms % 60_000) / 1000).toFixed(0)} s`;
};
