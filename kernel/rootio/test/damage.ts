/** A small generator of its own, so that failures of a damage test can be repeated: whole numbers in [0, bound). */
export const randomNumbers = (seed: number) => (bound: number) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * bound);
};

/** Kinds of error that a damaged file may end in. */
export const damageKinds = ['corrupt-data', 'bad-file', 'unsupported', 'not-found'];
