import { sumLanes } from './words/words.ts';

const mask = 2n ** 64n - 1n;
const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;
const block = 32;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
const round = (sum: bigint, word: bigint): bigint => (rotate((sum + word * prime2) & mask, 31n) * prime1) & mask;

/** The sums of whole blocks, a word at a time: what WebAssembly does faster. */
const sumPlainly = (data: Uint8Array, lanes: BigUint64Array): void => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; at += 8) {
    const lane = (at % block) / 8;
    lanes[lane] = round(lanes[lane] as bigint, view.getBigUint64(at, true));
  }
};

const merge = (hash: bigint, lane: bigint): bigint => ((hash ^ round(0n, lane)) * prime1 + prime4) & mask;

/** XXH64 with seed 0, by its specification: the checksum of ROOT's LZ4 blocks. */
export const xxh64 = (data: Uint8Array, useWebAssembly = true): bigint => {
  const whole = data.length - (data.length % block);
  let hash = prime5;
  if (whole > 0) {
    const lanes = BigUint64Array.of((prime1 + prime2) & mask, prime2, 0n, (mask + 1n - prime1) & mask);
    const blocks = data.subarray(0, whole);
    if (!useWebAssembly || !sumLanes(blocks, lanes)) sumPlainly(blocks, lanes);
    const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
    hash = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & mask;
    for (const lane of [a, b, c, d]) hash = merge(hash, lane);
  }
  hash = (hash + BigInt(data.length)) & mask;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = whole;
  for (; at + 8 <= data.length; at += 8) {
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * prime1 + prime4) & mask;
  }
  if (at + 4 <= data.length) {
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * prime1) & mask), 23n) * prime2 + prime3) & mask;
    at += 4;
  }
  for (; at < data.length; at++)
    hash = (rotate(hash ^ ((BigInt(view.getUint8(at)) * prime5) & mask), 11n) * prime1) & mask;
  hash = ((hash ^ (hash >> 33n)) * prime2) & mask;
  hash = ((hash ^ (hash >> 29n)) * prime3) & mask;
  return hash ^ (hash >> 32n);
};
