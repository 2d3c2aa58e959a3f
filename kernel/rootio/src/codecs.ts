/** ROOT's compression methods. */
export type CompressionMethod = 'zlib' | 'zstd' | 'lz4' | 'lzma';

/** Decompresses one block into exactly `size` bytes, or throws. May be asynchronous (browser). */
export type Decompress = (input: Uint8Array, size: number) => Uint8Array | Promise<Uint8Array>;

/** The codecs of this environment; a missing one makes only the branches that need it unreadable, with a clear error. */
export type Codecs = { readonly [method in CompressionMethod]?: Decompress };
