import type { ByteRange, ByteSource } from '@cygnet/rootio';

/** Bytes of a file that are in memory, and where they lie in it. */
export interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The bytes of a range when one segment holds them all. */
export const inSegments = (segments: readonly Segment[], { start, length }: ByteRange): Uint8Array | undefined => {
  const holder = segments.find((one) => one.start <= start && start + length <= one.start + one.bytes.length);
  return holder?.bytes.subarray(start - holder.start, start - holder.start + length);
};

/** What is known of a file before it is read. */
export interface KnownBytes {
  readonly size: number;
  readonly segments: readonly Segment[];
}

/** A source of which the size and some bytes are known already; only the rest is asked of `source`. */
export const withKnown = (source: ByteSource, { size, segments }: KnownBytes): ByteSource => ({
  ...source,
  size: () => Promise.resolve(size),
  read: async (ranges, signal) => {
    const known = ranges.map((range) => inSegments(segments, range));
    const wanted = ranges.filter((_, index) => known[index] === undefined);
    const fetched = wanted.length > 0 ? await source.read(wanted, signal) : [];
    let next = 0;
    return known.map((bytes) => bytes ?? (fetched[next++] as Uint8Array));
  },
});

/** Longer reads are data, which nobody asks for again. */
const longestKept = 2 ** 23;

/** A source that remembers what is read through it until `stop`: a file's metadata, for threads that open it too. */
export const remembering = (source: ByteSource) => {
  let segments: Segment[] | undefined = [];
  return {
    source: {
      ...source,
      read: async (ranges, signal) => {
        const parts = await source.read(ranges, signal);
        parts.forEach((bytes, index) => {
          const { start = 0 } = ranges[index] ?? {};
          if (bytes.length <= longestKept) segments?.push({ start, bytes });
        });
        return parts;
      },
    } satisfies ByteSource,
    /** What was read so far; from now on nothing is remembered. */
    stop: (): readonly Segment[] => {
      const kept = segments ?? [];
      segments = undefined;
      return kept;
    },
  };
};
