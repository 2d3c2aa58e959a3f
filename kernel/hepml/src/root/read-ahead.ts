/** A result that is on its way. Its failure is told to whoever waits for it, and to nobody before. */
const started = <T>(work: Promise<T>): Promise<T> => {
  work.catch(() => undefined);
  return work;
};

/**
 * The results of `read` for each item, in order; up to `ahead` of them are begun before they are asked for. When the caller
 * leaves the loop, what was begun is aborted and waited for.
 */
export async function* readAhead<Item, Result>(
  items: readonly Item[],
  read: (item: Item, signal: AbortSignal) => Promise<Result>,
  ahead: number,
): AsyncGenerator<Result, void, undefined> {
  const control = new AbortController();
  const begun: Promise<Result>[] = [];
  let next = 0;
  const begin = (most: number): void => {
    while (begun.length < most && next < items.length) begun.push(started(read(items[next++] as Item, control.signal)));
  };
  try {
    for (;;) {
      begin(1);
      const current = begun.shift();
      if (current === undefined) return;
      begin(ahead);
      const result = await current;
      yield result;
    }
  } finally {
    control.abort();
    await Promise.allSettled(begun);
  }
}
