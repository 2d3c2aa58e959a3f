/** ROOT's compression methods. */
export type CompressionMethod = 'zlib' | 'zstd' | 'lz4' | 'lzma';

/**
 * Decompresses one block into exactly `size` bytes, or throws. May be asynchronous (browser).
 *
 * @param into Room for exactly `size` bytes. A codec that can write there does so and returns it; any other returns bytes
 *   of its own, and the caller copies.
 */
export type Decompress = (input: Uint8Array, size: number, into?: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** The codecs of this environment; a missing one makes only the branches that need it unreadable, with a clear error. */
export type Codecs = { readonly [method in CompressionMethod]?: Decompress } & {
  /** Told of large fresh memory before it is filled: the system may be asked to give it in large pages. */
  readonly prepareMemory?: (memory: Uint8Array) => void;
};
