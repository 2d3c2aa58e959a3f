/**
 * Hands thousands of damaged blocks to the native codecs, in a process of its own, because what it looks for ends one.
 * Around each room lie guarded bytes. Prints a JSON line: how often each codec refused and how often it gave bytes.
 */
import { deflateSync, zstdCompressSync } from 'node:zlib';
import { compressSync as compressLzma } from '@napi-rs/lzma/xz';
import { compressSync as compressLz4 } from 'lz4-napi';
import { isCygnetError } from '@cygnet/columns';
import { loadCodecs } from '../../src/native/index.ts';

const [seedText = '1', roundsText = '1000'] = process.argv.slice(2);
let state = Number(seedText);
const below = (limit: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

const guard = 0xa5;
const guarded = (size: number): { readonly room: Uint8Array; readonly intact: () => boolean } => {
  const whole = new Uint8Array(size + 128).fill(guard);
  const room = whole.subarray(64, 64 + size);
  const intact = (): boolean =>
    whole.subarray(0, 64).every((byte) => byte === guard) && whole.subarray(64 + size).every((byte) => byte === guard);
  return { room, intact };
};

/** Numbers that repeat here and there, so that blocks hold matches, literals and tables. */
const sample = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (below(4) === 0 ? below(256) : (i * 7) >> 3));

const compress: { readonly [method: string]: (raw: Uint8Array) => Uint8Array } = {
  zlib: deflateSync,
  zstd: zstdCompressSync,
  lz4: (raw) => compressLz4(Buffer.from(raw)).subarray(4),
  lzma: compressLzma,
};

/** A block in memory of exactly its length, so that reading on meets foreign memory. */
const damaged = (block: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(block);
  switch (below(6)) {
    case 0:
      return copy.slice(0, below(copy.length) + 1);
    case 1:
      return Uint8Array.from({ length: below(300) + 1 }, () => below(256));
    case 2:
      for (let i = 0, from = below(copy.length); i < 16 && from + i < copy.length; i++) copy[from + i] = 0xff;
      return copy;
    case 3: {
      const longer = new Uint8Array(copy.length + below(64));
      longer.set(copy);
      return longer;
    }
    default:
      for (let flips = below(8) + 1; flips > 0; flips--) {
        const at = below(copy.length);
        copy[at] = (copy[at] as number) ^ (1 << below(8));
      }
      return copy;
  }
};

const codecs = await loadCodecs();
const counts: { [method: string]: { refused: number; given: number } } = {};
for (const [method, codec] of Object.entries(codecs)) {
  if (codec.library === undefined) throw new Error(codec.reason);
  const count = { refused: 0, given: 0 };
  for (let round = 0; round < Number(roundsText); round++) {
    const raw = sample(below(round % 50 === 0 ? 200_000 : 3000) + 1);
    const block = (compress[method] as (raw: Uint8Array) => Uint8Array)(raw);
    const { room: whole, intact: wholeIntact } = guarded(raw.length);
    codec.decompress(Uint8Array.from(block), raw.length, whole);
    if (!wholeIntact() || Buffer.compare(whole, raw) !== 0) throw new Error(`${method}: a sound block came out wrong`);
    const size = below(3) === 0 ? below(2 * raw.length) : raw.length;
    const { room, intact } = guarded(below(10) === 0 ? below(raw.length) : size);
    try {
      codec.decompress(damaged(block), size, room);
      count.given++;
    } catch (error) {
      if (!isCygnetError(error, 'corrupt-data')) throw error;
      count.refused++;
    }
    if (!intact()) throw new Error(`${method}: bytes outside the room were written`);
  }
  counts[method] = count;
}
console.log(JSON.stringify(counts));
