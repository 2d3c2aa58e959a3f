import { setImmediate } from 'node:timers/promises';
import { ProgressRun } from './progress-run.ts';

export interface ProgressOptions {
  /** Words before the bar. */
  readonly label?: string;
  /** Number of rounds, where the iterable does not say. */
  readonly total?: number;
}

/** An iterable that shows how far its loop has come. */
export type Progress<T> = Iterable<T> & AsyncIterable<T>;

/** How long `for await` keeps the kernel from answering widgets, in milliseconds. */
const breatheMs = 50;

const sizeOf = (items: unknown): number | undefined => {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return typeof length === 'number' ? length : typeof size === 'number' ? size : undefined;
};

const isIterable = (items: unknown): items is Iterable<unknown> =>
  typeof (items as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === 'function';
const isAsyncIterable = (items: unknown): items is AsyncIterable<unknown> =>
  typeof (items as Partial<AsyncIterable<unknown>> | null)?.[Symbol.asyncIterator] === 'function';

/** 0, 1, 2 … */
const countTo = (count: number): Iterable<number> & { readonly size: number } => ({
  size: count,
  *[Symbol.iterator]() {
    for (let round = 0; round < count; round += 1) yield round;
  },
});

/**
 * Shows how far a loop has come, how fast it goes and how long it will take. When the loop ends, a line of text stays, so
 * saved notebooks need no widgets. In a `for await` loop other widgets are answered meanwhile.
 *
 * @param items what the loop goes over, or how many rounds it has: 0, 1, 2 …
 * @example for (const epoch of progress(20, { label: 'epochs' })) train(epoch);
 * @throws RangeError when the number of rounds is negative or no whole number
 */
export function progress(items: number, options?: ProgressOptions): Progress<number>;
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Progress<T>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncIterable<T>;
export function progress(items: unknown, options: ProgressOptions = {}): Progress<unknown> {
  if (typeof items === 'number' && !(Number.isSafeInteger(items) && items >= 0))
    throw new RangeError(`progress needs a whole number of rounds; got ${items}.`);
  const source = typeof items === 'number' ? countTo(items) : items;
  if (!isIterable(source) && !isAsyncIterable(source))
    throw new TypeError('progress needs a number of rounds or something to loop over.');
  const start = (): ProgressRun => new ProgressRun(options.label ?? '', options.total ?? sizeOf(source));
  return {
    *[Symbol.iterator]() {
      if (!isIterable(source)) throw new TypeError('This comes in pieces: loop over it by "for await".');
      const run = start();
      try {
        for (const item of source) {
          yield item;
          run.advance();
        }
        run.complete();
      } finally {
        run.end();
      }
    },
    async *[Symbol.asyncIterator]() {
      const run = start();
      let breathedMs = performance.now();
      try {
        for await (const item of source) {
          yield item;
          run.advance();
          if (performance.now() - breathedMs < breatheMs) continue;
          await setImmediate();
          breathedMs = performance.now();
        }
        run.complete();
      } finally {
        run.end();
      }
    },
  };
}
