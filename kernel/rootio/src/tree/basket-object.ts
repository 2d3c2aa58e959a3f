import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import { elements } from '../element.ts';
import type { BasketRecord } from './tree-record.ts';

/** Added to the flag of a basket whose entry offsets are not stored, since they follow from the entries' counts. */
export const generatedOffsets = 80;
const displacementMask = 0x00ffffff;

/** Keys of files beyond 2 GB have positions of eight bytes. */
const largeFileVersion = 1000;

/** A basket that lies inside a tree's record: its key, its numbers, perhaps its entry offsets and its data. */
export const readBasketObject = (buffer: StreamBuffer): BasketRecord => {
  buffer.take(4);
  const keyVersion = buffer.int16();
  buffer.take(4 + 4);
  const keyLength = buffer.int16();
  buffer.take(2 + (keyVersion > largeFileVersion ? 16 : 8));
  buffer.text();
  buffer.text();
  buffer.text();
  const version = buffer.int16();
  buffer.take(4);
  if (buffer.int32() < 0) buffer.take(1);
  const entries = buffer.int32();
  const last = buffer.int32();
  let flag = buffer.uint8();
  const mustGenerate = flag >= generatedOffsets;
  if (mustGenerate) flag -= generatedOffsets;
  if (entries < 0) throw buffer.damaged('a basket has a negative number of entries');
  let offsets: Int32Array | undefined;
  if (!mustGenerate && flag !== 0 && flag % 10 !== 2) {
    const ints = (): Int32Array => {
      const bytes = 4 * buffer.count(4);
      const start = buffer.take(bytes);
      return elements.int32.decode(buffer.bytes.subarray(start, start + bytes)) as Int32Array;
    };
    if (entries > 0) offsets = ints();
    if (flag > 20 && flag < 40) offsets = offsets?.map((offset) => offset & displacementMask);
    if (flag > 40) ints();
  }
  let data = new Uint8Array(0);
  if (flag === 1 || flag > 10) {
    const length = version > 1 ? last : buffer.int32();
    const start = buffer.take(length);
    if (keyLength < 0 || keyLength > length) throw buffer.damaged('a basket is shorter than its key');
    data = buffer.bytes.slice(start + keyLength, start + length);
  }
  return { entries, keyLength, last, data, mustGenerate, ...(offsets === undefined ? {} : { offsets }) };
};
