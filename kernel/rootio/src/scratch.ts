/** Memory that is used over and over: fresh memory costs a page fault every 4 KiB, as much as some codecs. */
const free: Uint8Array[] = [];
const mostKept = 8;
const largestKept = 2 ** 24;

const borrow = (size: number): Uint8Array => {
  const index = free.findIndex((room) => room.length >= size);
  const [found] = index < 0 ? [] : free.splice(index, 1);
  return found ?? new Uint8Array(Math.max(size, 2 ** 16));
};

const giveBack = (room: Uint8Array): void => {
  if (free.length < mostKept && room.length <= largestKept) free.push(room);
};

/**
 * Runs `use` with room for `size` bytes, of any content. They are used again when it is done, or what it promises is:
 * nothing of them may be kept.
 */
export const withScratch = <T>(size: number, use: (room: Uint8Array) => T | Promise<T>): T | Promise<T> => {
  const whole = borrow(size);
  let result: T | Promise<T>;
  try {
    result = use(whole.subarray(0, size));
  } catch (error) {
    giveBack(whole);
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => giveBack(whole));
  giveBack(whole);
  return result;
};
