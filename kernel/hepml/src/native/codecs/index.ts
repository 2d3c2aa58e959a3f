/** The codecs of ROOT files as plain C libraries out of the wheel `imagecodecs`, each behind the checks of its lengths. */
import { isCygnetError } from '@cygnet/columns';
import { loadPinnedLibrary } from '../pinned-library.ts';
import type { SharedLibrary } from '../pinned-library.ts';
import { requireWheelLibrary } from '../python-environment.ts';
import type { WheelLibrary } from '../python-environment.ts';
import { codecLibraries } from '../wheel-libraries.ts';
import type { NativeCodec } from './checked-codec.ts';
import { lz4Codec, lzmaCodec, zlibCodec, zstdCodec } from './decoders.ts';

export type { NativeCodec } from './checked-codec.ts';

/** A codec, or why there is none. */
export type FoundCodec = NativeCodec | { readonly library?: undefined; readonly reason: string };

export type NativeCodecs = { readonly [method in keyof typeof codecLibraries]: FoundCodec };

const find = (wheelLibrary: WheelLibrary, make: (library: SharedLibrary) => NativeCodec): FoundCodec => {
  try {
    return make(loadPinnedLibrary(requireWheelLibrary(wheelLibrary)));
  } catch (error) {
    if (isCygnetError(error, 'engine-missing')) return { reason: error.message };
    throw error;
  }
};

export { prepareMemory } from './large-pages.ts';

let opened: NativeCodecs | undefined;

/** The native codecs of the Python environment, loaded once a thread. */
export const openCodecs = (): NativeCodecs =>
  (opened ??= {
    zlib: find(codecLibraries.zlib, zlibCodec),
    zstd: find(codecLibraries.zstd, zstdCodec),
    lz4: find(codecLibraries.lz4, lz4Codec),
    lzma: find(codecLibraries.lzma, lzmaCodec),
  });
