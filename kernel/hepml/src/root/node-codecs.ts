import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { decompressSync as decompressLzma } from '@napi-rs/lzma/xz';
import { decompressLz4 } from '@cygnet/rootio';
import type { Codecs } from '@cygnet/rootio';

/** Node's own zlib and zstd, Cygnet's LZ4, and lzma from npm. An output longer than it says is refused by the first two. */
export const nodeCodecs: Codecs = {
  zlib: (input, size) => inflateSync(input, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) }),
  zstd: (input, size) =>
    zstdDecompressSync(input, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) }),
  lz4: decompressLz4,
  lzma: (input) => decompressLzma(input),
};
