import { sumStripes } from '../words/words.ts';
import {
  avalanche,
  foldedProduct,
  prime32,
  prime64,
  secret,
  secret64,
  secretLength,
  secretWords,
  wrap,
} from './xxh3-words.ts';

const stripe = 64;
const stripesPerBlock = (secretLength - stripe) / 8;
const prime = Number(prime32[0]);
const primeLow = prime & 0xffff;
const primeHigh = prime >>> 16;

/** The secret from its start, from where the last stripe takes it, and from where the sums are scrambled with it. */
const stripeSecret = secretWords(0);
const lastSecret = secretWords(secretLength - stripe - 7);
const scrambleSecret = secretWords(secretLength - stripe);

/** Eight 64-bit sums, low word before high word. */
export const startSums = (): BigUint64Array =>
  BigUint64Array.of(prime32[2], prime64[0], prime64[1], prime64[2], prime64[3], prime32[1], prime64[4], prime32[0]);

/**
 * Adds 64 bytes of data to the sums: each 64-bit word to its neighbour's sum, and the product of its keyed halves to
 * its own. In 32-bit steps, because JavaScript's 64-bit integers are slow.
 */
const addStripe = (sums: Int32Array, view: DataView, at: number, secret: Int32Array, secretAt: number): void => {
  for (let i = 0; i < 16; i += 2) {
    const low = view.getInt32(at + 4 * i, true);
    const high = view.getInt32(at + 4 * i + 4, true);
    const a = low ^ (secret[secretAt + i] as number);
    const b = high ^ (secret[secretAt + i + 1] as number);
    const other = i ^ 2;
    const otherLow = ((sums[other] as number) + low) | 0;
    const otherCarry = otherLow >>> 0 < low >>> 0 ? 1 : 0;
    sums[other + 1] = ((sums[other + 1] as number) + high + otherCarry) | 0;
    sums[other] = otherLow;
    const a0 = a & 0xffff;
    const a1 = a >>> 16;
    const b0 = b & 0xffff;
    const b1 = b >>> 16;
    const bottom = Math.imul(a0, b0);
    const crossA = Math.imul(a1, b0);
    const crossB = Math.imul(a0, b1);
    const middle = ((bottom >>> 16) + (crossA & 0xffff) + (crossB & 0xffff)) | 0;
    const productLow = (bottom & 0xffff) | (middle << 16);
    const productHigh = (Math.imul(a1, b1) + (crossA >>> 16) + (crossB >>> 16) + (middle >>> 16)) | 0;
    const sumLow = ((sums[i] as number) + productLow) | 0;
    const carry = sumLow >>> 0 < productLow >>> 0 ? 1 : 0;
    sums[i + 1] = ((sums[i + 1] as number) + productHigh + carry) | 0;
    sums[i] = sumLow;
  }
};

/** Between blocks: each sum is folded, keyed and multiplied by a prime of 32 bits. */
const scramble = (sums: Int32Array): void => {
  for (let i = 0; i < 16; i += 2) {
    const sumHigh = sums[i + 1] as number;
    const low = (sums[i] as number) ^ (sumHigh >>> 15) ^ (scrambleSecret[i] as number);
    const high = sumHigh ^ (scrambleSecret[i + 1] as number);
    const low0 = low & 0xffff;
    const low1 = low >>> 16;
    const bottom = Math.imul(low0, primeLow);
    const crossA = Math.imul(low1, primeLow);
    const crossB = Math.imul(low0, primeHigh);
    const middle = ((bottom >>> 16) + (crossA & 0xffff) + (crossB & 0xffff)) | 0;
    const carried = (Math.imul(low1, primeHigh) + (crossA >>> 16) + (crossB >>> 16) + (middle >>> 16)) | 0;
    sums[i] = (bottom & 0xffff) | (middle << 16);
    sums[i + 1] = (Math.imul(high, prime) + carried) | 0;
  }
};

/** The sums over all of it, without WebAssembly. */
export const sumPlainly = (view: DataView): BigUint64Array => {
  const length = view.byteLength;
  const sums = new Int32Array(startSums().buffer);
  const stripes = Math.floor((length - 1) / stripe);
  for (let i = 0, inBlock = 0; i < stripes; i++) {
    addStripe(sums, view, i * stripe, stripeSecret, 2 * inBlock);
    if (++inBlock === stripesPerBlock) {
      scramble(sums);
      inBlock = 0;
    }
  }
  addStripe(sums, view, length - stripe, lastSecret, 0);
  return new BigUint64Array(sums.buffer);
};

/** XXH3 of more than 240 bytes. */
export const hashLong = (view: DataView): bigint => {
  const length = view.byteLength;
  const sums = startSums();
  const bytes = new Uint8Array(view.buffer, view.byteOffset, length);
  const words = sumStripes(bytes, sums, secret) ? sums : sumPlainly(view);
  let hash = wrap(BigInt(length) * prime64[0]);
  for (let i = 0; i < 8; i += 2) {
    hash += foldedProduct((words[i] as bigint) ^ secret64(11 + 8 * i), (words[i + 1] as bigint) ^ secret64(19 + 8 * i));
  }
  return avalanche(wrap(hash));
};
