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
  /** Fills `target` with the bytes from `start` on. Absent where the source has its own memory to give. */
  readInto?(start: number, target: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** How this source is best asked; the defaults suit local files. */
  readonly manner?: ReadingManner;
  /** Releases what the source holds. */
  close(): Promise<void>;
}

/** How ranges are put together into requests. */
export interface ReadingManner {
  /** Ranges at most so many bytes apart are read as one. Default 512. */
  readonly gap?: number;
  /** Requests on their way at once. Default 4. */
  readonly parallel?: number;
  /** So many ranges may be in one request, to `read`. Default 1. */
  readonly rangesPerRequest?: number;
}
