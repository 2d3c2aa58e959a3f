import type { ByteRange } from '../byte-source.ts';
import type { ByteReader } from './byte-reader.ts';
import type { EnvelopeLink } from './envelope.ts';

const largeLocator = 1;

/** Where a page or envelope lies in the file. */
export const readLocator = (reader: ByteReader): ByteRange => {
  const head = reader.int32();
  if (head >= 0) return { length: head, start: reader.size() };
  const type = (head >>> 24) & 0x7f;
  const ownLength = head & 0xffff;
  if (type !== largeLocator) {
    throw reader.unsupported(`parts of it lie outside the file (locator type ${type})`);
  }
  if (ownLength < 20) throw reader.damaged('a locator is too short');
  const length = reader.size();
  const start = reader.size();
  reader.skip(ownLength - 20);
  return { start, length };
};

export const readEnvelopeLink = (reader: ByteReader): EnvelopeLink => {
  const rawLength = reader.size();
  return { rawLength, ...readLocator(reader) };
};
