import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { decompressSync as decompressLzma } from '@napi-rs/lzma/xz';
import type { Codecs, CompressionMethod } from '@cygnet/rootio';
import { uncompressSync as decompressLz4 } from 'lz4-napi';
import { loadCodecs, loadPrepareMemory } from '../native/index.ts';
import type { NativeCodecs } from '../native/index.ts';

/** lz4-napi wants the length before the block, little-endian. */
const withLength = (input: Uint8Array, size: number): Uint8Array => {
  const prefixed = new Uint8Array(4 + input.length);
  new DataView(prefixed.buffer).setUint32(0, size, true);
  prefixed.set(input, 4);
  return prefixed;
};

/** Node's own zlib and zstd, LZ4 and lzma from npm. An output longer than it says is refused by the first three. */
export const nodeCodecs: Codecs = {
  zlib: (input, size) => inflateSync(input, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) }),
  zstd: (input, size) =>
    zstdDecompressSync(input, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) }),
  lz4: (input, size) => decompressLz4(withLength(input, size)),
  lzma: (input) => decompressLzma(input),
};

const nodeNames = {
  zlib: `Node's zlib ${process.versions.zlib}`,
  zstd: `Node's zstd ${process.versions.zstd ?? ''}`.trimEnd(),
  lz4: 'lz4-napi',
  lzma: '@napi-rs/lzma',
} as const;
const methods = Object.keys(nodeNames) as readonly CompressionMethod[];

/** The decoder of one compression method: its library, and why it is not the native one where it is not. */
export interface CodecInUse {
  readonly library: string;
  readonly whyNotNative?: string;
}

/** The decoder of each of ROOT's compression methods. */
export type CodecReport = { readonly [method in CompressionMethod]: CodecInUse };

/** The decoders that this process reads with. */
export interface ChosenCodecs {
  readonly codecs: Codecs;
  readonly report: CodecReport;
}

const choose = (
  method: CompressionMethod,
  native: NativeCodecs | undefined,
): CodecInUse & Pick<Codecs, typeof method> => {
  const found = native?.[method];
  if (found?.library !== undefined) return { library: found.library, [method]: found.decompress };
  const whyNotNative = found?.reason ?? 'CYGNET_CODECS=node asks for it.';
  return { library: nodeNames[method], whyNotNative, [method]: nodeCodecs[method] };
};

let chosen: Promise<ChosenCodecs> | undefined;

const chooseAll = async (): Promise<ChosenCodecs> => {
  const isNative = process.env.CYGNET_CODECS !== 'node';
  const native = isNative ? await loadCodecs() : undefined;
  const prepareMemory = isNative ? await loadPrepareMemory() : undefined;
  const entries = methods.map((method) => [method, choose(method, native)] as const);
  return {
    codecs: {
      ...Object.fromEntries(entries.map(([method, one]) => [method, one[method]])),
      ...(prepareMemory === undefined ? {} : { prepareMemory }),
    },
    report: Object.fromEntries(
      entries.map(([method, { library, whyNotNative }]) => [
        method,
        { library, ...(whyNotNative === undefined ? {} : { whyNotNative }) },
      ]),
    ) as unknown as CodecReport,
  };
};

/** Native codecs where the environment has them, Node's and npm's otherwise; `CYGNET_CODECS=node` asks for the latter. */
export const chosenCodecs = (): Promise<ChosenCodecs> => (chosen ??= chooseAll());

/**
 * Which library decompresses each of ROOT's compression methods here, and why a slower one stands in where it does.
 *
 * @example
 * (await root.codecs()).zlib.library; // 'libdeflate'
 */
export const codecs = async (): Promise<CodecReport> => (await chosenCodecs()).report;
