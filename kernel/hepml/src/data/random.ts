/** One step of splitmix32: spreads a seed over the generator's state. */
const spread = (state: number): readonly [next: number, word: number] => {
  const next = (state + 0x9e3779b9) | 0;
  let z = next ^ (next >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return [next, (z ^ (z >>> 15)) >>> 0];
};

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** Seeded random numbers; the same seed gives the same numbers on every machine and in every version. */
export interface RandomSource {
  /** Uniform whole number in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number;
  /** Uniform whole number in [0, bound), without bias. */
  below(bound: number): number;
  /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
  normal(): number;
}

const firstState = (seed: number): readonly [number, number, number, number] => {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
  const state: number[] = [];
  let [from, word] = spread((seed % 2 ** 32) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b));
  while (state.length < 4) {
    state.push(word | 0);
    [from, word] = spread(from);
  }
  return state as unknown as readonly [number, number, number, number];
};

/**
 * xoshiro128** (Blackman and Vigna, arXiv 1805.01407) whose state is filled by splitmix32 from the low and the high
 * half of the seed.
 *
 * @param seed Whole number in [0, 2^53).
 * @throws RangeError for any other seed.
 * @example
 * randomSource(1).uniform();
 */
export const randomSource = (seed: number): RandomSource => {
  let [s0, s1, s2, s3] = firstState(seed);
  const uint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const kept = s1;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= kept << 9;
    s3 = rotateLeft(s3, 11);
    return result;
  };
  const uniform = (): number => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  const below = (bound: number): number => {
    const limit = Math.floor(2 ** 32 / bound) * bound;
    for (;;) {
      const drawn = uint32();
      if (drawn < limit) return drawn % bound;
    }
  };
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uint32, uniform, below, normal };
};

/** Brings the items of an array into a random order, in place (Fisher and Yates). */
export const shuffleInPlace = (items: Int32Array, random: RandomSource): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = items[i] as number;
    items[i] = items[j] as number;
    items[j] = kept;
  }
};
