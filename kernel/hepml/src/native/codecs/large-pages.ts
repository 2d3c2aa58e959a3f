import koffi from 'koffi';
import { addressOf } from '../pinned-library.ts';

const smallPage = 4096;
/** Less has hardly a large page, of 2 MiB, in it. */
const worthwhile = 2 ** 22;
/** MADV_HUGEPAGE of Linux. */
const inLargePages = 14;

/**
 * Asks Linux to give fresh memory in pages of 2 MiB when it is first written to, instead of interrupting every 4 KiB: 71
 * instead of 115 ms of system time for 224 MB in columns of 8 MB. Advice that is not taken changes nothing.
 */
export const prepareMemory = (): ((memory: Uint8Array) => void) | undefined => {
  if (process.platform !== 'linux') return undefined;
  const advise = koffi.load(null).func('int madvise(uintptr_t start, size_t bytes, int advice)') as (
    start: number,
    bytes: number,
    advice: number,
  ) => number;
  return (memory) => {
    if (memory.length < worthwhile) return;
    const first = addressOf(memory);
    const start = Math.ceil(first / smallPage) * smallPage;
    const stop = Math.floor((first + memory.length) / smallPage) * smallPage;
    advise(start, stop - start, inLargePages);
  };
};
