import { zstdDecompressSync } from 'node:zlib';

import type * as ApacheArrow from 'apache-arrow';

export type Arrow = typeof ApacheArrow;

/** apache-arrow, loaded when the first file needs it, with the two codecs that Arrow's files may use. */
export const loadArrow = async (): Promise<Arrow> => {
  const arrow = await import('apache-arrow');
  const { compressionRegistry, CompressionType } = arrow;
  if (!compressionRegistry.get(CompressionType.ZSTD)) {
    const { decompressFrameSync } = await import('lz4-napi');
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (bytes) => decompressFrameSync(Buffer.from(bytes)) });
    compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });
  }
  return arrow;
};
