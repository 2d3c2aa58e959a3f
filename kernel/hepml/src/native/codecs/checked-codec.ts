import { CygnetError } from '@cygnet/columns';

/** Decompresses all of `input` into all of `into`: false when the data are damaged or give another length. */
export type NativeDecode = (input: Uint8Array, into: Uint8Array) => boolean;

/** A native decoder behind its checks, with the library that it stands on. */
export interface NativeCodec {
  /** For people: `libdeflate`, `zstd 1.5.7`. */
  readonly library: string;
  /** Decompresses one block into exactly `size` bytes: into `into` when it is given, else into new ones. */
  readonly decompress: (input: Uint8Array, size: number, into?: Uint8Array) => Uint8Array;
}

/** ROOT's blocks have 16 MiB at most; nothing else that is read here has blocks beyond this. */
const largestBlock = 2 ** 30;

const refuse = (library: string, why: string): CygnetError =>
  new CygnetError('corrupt-data', `${library} was not called: ${why}.`);

const overlap = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.length && b.byteOffset < a.byteOffset + a.length;

/**
 * The only way to a native decoder. C is told an address and a length and believes both, so each is checked before: both
 * arrays are there (a detached one has no length), neither is empty or absurd, the room is exactly what the block
 * says it needs, and the two do not overlap.
 *
 * @throws CygnetError `corrupt-data` when a length is impossible or the decoder refuses the data.
 */
export const checkedCodec = (library: string, decode: NativeDecode): NativeCodec => ({
  library,
  decompress: (input, size, into) => {
    if (!Number.isSafeInteger(size) || size < 1 || size > largestBlock) {
      throw refuse(library, `a block of ${size} bytes is impossible`);
    }
    if (input.length < 1 || input.length > largestBlock) {
      throw refuse(library, `${input.length} compressed bytes are impossible`);
    }
    const target = into ?? new Uint8Array(size);
    if (target.length !== size) throw refuse(library, `there is room for ${target.length} of ${size} bytes`);
    if (overlap(input, target)) throw refuse(library, 'it would overwrite what it reads');
    if (!decode(input, target)) throw new CygnetError('corrupt-data', `${library} refuses the data.`);
    return target;
  },
});
