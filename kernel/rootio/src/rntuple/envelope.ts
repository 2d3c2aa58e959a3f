import { CygnetError } from '@cygnet/columns';
import type { ByteRange, ByteSource } from '../byte-source.ts';
import type { Codecs } from '../codecs.ts';
import { decompressRecord } from '../decompress.ts';
import { readRanges } from '../read-ranges.ts';
import { ByteReader } from './byte-reader.ts';
import { xxh3 } from './xxh3.ts';

/** Where an envelope lies, and how long it is when decompressed. */
export interface EnvelopeLink extends ByteRange {
  readonly rawLength: number;
}

export interface Envelope {
  /** At its payload. */
  readonly reader: ByteReader;
  /** XXH3; footer and page lists repeat the header's. */
  readonly checksum: bigint;
}

const envelopeTypes = { header: 1, footer: 2, 'page list': 3 } as const;
export type EnvelopeType = keyof typeof envelopeTypes;

const headLength = 8;
const checksumLength = 8;
/** Metadata of ten million pages fit. */
const largestEnvelope = 2 ** 28;

export interface RNTupleSource {
  readonly source: ByteSource;
  /** Bytes of the file. */
  readonly size: number;
  readonly codecs: Codecs;
  /** What is longer has been split over several keys; 0 when nothing has. */
  readonly largestKey: number;
}

/** @throws CygnetError `unsupported` when a payload is too long for one key. */
export const checkKeySize = (length: number, { largestKey }: RNTupleSource, what: string): void => {
  if (largestKey > 0 && length > largestKey) {
    throw new CygnetError('unsupported', `${what}: pages that are split over several keys are not read yet.`);
  }
};

const openEnvelope = (raw: Uint8Array, type: EnvelopeType, what: string): Envelope => {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const head = view.getBigUint64(0, true);
  const end = raw.length - checksumLength;
  const checksum = view.getBigUint64(end, true);
  if (Number(head & 0xffffn) !== envelopeTypes[type] || Number(head >> 16n) !== raw.length) {
    throw new CygnetError('corrupt-data', `${what}: not a ${type} envelope of ${raw.length} bytes.`);
  }
  if (xxh3(raw.subarray(0, end)) !== checksum) {
    throw new CygnetError('corrupt-data', `${what}: the checksum of its ${type} is wrong.`);
  }
  return { reader: new ByteReader(view, `${what}, ${type}`, headLength, end), checksum };
};

/**
 * Reads, decompresses and checks envelopes of one type.
 *
 * @throws CygnetError `corrupt-data`, `unsupported`, `cancelled`.
 */
export const readEnvelopes = async (
  from: RNTupleSource,
  links: readonly EnvelopeLink[],
  type: EnvelopeType,
  what: string,
  signal?: AbortSignal,
): Promise<readonly Envelope[]> => {
  const envelopes: Envelope[] = [];
  const tasks = links.map((link, index) => {
    const { start, length, rawLength } = link;
    const isInside = start > 0 && length > 0 && start + length <= from.size;
    if (!isInside || rawLength < headLength + checksumLength || rawLength > largestEnvelope) {
      throw new CygnetError('corrupt-data', `${what}: its ${type} lies outside the file or has an impossible length.`);
    }
    checkKeySize(length, from, what);
    const done = async (record: Uint8Array): Promise<void> => {
      const raw = await decompressRecord(record, rawLength, from.codecs, `${what}, ${type}`);
      envelopes[index] = openEnvelope(raw, type, what);
    };
    return { start, length, done };
  });
  await readRanges(from.source, tasks, { signal });
  return envelopes;
};
