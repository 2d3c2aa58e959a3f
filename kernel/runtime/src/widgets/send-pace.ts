import { clearTimeout, setTimeout } from 'node:timers';

/** Milliseconds between two updates of a widget, at least. */
export const updateIntervalMs = 50;

export interface SendPaceOptions {
  /** Sends what has changed; gives how long the next time waits at least, in milliseconds. */
  readonly send: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/**
 * At most one message in so many milliseconds, and the last one always. The first leaves at once, also from a loop that
 * never waits.
 */
export class SendPace {
  readonly #send: () => number;
  readonly #now: () => number;
  #nextMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor({ send, now = () => performance.now() }: SendPaceOptions) {
    this.#send = send;
    this.#now = now;
  }

  /** Something has changed. */
  request(): void {
    const wait = this.#nextMs - this.#now();
    if (wait <= 0) return this.flush();
    this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wait = this.#send();
    this.#nextMs = this.#now() + Math.max(wait, updateIntervalMs);
  }

  /** Sends nothing any more that waits. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
