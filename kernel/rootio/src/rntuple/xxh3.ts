import { hashLong } from './xxh3-long.ts';
import { avalanche, foldedProduct, prime64, secret32, secret64, wrap } from './xxh3-words.ts';

const word64 = (view: DataView, at: number): bigint => view.getBigUint64(at, true);
const word32 = (view: DataView, at: number): bigint => BigInt(view.getUint32(at, true));

/** The last step of the shortest lengths: XXH64's. */
const avalanche64 = (hash: bigint): bigint => {
  const once = wrap((hash ^ (hash >> 33n)) * prime64[1]);
  const twice = wrap((once ^ (once >> 29n)) * prime64[2]);
  return twice ^ (twice >> 32n);
};

const rotate = (value: bigint, bits: bigint): bigint => wrap((value << bits) | (value >> (64n - bits)));

const swapBytes = (value: bigint): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value);
  return view.getBigUint64(0, true);
};

const hash1to3 = (view: DataView): bigint => {
  const length = view.byteLength;
  const first = view.getUint8(0);
  const combined =
    ((first << 16) | (view.getUint8(length >> 1) << 24) | view.getUint8(length - 1) | (length << 8)) >>> 0;
  return avalanche64(BigInt(combined) ^ (secret32(0) ^ secret32(4)));
};

const hash4to8 = (view: DataView): bigint => {
  const length = BigInt(view.byteLength);
  const keyed = (word32(view, view.byteLength - 4) + (word32(view, 0) << 32n)) ^ (secret64(8) ^ secret64(16));
  const mixed = wrap((keyed ^ rotate(keyed, 49n) ^ rotate(keyed, 24n)) * 0x9fb21c651e98df25n);
  const more = wrap((mixed ^ ((mixed >> 35n) + length)) * 0x9fb21c651e98df25n);
  return more ^ (more >> 28n);
};

const hash9to16 = (view: DataView): bigint => {
  const low = word64(view, 0) ^ (secret64(24) ^ secret64(32));
  const high = word64(view, view.byteLength - 8) ^ (secret64(40) ^ secret64(48));
  return avalanche(wrap(BigInt(view.byteLength) + swapBytes(low) + high + foldedProduct(low, high)));
};

const mix16 = (view: DataView, at: number, secretAt: number): bigint =>
  foldedProduct(word64(view, at) ^ secret64(secretAt), word64(view, at + 8) ^ secret64(secretAt + 8));

const hash17to128 = (view: DataView): bigint => {
  const length = view.byteLength;
  let hash = BigInt(length) * prime64[0];
  for (let i = Math.floor((length - 1) / 32); i >= 0; i--) {
    hash += mix16(view, 16 * i, 32 * i) + mix16(view, length - 16 * (i + 1), 32 * i + 16);
  }
  return avalanche(wrap(hash));
};

const hash129to240 = (view: DataView): bigint => {
  const length = view.byteLength;
  const rounds = Math.floor(length / 16);
  let hash = BigInt(length) * prime64[0];
  for (let i = 0; i < 8; i++) hash += mix16(view, 16 * i, 16 * i);
  hash = avalanche(wrap(hash));
  for (let i = 8; i < rounds; i++) hash += mix16(view, 16 * i, 16 * (i - 8) + 3);
  return avalanche(wrap(hash + mix16(view, length - 16, 136 - 17)));
};

/**
 * The checksum of RNTuples: XXH3 with 64 bits, seed 0 and its default secret.
 * Specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
export const xxh3 = (bytes: Uint8Array): bigint => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  if (length > 240) return hashLong(view);
  if (length > 128) return hash129to240(view);
  if (length > 16) return hash17to128(view);
  if (length > 8) return hash9to16(view);
  if (length > 3) return hash4to8(view);
  return length > 0 ? hash1to3(view) : avalanche64(secret64(56) ^ secret64(64));
};
