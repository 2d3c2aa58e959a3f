import { setTimeout } from 'node:timers';
import { flagValues } from './flag-values.ts';

/** Kept from before user code runs, which may overwrite the global. */
const OwnPromise = Promise;

/** Thrown into a cell that the user interrupts. */
export class KeyboardInterrupt extends Error {
  override readonly name = 'KeyboardInterrupt';
  constructor() {
    super('The cell was interrupted. The session keeps its state.');
  }
}

/** How long the next cell waits for an interrupted one to notice, before loops are allowed again. */
const settleMs = 150;

/**
 * The three ways in which an interrupt reaches user code: a shared flag that loops read, a promise that the cell's own
 * is raced against, and an AbortSignal for libraries.
 */
export class Interruption {
  readonly flag: Int32Array;
  #controller = new AbortController();
  #reject: ((error: Error) => void) | undefined;
  #unsettled: Promise<unknown> = OwnPromise.resolve();

  /** @param shared element 0 is raised from another thread, as this one may be spinning */
  constructor(shared: SharedArrayBuffer) {
    this.flag = new Int32Array(shared);
  }

  /** Aborted when the cell that runs now is interrupted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isRunning(): boolean {
    return this.#reject !== undefined;
  }

  /** Runs a cell's function until it ends or is interrupted. */
  async race<T>(body: () => Promise<T>): Promise<T> {
    let early: Error | undefined;
    const interrupted = new OwnPromise<never>((_resolve, reject) => {
      this.#reject = (reason) => {
        early = reason;
        reject(reason);
      };
    });
    interrupted.catch(() => undefined);
    try {
      await OwnPromise.race([this.#settled(), interrupted]);
      if (early) throw early;
      this.#controller = new AbortController();
      Atomics.store(this.flag, 0, 0);
      const running = body();
      this.#unsettled = running.catch(() => undefined);
      return await OwnPromise.race([running, interrupted]);
    } finally {
      this.#reject = undefined;
    }
  }

  /** Ends what is running; without a running cell nothing happens. */
  interrupt(): void {
    const reject = this.#reject;
    if (reject === undefined) return;
    Atomics.store(this.flag, 0, flagValues.settle);
    const reason = new KeyboardInterrupt();
    this.#controller.abort(reason);
    reject(reason);
  }

  /** Lowers the flag, unless a cell is running that may be about to read it. */
  allowLoops(): void {
    if (!this.isRunning) Atomics.store(this.flag, 0, 0);
  }

  /** What a loop calls when it finds the flag raised. */
  readonly stop = (): never => {
    const reason = new KeyboardInterrupt();
    this.#controller.abort(reason);
    throw reason;
  };

  async #settled(): Promise<void> {
    if (this.flag[0] === 0) return;
    await OwnPromise.race([this.#unsettled, new OwnPromise((resolve) => setTimeout(resolve, settleMs))]);
  }
}
