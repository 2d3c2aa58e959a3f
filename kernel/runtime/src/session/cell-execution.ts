import { flagValues, type CompileResult, type Engine } from '../engine/index.ts';
import type { ErrorReport, RunOutcome, ToUserThread } from '../thread-messages.ts';
import type { Header } from '../wire/index.ts';
import { diagnosticsReport, internalReport, interruptedReport } from './error-replies.ts';

export interface CellRequest {
  readonly code: string;
  readonly label: string;
  readonly parent: Header;
  readonly allowStdin: boolean;
}

/** Services of the other threads. */
export interface ExecutionServices {
  readonly engine: Engine;
  readonly post: (message: ToUserThread) => void;
  /** Shared with the user's thread; see engine's Interruption. */
  readonly interruptFlag: Int32Array;
  /** Called when a cell is about to run. */
  readonly onRun?: ((label: string) => void) | undefined;
  /** Called when code goes on running long after an interrupt. */
  readonly onUnstoppable: (parent: Header) => void;
}

interface Running {
  readonly run: number;
  readonly parent: Header;
  /** Ends the wait with an outcome. */
  readonly settle: (outcome: RunOutcome) => void;
  /** Whether the user's thread has the cell. */
  readonly isOnUserThread: boolean;
}

/** How long after an interrupt we say that the code cannot be stopped. */
const patienceMs = 4000;

/** Takes one cell after the other through compiler and user's thread. */
export class CellExecution {
  readonly #services: ExecutionServices;
  #running: Running | undefined;
  #lastRun = 0;

  constructor(services: ExecutionServices) {
    this.#services = services;
  }

  get parent(): Header | undefined {
    return this.#running?.parent;
  }

  /** Never rejects; what the kernel itself fails at is an error of the cell. */
  async execute(request: CellRequest): Promise<RunOutcome> {
    const { engine, post, onRun } = this.#services;
    this.#lastRun += 1;
    const run = this.#lastRun;
    const { code, label, parent, allowStdin } = request;
    try {
      const compiled = await this.#interruptible(run, parent, engine.compile({ id: run, code, label }));
      if ('live' in compiled) return compiled;
      if (!compiled.ok) return failure(diagnosticsReport(compiled.diagnostics, code, label));
      onRun?.(label);
      const outcome = await new Promise<RunOutcome>((settle) => {
        this.#running = { run, parent, settle, isOnUserThread: true };
        post({ kind: 'run', run, cell: compiled.cell, parent, allowStdin });
      });
      await engine.commit(run, outcome.live);
      return outcome;
    } catch (error) {
      return failure(internalReport(error));
    } finally {
      this.#running = undefined;
    }
  }

  /** The user's thread has finished a cell. */
  done(run: number, outcome: RunOutcome): void {
    if (this.#running?.run === run) this.#running.settle(outcome);
  }

  /** Stops the cell: at once while it is compiled, else through the user's thread. */
  interrupt(): void {
    const running = this.#running;
    if (running === undefined) return;
    if (!running.isOnUserThread) return running.settle(failure(interruptedReport()));
    Atomics.store(this.#services.interruptFlag, 0, flagValues.stop);
    this.#services.post({ kind: 'interrupt', run: running.run });
    setTimeout(() => {
      if (this.#running === running) this.#services.onUnstoppable(running.parent);
    }, patienceMs).unref();
  }

  #interruptible(run: number, parent: Header, compiling: Promise<CompileResult>): Promise<CompileResult | RunOutcome> {
    const interrupted = new Promise<RunOutcome>((settle) => {
      this.#running = { run, parent, settle, isOnUserThread: false };
    });
    return Promise.race([compiling, interrupted]);
  }
}

const failure = (error: ErrorReport): RunOutcome => ({ ok: false, live: [], error });
