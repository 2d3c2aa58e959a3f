import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { decompressSync } from '@napi-rs/lzma/xz';
import { decompressLz4 } from '@cygnet/rootio';
import type { Codecs } from '@cygnet/rootio';

/** Codecs for tests in Node. */
export const codecs: Codecs = {
  zlib: (input, size) => inflateSync(input, { maxOutputLength: size }),
  zstd: (input, size) => zstdDecompressSync(input, { maxOutputLength: size }),
  lz4: decompressLz4,
  lzma: (input) => decompressSync(input),
};
