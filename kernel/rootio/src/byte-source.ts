/** A range of bytes: `[start, start + length)`. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** Where a file's bytes come from: a local file, HTTP ranges, memory. Handed in by whoever opens the file. */
export interface ByteSource {
  /** For messages: path or URL. */
  readonly name: string;
  /** File size in bytes. */
  size(signal?: AbortSignal): Promise<number>;
  /** The bytes of each range, in order; rejects when a range cannot be read whole. */
  read(ranges: readonly ByteRange[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
  /** Releases what the source holds. */
  close(): Promise<void>;
}
