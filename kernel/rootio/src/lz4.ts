import { CygnetError } from '@cygnet/columns';

const corrupt = (what: string): CygnetError => new CygnetError('corrupt-data', `Damaged LZ4 block: ${what}.`);

/**
 * Decompresses one LZ4 block (the raw format, without frame) into exactly `size` bytes. Every length is checked.
 *
 * @throws CygnetError `corrupt-data` when the block does not give exactly `size` bytes.
 * @example
 * decompressLz4(Uint8Array.of(0x30, 1, 2, 3), 3); // Uint8Array [1, 2, 3]
 */
export const decompressLz4 = (input: Uint8Array, size: number): Uint8Array => {
  const output = new Uint8Array(size);
  const end = input.length;
  let from = 0;
  let to = 0;
  /** Lengths of 15 and more go on in bytes of 255 and one smaller. */
  const longLength = (nibble: number): number => {
    if (nibble < 15) return nibble;
    let length = nibble;
    for (;;) {
      if (from >= end) throw corrupt('it ends inside a length');
      const more = input[from++] as number;
      length += more;
      if (more < 255) return length;
    }
  };
  while (from < end) {
    const token = input[from++] as number;
    const literals = longLength(token >>> 4);
    if (literals > end - from || literals > size - to) throw corrupt('literals beyond its end');
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === end) break;
    if (end - from < 2) throw corrupt('it ends inside an offset');
    const offset = (input[from] as number) | ((input[from + 1] as number) << 8);
    from += 2;
    if (offset === 0 || offset > to) throw corrupt('a match before its start');
    const length = longLength(token & 15) + 4;
    if (length > size - to) throw corrupt('a match beyond its end');
    if (offset >= length) {
      output.copyWithin(to, to - offset, to - offset + length);
      to += length;
    } else {
      for (const stop = to + length; to < stop; to++) output[to] = output[to - offset] as number;
    }
  }
  if (to !== size) throw corrupt(`${to} bytes where ${size} are expected`);
  return output;
};
