import { setInterval } from 'node:timers';

const checkMs = 200;
const fullAt = 0.75;
/** How much more than at the last warning there must be for another one. */
const growth = 1.25;

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Warns when the process has grown so much since its start that JavaScript's heap may be nearly full: then V8 ends the
 * process, and nothing in it can speak any more. Run it on a thread that user code cannot block.
 *
 * @param heapLimit what V8 allows the user's thread, in bytes
 */
export const watchMemory = (heapLimit: number, warn: (text: string) => void): void => {
  let threshold = fullAt * heapLimit;
  let atStart = Number.POSITIVE_INFINITY;
  setInterval(() => {
    const size = process.memoryUsage.rss();
    atStart = Math.min(atStart, size);
    const grown = size - atStart;
    if (grown < threshold) return;
    threshold = growth * grown;
    warn(
      `Memory: this session has grown by ${gigabytes(grown)}. JavaScript values may take ${gigabytes(heapLimit)} (typed arrays ` +
        'and tensors apart); beyond that the session ends and its names are lost. Interrupt the cell if this is not meant.\n',
    );
  }, checkMs).unref();
};
