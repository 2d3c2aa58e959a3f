import { halfToNumber, newNumericArray } from '@cygnet/columns';
import type { NumericArray, NumericType } from '@cygnet/columns';
import { joinWords } from '../words/words.ts';
import { unpackBits, unpackBooleans } from './packed-bits.ts';
import type { ColumnDescription } from './schema.ts';
import { undoZigzag, undoZigzag64 } from './zigzag.ts';

/** How the elements of a column are stored in its pages and what they become. */
export interface Encoding {
  readonly type: NumericType;
  /** On disk. */
  readonly bits: number;
  /** `index`: positions, counted from the start of the cluster, where the lists of the parent end. */
  readonly role: 'number' | 'index' | 'char' | 'byte';
  /** All elements of a page; `page` has exactly the bytes that `target.length` elements take. */
  readonly decode: (page: Uint8Array, target: NumericArray) => void;
}

const bytesOf = (target: NumericArray): Uint8Array =>
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
const words16 = (target: NumericArray): Uint16Array =>
  new Uint16Array(target.buffer, target.byteOffset, target.byteLength / 2);
const words32 = (target: NumericArray): Uint32Array =>
  new Uint32Array(target.buffer, target.byteOffset, target.byteLength / 4);

const plain = (page: Uint8Array, target: NumericArray): void => bytesOf(target).set(page);

const split = (page: Uint8Array, target: NumericArray): void =>
  joinWords(page, bytesOf(target), target.BYTES_PER_ELEMENT as 2 | 4 | 8);

const splitZigzag = (page: Uint8Array, target: NumericArray): void => {
  split(page, target);
  if (target.BYTES_PER_ELEMENT === 2) undoZigzag(words16(target));
  else if (target.BYTES_PER_ELEMENT === 4) undoZigzag(words32(target));
  else undoZigzag64(words32(target));
};

/** The index types become doubles: exact up to 2^53, which no cluster reaches. */
const index =
  (size: 4 | 8, isSplit: boolean) =>
  (page: Uint8Array, target: NumericArray): void => {
    const stored = new Uint32Array((target.length * size) / 4);
    if (isSplit) joinWords(page, bytesOf(stored), size);
    else bytesOf(stored).set(page);
    const step = size / 4;
    let sum = 0;
    for (let i = 0; i < target.length; i++) {
      const value = (stored[step * i] as number) + (step === 2 ? (stored[2 * i + 1] as number) * 2 ** 32 : 0);
      sum = isSplit ? sum + value : value;
      target[i] = sum;
    }
  };

const half =
  (isSplit: boolean) =>
  (page: Uint8Array, target: NumericArray): void => {
    const words = new Uint16Array(target.length);
    if (isSplit) joinWords(page, bytesOf(words), 2);
    else bytesOf(words).set(page);
    for (let i = 0; i < words.length; i++) target[i] = halfToNumber(words[i] as number);
  };

/** Floats without their last bits. */
const truncated =
  (bits: number) =>
  (page: Uint8Array, target: NumericArray): void => {
    const words = words32(target);
    unpackBits(page, bits, words.length, (i, value) => {
      words[i] = value << (32 - bits);
    });
  };

/** Integers that count equal steps from the low end of a range to its high end. */
const quantised =
  (bits: number, low: number, high: number) =>
  (page: Uint8Array, target: NumericArray): void => {
    const scale = (high - low) / (2 ** bits - 1);
    unpackBits(page, bits, target.length, (i, value) => {
      target[i] = value * scale + low;
    });
  };

const booleans = (page: Uint8Array, target: NumericArray): void => unpackBooleans(page, target as Uint8Array);

const number = (type: NumericType, bits: number, decode: Encoding['decode']): Encoding => ({
  type,
  bits,
  role: 'number',
  decode,
});
const indexOf = (size: 4 | 8, isSplit: boolean): Encoding => ({
  type: 'float64',
  bits: 8 * size,
  role: 'index',
  decode: index(size, isSplit),
});

/** By the type number of the format; the types whose bits vary, and the switch of variants, are not among them. */
const encodings: { readonly [type: number]: Encoding } = {
  0x00: number('bool', 1, booleans),
  0x01: { type: 'uint8', bits: 8, role: 'byte', decode: plain },
  0x02: { type: 'int8', bits: 8, role: 'char', decode: plain },
  0x03: number('int8', 8, plain),
  0x04: number('uint8', 8, plain),
  0x05: number('int16', 16, plain),
  0x06: number('uint16', 16, plain),
  0x07: number('int32', 32, plain),
  0x08: number('uint32', 32, plain),
  0x09: number('int64', 64, plain),
  0x0a: number('uint64', 64, plain),
  0x0b: number('float32', 16, half(false)),
  0x0c: number('float32', 32, plain),
  0x0d: number('float64', 64, plain),
  0x0e: indexOf(4, false),
  0x0f: indexOf(8, false),
  0x11: number('int16', 16, splitZigzag),
  0x12: number('uint16', 16, split),
  0x13: number('int32', 32, splitZigzag),
  0x14: number('uint32', 32, split),
  0x15: number('int64', 64, splitZigzag),
  0x16: number('uint64', 64, split),
  0x17: number('float32', 16, half(true)),
  0x18: number('float32', 32, split),
  0x19: number('float64', 64, split),
  0x1a: indexOf(4, true),
  0x1b: indexOf(8, true),
};

const truncatedType = 0x1c;
const quantisedType = 0x1d;

/** The encoding of a column; undefined for column types that are not known here. */
export const encodingOf = ({ type, bits, range }: ColumnDescription): Encoding | undefined => {
  if (type === truncatedType && bits >= 10 && bits <= 31) return number('float32', bits, truncated(bits));
  if (type === quantisedType && bits >= 1 && bits <= 32 && range !== undefined && range.low < range.high) {
    return number('float64', bits, quantised(bits, range.low, range.high));
  }
  const encoding = Object.hasOwn(encodings, type) ? encodings[type] : undefined;
  return encoding?.bits === bits ? encoding : undefined;
};

/** Bytes that so many elements take when decompressed. */
export const pageBytes = (elements: number, bits: number): number => Math.ceil((elements * bits) / 8);

export const newElements = (encoding: Encoding, count: number): NumericArray => newNumericArray(encoding.type, count);
