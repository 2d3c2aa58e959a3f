/** Runs a task at most once in an interval, never two at once, and always once more after the last request. */
export class RedrawPace {
  readonly #task: () => Promise<void>;
  readonly #intervalMs: number;
  #running: Promise<void> | undefined;
  #isWanted = false;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(task: () => Promise<void>, intervalMs: number) {
    this.#task = task;
    this.#intervalMs = intervalMs;
  }

  /** Resolves when the task has run after this call. */
  request(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      const wait = this.#lastEnd + this.#intervalMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      this.#isWanted = false;
      try {
        await this.#task();
      } finally {
        this.#lastEnd = performance.now();
      }
    }
  }
}
