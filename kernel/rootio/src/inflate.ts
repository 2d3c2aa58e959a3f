/** Bits behind the code of a length, and the shortest length it stands for (RFC 1951, 3.2.5). */
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const distanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
/** The order in which the lengths of the codes of code lengths come. */
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const longestCode = 15;

/** A Huffman code: how many codes there are of each length, and their symbols in order. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const huffman = (lengths: ArrayLike<number>): Huffman => {
  const counts = new Uint16Array(longestCode + 1);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i] as number]!++;
  counts[0] = 0;
  const starts = new Uint16Array(longestCode + 2);
  let left = 1;
  for (let length = 1; length <= longestCode; length++) {
    left = 2 * left - (counts[length] as number);
    if (left < 0) throw new Error('More codes than fit their lengths.');
    starts[length + 1] = (starts[length] as number) + (counts[length] as number);
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length > 0) symbols[starts[length]!++] = symbol;
  }
  return { counts, symbols };
};

const fixedLengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixed = { literals: huffman(fixedLengths), distances: huffman(new Uint8Array(30).fill(5)) };

/** Reads bits, the lowest of each byte first. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bits(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new Error('The data end early.');
      this.#held |= (this.#bytes[this.#at++] as number) << this.#count;
      this.#count += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#count -= count;
    return value;
  }

  symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= longestCode; length++) {
      code |= this.bits(1);
      const count = counts[length] as number;
      if (code - count < first) return symbols[index + code - first] as number;
      index += count;
      first = 2 * (first + count);
      code *= 2;
    }
    throw new Error('A code without a meaning.');
  }

  /** Bytes as they are, from the next whole byte on. */
  stored(): Uint8Array {
    this.#held = this.#count = 0;
    const [length, check] = [this.bits(16), this.bits(16)];
    if (length !== (~check & 0xffff) || this.#at + length > this.#bytes.length)
      throw new Error('A stored block is damaged.');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

const readCodes = (reader: BitReader): { readonly literals: Huffman; readonly distances: Huffman } => {
  const literalCount = reader.bits(5) + 257;
  const distanceCount = reader.bits(5) + 1;
  const codeLengths = new Uint8Array(codeOrder.length);
  for (let i = 0, count = reader.bits(4) + 4; i < count; i++) codeLengths[codeOrder[i] as number] = reader.bits(3);
  const codes = huffman(codeLengths);
  const lengths = new Uint8Array(literalCount + distanceCount);
  for (let at = 0; at < lengths.length;) {
    const symbol = reader.symbol(codes);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    if (symbol === 16 && at === 0) throw new Error('Nothing to be repeated.');
    const value = symbol === 16 ? (lengths[at - 1] as number) : 0;
    const times = symbol === 16 ? 3 + reader.bits(2) : symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
    if (at + times > lengths.length) throw new Error('More code lengths than codes.');
    lengths.fill(value, at, at + times);
    at += times;
  }
  return { literals: huffman(lengths.subarray(0, literalCount)), distances: huffman(lengths.subarray(literalCount)) };
};

/**
 * Exactly `size` bytes out of deflated data without a header (RFC 1951), as ROOT compressed before it used zlib ("CS").
 *
 * @throws Error when the data are damaged or give another number of bytes.
 */
export const inflateRaw = (input: Uint8Array, size: number): Uint8Array => {
  const reader = new BitReader(input);
  const output = new Uint8Array(size);
  let at = 0;
  const expectRoom = (count: number): void => {
    if (at + count > size) throw new Error(`More than ${size} bytes come out.`);
  };
  for (let isLast = false; !isLast;) {
    isLast = reader.bits(1) === 1;
    const kind = reader.bits(2);
    if (kind === 3) throw new Error('A block of an unknown kind.');
    if (kind === 0) {
      const stored = reader.stored();
      expectRoom(stored.length);
      output.set(stored, at);
      at += stored.length;
      continue;
    }
    const { literals, distances } = kind === 1 ? fixed : readCodes(reader);
    for (let symbol = reader.symbol(literals); symbol !== 256; symbol = reader.symbol(literals)) {
      if (symbol < 256) {
        expectRoom(1);
        output[at++] = symbol;
        continue;
      }
      const base = lengthBase[symbol - 257];
      if (base === undefined) throw new Error('A length that does not exist.');
      const length = base + reader.bits(lengthBits[symbol - 257] as number);
      const far = reader.symbol(distances);
      const distance = (distanceBase[far] ?? Infinity) + (far < 30 ? reader.bits(distanceBits[far] as number) : 0);
      if (distance > at) throw new Error('A copy from before the beginning.');
      expectRoom(length);
      for (let i = 0; i < length; i++, at++) output[at] = output[at - distance] as number;
    }
  }
  if (at !== size) throw new Error(`${at} bytes came out where ${size} are due.`);
  return output;
};
