import { AsyncLocalStorage } from 'node:async_hooks';
import { notebookHost } from '@cygnet/contract';
import { widgetSession } from './widget-session.ts';

export type Listener = (argument: never) => unknown;

/** Who wants to hear of what. */
export class Listeners {
  readonly #listeners = new Map<string, Set<Listener>>();

  /**
   * Listeners run in the place that asked for them: what they print, show and fail at goes to that cell.
   *
   * @returns a function that ends it
   */
  add(event: string, listener: Listener): () => void {
    const { report } = widgetSession().services;
    const bound = AsyncLocalStorage.bind((argument: never) => {
      try {
        const ended = listener(argument);
        if (ended instanceof Promise) ended.catch(report);
      } catch (error) {
        report(error);
      }
    });
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(bound));
    return () => {
      listeners.delete(bound);
    };
  }

  emit(event: string, argument?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(argument as never);
  }

  /** The next argument of an event. Rejects when `end` comes first, or an interrupt of the cell that waits. */
  async next<T>(event: string, end: { readonly event: string; readonly message: string }): Promise<T> {
    const signal = notebookHost()?.interruptSignal();
    return new Promise((resolve, reject) => {
      const interrupted = (): void => finish(() => reject(signal?.reason as Error));
      const stops = [
        this.add(event, (argument: T) => finish(() => resolve(argument))),
        this.add(end.event, () => finish(() => reject(new Error(end.message)))),
        () => signal?.removeEventListener('abort', interrupted),
      ];
      const finish = (settle: () => void): void => {
        for (const stop of stops) stop();
        settle();
      };
      // After an interrupted cell the signal stays aborted until the next one.
      if (!signal?.aborted) signal?.addEventListener('abort', interrupted);
    });
  }
}
