import { CygnetError } from '@cygnet/columns';
import type { EnvelopeLink } from './envelope.ts';
import { xxh3 } from './xxh3.ts';

/** Where an RNTuple's header and footer lie. */
export interface Anchor {
  readonly header: EnvelopeLink;
  readonly footer: EnvelopeLink;
  /** Longer payloads are split over several keys. */
  readonly largestKey: number;
}

/** Byte count and version of a streamed object. */
const objectHeadLength = 6;
/** Four 16-bit version numbers and seven 64-bit words. */
const fieldsLength = 4 * 2 + 7 * 8;
const checksumLength = 8;

/**
 * The `ROOT::RNTuple` object of a key: big-endian as all objects, followed by its checksum.
 *
 * @throws CygnetError `corrupt-data` or `unsupported` (written before version 1.0).
 */
export const readAnchor = (object: Uint8Array, what: string): Anchor => {
  if (object.length < objectHeadLength + fieldsLength + checksumLength) {
    throw new CygnetError('corrupt-data', `${what}: the anchor of the RNTuple is too short.`);
  }
  const view = new DataView(object.buffer, object.byteOffset, object.byteLength);
  const epoch = view.getUint16(objectHeadLength);
  const byteCount = view.getUint32(0) & 0x3fffffff;
  const stop = 4 + byteCount;
  if (stop < objectHeadLength + fieldsLength || stop + checksumLength > object.length) {
    throw new CygnetError('corrupt-data', `${what}: the anchor of the RNTuple has an impossible length.`);
  }
  if (xxh3(object.subarray(objectHeadLength, stop)) !== view.getBigUint64(stop)) {
    throw new CygnetError('corrupt-data', `${what}: the checksum of the RNTuple's anchor is wrong.`);
  }
  if (epoch !== 1) {
    throw new CygnetError('unsupported', `${what}: an RNTuple of format ${epoch}.x; only 1.x is read.`);
  }
  const size = (index: number): number => {
    const value = Number(view.getBigUint64(objectHeadLength + 8 + 8 * index));
    if (Number.isSafeInteger(value)) return value;
    throw new CygnetError('corrupt-data', `${what}: the anchor of the RNTuple points nowhere.`);
  };
  return {
    header: { start: size(0), length: size(1), rawLength: size(2) },
    footer: { start: size(3), length: size(4), rawLength: size(5) },
    largestKey: size(6),
  };
};
