import type { Pointer, SharedLibrary } from '../pinned-library.ts';
import { checkedCodec } from './checked-codec.ts';
import type { NativeCodec } from './checked-codec.ts';

/** What koffi hands out for `size_t`: bigint where a number would lose digits. */
type Size = number | bigint;

const version = (library: SharedLibrary, name: string): string =>
  (library.func(`const char *${name}()`) as () => string)();

/** libdeflate: zlib blocks, about twice as fast as zlib itself. Its checksum is verified. */
export const zlibCodec = (library: SharedLibrary): NativeCodec => {
  const decompressor = (library.func('void *libdeflate_alloc_decompressor()') as () => Pointer)();
  const decode = library.func(
    'int libdeflate_zlib_decompress(void *d, const void *from, size_t fromBytes, void *to, size_t toBytes, void *written)',
  ) as (d: Pointer, from: Uint8Array, fromBytes: number, to: Uint8Array, toBytes: number, written: null) => number;
  // Without a place for the length that was written, another length than the room's is an error.
  return checkedCodec(
    'libdeflate',
    (input, into) => decode(decompressor, input, input.length, into, into.length, null) === 0,
  );
};

export const zstdCodec = (library: SharedLibrary): NativeCodec => {
  const context = (library.func('void *ZSTD_createDCtx()') as () => Pointer)();
  const decode = library.func(
    'size_t ZSTD_decompressDCtx(void *context, void *to, size_t toBytes, const void *from, size_t fromBytes)',
  ) as (context: Pointer, to: Uint8Array, toBytes: number, from: Uint8Array, fromBytes: number) => Size;
  // Errors are numbers near 2^64, so never the length.
  return checkedCodec(
    `zstd ${version(library, 'ZSTD_versionString')}`,
    (input, into) => Number(decode(context, into, into.length, input, input.length)) === into.length,
  );
};

export const lz4Codec = (library: SharedLibrary): NativeCodec => {
  const decode = library.func('int LZ4_decompress_safe(const void *from, void *to, int fromBytes, int toBytes)') as (
    from: Uint8Array,
    to: Uint8Array,
    fromBytes: number,
    toBytes: number,
  ) => number;
  return checkedCodec(
    `lz4 ${version(library, 'LZ4_versionString')}`,
    (input, into) => decode(input, into, input.length, into.length) === into.length,
  );
};

/** The dictionary of ROOT's highest level takes 8 MiB; a stream that asks for more than this is refused. */
const lzmaMemory = 256n * 2n ** 20n;

export const lzmaCodec = (library: SharedLibrary): NativeCodec => {
  const decode = library.func(
    'int lzma_stream_buffer_decode(void *limit, uint32_t flags, void *allocator, const void *from, void *fromAt, size_t fromBytes, void *to, void *toAt, size_t toBytes)',
  ) as (
    limit: BigUint64Array,
    flags: number,
    allocator: null,
    from: Uint8Array,
    fromAt: BigUint64Array,
    fromBytes: number,
    to: Uint8Array,
    toAt: BigUint64Array,
    toBytes: number,
  ) => number;
  return checkedCodec(`lzma ${version(library, 'lzma_version_string')}`, (input, into) => {
    const limit = BigUint64Array.of(lzmaMemory);
    const [inputAt, outputAt] = [new BigUint64Array(1), new BigUint64Array(1)];
    const code = decode(limit, 0, null, input, inputAt, input.length, into, outputAt, into.length);
    return code === 0 && Number(outputAt[0]) === into.length;
  });
};
