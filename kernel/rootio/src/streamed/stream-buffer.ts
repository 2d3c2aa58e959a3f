import { CygnetError } from '@cygnet/columns';
import { decodeText } from '../decode-text.ts';

/** Set in the first word of an object: the rest is its length in bytes. */
const byteCountFlag = 0x40000000;
/** Objects inside objects: deeper than any real file, and far from the end of the call stack. */
const deepest = 100;

/** What comes before a streamed object. */
export interface ObjectHeader {
  readonly version: number;
  /** Whether a collection's members are stored one after the other, instead of its items. */
  readonly isMemberWise: boolean;
  /** First byte behind the object; undefined when the file does not say. */
  readonly end: number | undefined;
}

/** Set in the version of a collection whose members are stored one after the other. */
const memberWiseFlag = 0x4000;

/** Reads big-endian numbers, strings and headers of streamed objects, never beyond `stop`. */
export class StreamBuffer {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly what: string;
  at: number;
  stop: number;
  #depth = 0;
  /** @param what For messages. */
  constructor(bytes: Uint8Array, what: string, start = 0, stop = bytes.length) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.what = what;
    this.at = start;
    this.stop = stop;
  }

  get left(): number {
    return this.stop - this.at;
  }

  damaged(how: string): CygnetError {
    return new CygnetError('corrupt-data', `${this.what}: ${how} (byte ${this.at}).`);
  }

  unsupported(why: string): CygnetError {
    return new CygnetError('unsupported', `${this.what}: ${why}`);
  }

  /** Moves on by `length` bytes and gives where they start. @throws CygnetError `corrupt-data`. */
  take(length: number): number {
    const start = this.at;
    if (!(length >= 0 && length <= this.stop - start)) throw this.damaged(`${length} bytes are asked of ${this.left}`);
    this.at = start + length;
    return start;
  }

  uint8(): number {
    return this.#view.getUint8(this.take(1));
  }
  int8(): number {
    return this.#view.getInt8(this.take(1));
  }
  int16(): number {
    return this.#view.getInt16(this.take(2));
  }
  uint16(): number {
    return this.#view.getUint16(this.take(2));
  }
  int32(): number {
    return this.#view.getInt32(this.take(4));
  }
  uint32(): number {
    return this.#view.getUint32(this.take(4));
  }
  /** Rounded beyond 2^53: whoever uses one as a length or position checks it. */
  int64(): number {
    return Number(this.#view.getBigInt64(this.take(8)));
  }
  uint64(): number {
    return Number(this.#view.getBigUint64(this.take(8)));
  }
  float32(): number {
    return this.#view.getFloat32(this.take(4));
  }
  float64(): number {
    return this.#view.getFloat64(this.take(8));
  }

  /** How many items follow: not negative, and no more than there are bytes for. */
  count(bytesEach = 1): number {
    const count = this.int32();
    if (count < 0 || count * bytesEach > this.left)
      throw this.damaged(`${count} items do not fit into ${this.left} bytes`);
    return count;
  }

  /** A string after its length: one byte, or 255 and four bytes. */
  text(): string {
    const short = this.uint8();
    const length = short === 255 ? this.count() : short;
    const start = this.take(length);
    return decodeText(this.bytes.subarray(start, start + length));
  }

  /** A string after its length in four bytes. */
  longText(): string {
    const length = this.count();
    const start = this.take(length);
    return decodeText(this.bytes.subarray(start, start + length));
  }

  /** A string up to a byte of zero. */
  textToZero(): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0 || end >= this.stop) throw this.damaged('a name has no end');
    const start = this.take(end + 1 - this.at);
    return decodeText(this.bytes.subarray(start, end));
  }

  /** The byte count, if there is one, and the version before an object. */
  header(): ObjectHeader {
    if (this.left >= 6 && (this.#view.getUint32(this.at) & byteCountFlag) !== 0 && this.bytes[this.at] !== 0xff) {
      const length = this.uint32() & ~byteCountFlag;
      if (length < 2 || length > this.left) throw this.damaged(`an object of ${length} bytes does not fit`);
      const end = this.at + length;
      const version = this.int16();
      const isMemberWise = version > 0 && (version & memberWiseFlag) !== 0;
      return { version: isMemberWise ? version & ~memberWiseFlag : version, isMemberWise, end };
    }
    return { version: this.int16(), isMemberWise: false, end: undefined };
  }

  /** @throws CygnetError `corrupt-data` when an object was not read to its end. */
  finish({ end }: ObjectHeader, what: string): void {
    if (end !== undefined && this.at !== end) {
      throw this.damaged(
        `${what} ends ${Math.abs(end - this.at)} bytes ${this.at < end ? 'later' : 'earlier'} than it says`,
      );
    }
  }

  /** Runs a part that lies deeper inside of an object. @throws CygnetError `corrupt-data` when that is too deep. */
  nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw this.damaged('objects lie too deep inside one another');
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}
