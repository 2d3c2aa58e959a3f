import { CygnetError, isCygnetError } from '@cygnet/columns';
import type { Codecs, CompressionMethod } from './codecs.ts';
import { inflateRaw } from './inflate.ts';
import { xxh64 } from './xxh64.ts';

/** Bytes before each block: two letters, a version, two little-endian 3-byte lengths. */
const headerLength = 9;
/** LZ4 blocks start with a checksum (xxHash64). */
const lz4ChecksumLength = 8;

/** A codec, or the deflation that ROOT used before zlib, for which there is one here. */
type BlockMethod = CompressionMethod | 'old';

interface Block {
  readonly method: BlockMethod;
  readonly start: number;
  readonly stop: number;
  readonly rawLength: number;
}

const methodOf = (first: number, second: number): BlockMethod | undefined => {
  switch (String.fromCharCode(first, second)) {
    case 'ZL':
      return 'zlib';
    case 'ZS':
      return 'zstd';
    case 'L4':
      return 'lz4';
    case 'XZ':
      return 'lzma';
    case 'CS':
      return 'old';
    default:
      return undefined;
  }
};

const length3 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);

/** The blocks of a compressed record, with every length checked against the record and the expected size. */
const blocksOf = (record: Uint8Array, size: number, what: string): readonly Block[] => {
  const blocks: Block[] = [];
  let at = 0;
  let total = 0;
  while (total < size) {
    if (record.length - at < headerLength) {
      throw new CygnetError('corrupt-data', `${what}: the compressed data end early (${total} of ${size} bytes).`);
    }
    const [first, second] = [record[at] as number, record[at + 1] as number];
    const method = methodOf(first, second);
    if (method === undefined) {
      throw new CygnetError('corrupt-data', `${what}: no known compression method at byte ${at} of the record.`);
    }
    const start = at + headerLength + (method === 'lz4' ? lz4ChecksumLength : 0);
    const stop = at + headerLength + length3(record, at + 3);
    const rawLength = length3(record, at + 6);
    if (stop > record.length || start > stop || rawLength === 0 || rawLength > size - total) {
      throw new CygnetError('corrupt-data', `${what}: a compressed block has an impossible length.`);
    }
    blocks.push({ method, start, stop, rawLength });
    total += rawLength;
    at = stop;
  }
  return blocks;
};

const checkedLength = (raw: Uint8Array, block: Block, what: string): Uint8Array => {
  if (raw.length === block.rawLength) return raw;
  throw new CygnetError('corrupt-data', `${what}: a block gave ${raw.length} bytes where ${block.rawLength} are due.`);
};

const asDamage = (cause: unknown, block: Block, what: string): unknown =>
  isCygnetError(cause, 'unsupported')
    ? cause
    : new CygnetError('corrupt-data', `${what}: the ${block.method} data are damaged.`, { cause });

/** LZ4 has no checksum of its own: ROOT puts one of the compressed bytes before them. */
const checkLz4 = (record: Uint8Array, { start, stop }: Block, what: string): void => {
  const view = new DataView(record.buffer, record.byteOffset + start - lz4ChecksumLength, lz4ChecksumLength);
  if (view.getBigUint64(0) !== xxh64(record.subarray(start, stop))) {
    throw new CygnetError('corrupt-data', `${what}: the checksum of a block is wrong, its lz4 data are damaged.`);
  }
};

/** One block; without waiting where the codec does not, so that what is read stays in the processor's cache. */
const decompressBlock = (
  record: Uint8Array,
  block: Block,
  codecs: Codecs,
  what: string,
  into: Uint8Array | undefined,
): Uint8Array | Promise<Uint8Array> => {
  if (block.method === 'lz4') checkLz4(record, block, what);
  const codec = block.method === 'old' ? inflateRaw : codecs[block.method];
  if (codec === undefined) {
    throw new CygnetError(
      'unsupported',
      `${what}: compressed with ${block.method}, for which there is no decoder here.`,
    );
  }
  let result: Uint8Array | Promise<Uint8Array>;
  try {
    result = codec(record.subarray(block.start, block.stop), block.rawLength, into);
  } catch (cause) {
    throw asDamage(cause, block, what);
  }
  if (result instanceof Uint8Array) return checkedLength(result, block, what);
  return result.then(
    (raw) => checkedLength(raw, block, what),
    (cause: unknown) => {
      throw asDamage(cause, block, what);
    },
  );
};

/** Copies what a codec gave where it is wanted, unless it wrote there itself. */
const put = (raw: Uint8Array, target: Uint8Array): void => {
  if (raw.buffer !== target.buffer || raw.byteOffset !== target.byteOffset) target.set(raw);
};

const decompressBlocks = (
  record: Uint8Array,
  blocks: readonly Block[],
  raw: Uint8Array,
  codecs: Codecs,
  what: string,
): Uint8Array | Promise<Uint8Array> => {
  let at = 0;
  for (const [index, block] of blocks.entries()) {
    const target = raw.subarray(at, at + block.rawLength);
    const result = decompressBlock(record, block, codecs, what, target);
    if (!(result instanceof Uint8Array)) {
      const rest = blocks.slice(index + 1);
      const behind = raw.subarray(at + block.rawLength);
      return result.then(async (one) => {
        put(one, target);
        await decompressBlocks(record, rest, behind, codecs, what);
        return raw;
      });
    }
    put(result, target);
    at += block.rawLength;
  }
  return raw;
};

/**
 * The `size` bytes that a record of compressed blocks holds. It waits only for codecs that are asynchronous themselves.
 *
 * @param record The blocks, without the key before them.
 * @param what For messages: file, tree and branch.
 * @param into Room for them, of exactly `size` bytes; what is stored without compression is given as it is instead.
 * @throws CygnetError `corrupt-data` or `unsupported`.
 */
export const decompressRecord = (
  record: Uint8Array,
  size: number,
  codecs: Codecs,
  what: string,
  into?: Uint8Array,
): Uint8Array | Promise<Uint8Array> => {
  if (record.length === size) return record;
  if (record.length > size) {
    throw new CygnetError('corrupt-data', `${what}: ${record.length} bytes stored for ${size} bytes of data.`);
  }
  const blocks = blocksOf(record, size, what);
  const [only] = blocks;
  if (into === undefined && blocks.length === 1 && only !== undefined) {
    return decompressBlock(record, only, codecs, what, undefined);
  }
  return decompressBlocks(record, blocks, into ?? new Uint8Array(size), codecs, what);
};
