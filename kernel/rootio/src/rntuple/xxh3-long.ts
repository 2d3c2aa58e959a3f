import { avalanche, foldedProduct, prime32, prime64, secret64, secretLength, secretWord, wrap } from './xxh3-words.ts';

const stripe = 64;
const stripesPerBlock = (secretLength - stripe) / 8;

/** Eight 64-bit sums, low word before high word. */
const startSums = (): Int32Array => {
  const starts = [prime32[2], prime64[0], prime64[1], prime64[2], prime64[3], prime32[1], prime64[4], prime32[0]];
  return new Int32Array(BigUint64Array.from(starts).buffer);
};

/** Adds 64 bytes of data to the sums. Written in 32-bit steps: JavaScript's 64-bit integers are slow. */
const addStripe = (sums: Int32Array, view: DataView, at: number, secretAt: number): void => {
  for (let i = 0; i < 16; i += 2) {
    const low = view.getInt32(at + 4 * i, true);
    const high = view.getInt32(at + 4 * i + 4, true);
    const a = low ^ secretWord(secretAt + 4 * i);
    const b = high ^ secretWord(secretAt + 4 * i + 4);
    const other = i ^ 2;
    const otherLow = ((sums[other] as number) + low) | 0;
    sums[other + 1] = (sums[other + 1] as number) + high + (otherLow >>> 0 < low >>> 0 ? 1 : 0);
    sums[other] = otherLow;
    const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
    const bottom = Math.imul(a0, b0);
    const crossA = Math.imul(a1, b0);
    const crossB = Math.imul(a0, b1);
    const middle = (bottom >>> 16) + (crossA & 0xffff) + (crossB & 0xffff);
    const productLow = (bottom & 0xffff) | (middle << 16);
    const productHigh = Math.imul(a1, b1) + (crossA >>> 16) + (crossB >>> 16) + (middle >>> 16);
    const sumLow = ((sums[i] as number) + productLow) | 0;
    sums[i + 1] = (sums[i + 1] as number) + productHigh + (sumLow >>> 0 < productLow >>> 0 ? 1 : 0);
    sums[i] = sumLow;
  }
};

const scramble = (sums: Int32Array): void => {
  const words = new BigUint64Array(sums.buffer);
  for (let i = 0; i < 8; i++) {
    const sum = words[i] as bigint;
    words[i] = wrap((sum ^ (sum >> 47n) ^ secret64(secretLength - stripe + 8 * i)) * prime32[0]);
  }
};

/** XXH3 of more than 240 bytes. */
export const hashLong = (view: DataView): bigint => {
  const length = view.byteLength;
  const sums = startSums();
  const stripes = Math.floor((length - 1) / stripe);
  for (let i = 0; i < stripes; i++) {
    const inBlock = i % stripesPerBlock;
    addStripe(sums, view, i * stripe, 8 * inBlock);
    if (inBlock === stripesPerBlock - 1) scramble(sums);
  }
  addStripe(sums, view, length - stripe, secretLength - stripe - 7);
  const words = new BigUint64Array(sums.buffer);
  let hash = wrap(BigInt(length) * prime64[0]);
  for (let i = 0; i < 8; i += 2) {
    hash += foldedProduct((words[i] as bigint) ^ secret64(11 + 8 * i), (words[i + 1] as bigint) ^ secret64(19 + 8 * i));
  }
  return avalanche(wrap(hash));
};
