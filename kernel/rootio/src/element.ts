import { newNumericArray } from '@cygnet/columns';
import type { NumericArray, NumericType } from '@cygnet/columns';
import { reverseWords } from './words/words.ts';

/** How one number is stored (big-endian, as everything in ROOT's trees) and what it becomes. */
export interface Element {
  readonly type: NumericType;
  /** Bytes on disk. */
  readonly size: number;
  /** C++ name. */
  readonly typeName: string;
  /** The numbers of `source`, whose length is a multiple of `size`. */
  readonly decode: (source: Uint8Array) => NumericArray;
  /** Where numbers have as many bytes in memory as on disk: decodes into `target`, whose own bytes may be the source. */
  readonly decodeInPlace?: (source: Uint8Array, target: NumericArray) => void;
}

type PlainSize = 1 | 2 | 4 | 8;

const word = (source: Uint8Array, at: number): number =>
  ((source[at] as number) << 24) |
  ((source[at + 1] as number) << 16) |
  ((source[at + 2] as number) << 8) |
  (source[at + 3] as number);

const bytesOf = (values: NumericArray): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Fills `target` with plain numbers: their bytes turned round. `source` may be the target's own bytes. */
const decodePlain =
  (size: PlainSize) =>
  (source: Uint8Array, target: NumericArray): void => {
    const bytes = bytesOf(target);
    if (size !== 1) reverseWords(source, bytes, size);
    else if (source.buffer !== bytes.buffer || source.byteOffset !== bytes.byteOffset) bytes.set(source);
  };

const decodeAs =
  (type: NumericType, size: PlainSize) =>
  (source: Uint8Array): NumericArray => {
    const values = newNumericArray(type, source.length / size);
    decodePlain(size)(source, values);
    return values;
  };

const plain = (type: NumericType, size: PlainSize, typeName: string): Element => ({
  type,
  size,
  typeName,
  decode: decodeAs(type, size),
  decodeInPlace: decodePlain(size),
});

export const elements = {
  bool: {
    type: 'bool',
    size: 1,
    typeName: 'bool',
    decode: (source: Uint8Array): NumericArray => source.map((byte) => (byte === 0 ? 0 : 1)),
    decodeInPlace: (source: Uint8Array, target: NumericArray): void => {
      for (let i = 0; i < source.length; i++) target[i] = source[i] === 0 ? 0 : 1;
    },
  },
  int8: plain('int8', 1, 'int8_t'),
  uint8: plain('uint8', 1, 'uint8_t'),
  int16: plain('int16', 2, 'int16_t'),
  uint16: plain('uint16', 2, 'uint16_t'),
  int32: plain('int32', 4, 'int32_t'),
  uint32: plain('uint32', 4, 'uint32_t'),
  int64: plain('int64', 8, 'int64_t'),
  uint64: plain('uint64', 8, 'uint64_t'),
  float: plain('float32', 4, 'float'),
  double: plain('float64', 8, 'double'),
} as const satisfies Record<string, Element>;

/**
 * A number stored as an integer fraction of a range: `low + integer * (high - low) / largest`, as ROOT streams
 * `Double32_t` and `Float16_t` members whose comment says `[low,high,bits]`.
 */
export const rangedElement = (target: 'float32' | 'float64', low: number, high: number, bits: number): Element => {
  const factor = (bits < 32 ? 2 ** bits : 2 ** 32 - 1) / (high - low);
  return {
    type: target,
    size: 4,
    typeName: target === 'float32' ? 'Float16_t' : 'Double32_t',
    decode: (source) => {
      const values = target === 'float32' ? new Float32Array(source.length / 4) : new Float64Array(source.length / 4);
      for (let i = 0; i < values.length; i++) values[i] = (word(source, 4 * i) >>> 0) / factor + low;
      return values;
    },
  };
};

/** `Double32_t` without range and bits: a float on disk, a double in memory. */
export const double32Element: Element = {
  type: 'float64',
  size: 4,
  typeName: 'Double32_t',
  decode: (source) => Float64Array.from(elements.float.decode(source) as Float32Array),
};

const names: { readonly [name: string]: Element } = {
  bool: elements.bool,
  Bool_t: elements.bool,
  char: elements.int8,
  Char_t: elements.int8,
  'signed char': elements.int8,
  int8_t: elements.int8,
  'unsigned char': elements.uint8,
  UChar_t: elements.uint8,
  uint8_t: elements.uint8,
  short: elements.int16,
  Short_t: elements.int16,
  int16_t: elements.int16,
  'unsigned short': elements.uint16,
  UShort_t: elements.uint16,
  uint16_t: elements.uint16,
  int: elements.int32,
  Int_t: elements.int32,
  int32_t: elements.int32,
  unsigned: elements.uint32,
  'unsigned int': elements.uint32,
  UInt_t: elements.uint32,
  uint32_t: elements.uint32,
  long: elements.int64,
  Long_t: elements.int64,
  'long long': elements.int64,
  Long64_t: elements.int64,
  int64_t: elements.int64,
  'unsigned long': elements.uint64,
  ULong_t: elements.uint64,
  'unsigned long long': elements.uint64,
  ULong64_t: elements.uint64,
  uint64_t: elements.uint64,
  float: elements.float,
  Float_t: elements.float,
  double: elements.double,
  Double_t: elements.double,
};

/** The element of a C++ type name, if it is a plain number. */
export const elementOfTypeName = (name: string): Element | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined;

/** The element of ROOT's streamer type code (`TVirtualStreamerInfo::EReadWrite`), if it is a plain number. */
export const elementOfStreamerType = (code: number): Element | undefined => {
  const byCode: { readonly [code: number]: Element } = {
    1: elements.int8,
    2: elements.int16,
    3: elements.int32,
    4: elements.int64,
    5: elements.float,
    6: elements.int32,
    8: elements.double,
    11: elements.uint8,
    12: elements.uint16,
    13: elements.uint32,
    14: elements.uint64,
    15: elements.uint32,
    16: elements.int64,
    17: elements.uint64,
    18: elements.bool,
  };
  return byCode[code];
};
