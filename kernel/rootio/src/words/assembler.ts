/** Instructions of WebAssembly as bytes: just those that the loops beside this file are made of. */
export type Code = readonly number[];

/** A number in the format's variable length, unsigned. */
const unsigned = (value: number): Code => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]);

const signed = (value: number): Code => {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
};

const simd = (opcode: number, ...immediates: Code): Code => [0xfd, ...unsigned(opcode), ...immediates];
const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, items: readonly Code[]): Code => {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
};

const signed64 = (value: bigint): Code => {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed64(rest)];
};

export const i32 = 0x7f;
export const i64 = 0x7e;
export const v128 = 0x7b;

export const get = (local: number): Code => [0x20, ...unsigned(local)];
/** The value of `code` into a local. */
export const set = (local: number, ...code: readonly Code[]): Code => [...code.flat(), 0x21, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const multiply = (a: Code, b: Code): Code => [...a, ...b, 0x6c];

/** The body while `a < b`, both unsigned. */
export const whileLess = (a: Code, b: Code, ...body: readonly Code[]): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...a, ...b, 0x4f, 0x0d, 1],
  ...body.flat(),
  ...[0x0c, 0, 0x0b, 0x0b],
];
/** The body when `a` equals `b`. */
export const ifEqual = (a: Code, b: Code, ...body: readonly Code[]): Code => [
  ...[...a, ...b, 0x46, 0x04, 0x40],
  ...body.flat(),
  0x0b,
];

/** 16 bytes of memory, on any address. */
export const load = (address: Code, offset = 0): Code => [...address, ...simd(0x00, 0, ...unsigned(offset))];
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(0x0b, 0, ...unsigned(offset)),
];
/** Sixteen bytes out of the 32 of `a` and `b`, by their places. */
export const shuffle = (a: Code, b: Code, places: readonly number[]): Code => [...a, ...b, ...simd(0x0d, ...places)];
export const xor = (a: Code, b: Code): Code => [...a, ...b, ...simd(0x51)];
export const add64 = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xce)];
export const multiply64 = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xd5)];
export const shiftRight64 = (a: Code, bits: number): Code => [...a, ...constant(bits), ...simd(0xcd)];
/** Products of the two lower 32-bit words of each, as 64-bit words. */
export const multiplyLow32 = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xde)];
export const bytes16 = (bytes: readonly number[]): Code => simd(0x0c, ...bytes);

/** Plain 64-bit integers: loaded, stored, and what XXH64 does with them. */
export const word = (address: Code, offset: number): Code => [...address, 0x29, 0, ...unsigned(offset)];
export const storeWord = (address: Code, value: Code, offset: number): Code => [
  ...address,
  ...value,
  ...[0x37, 0, ...unsigned(offset)],
];
export const wordConstant = (value: bigint): Code => [0x42, ...signed64(BigInt.asIntN(64, value))];
export const addWords = (a: Code, b: Code): Code => [...a, ...b, 0x7c];
export const multiplyWords = (a: Code, b: Code): Code => [...a, ...b, 0x7e];
export const rotateWord = (a: Code, bits: bigint): Code => [...a, ...wordConstant(bits), 0x89];

/** A function without result. Its parameters are 32-bit integers; `locals` are of the types given, after them. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly number[];
  readonly body: readonly Code[];
}

const text = (value: string): Code => vector(Array.from(value, (letter) => [letter.charCodeAt(0)]));

/** A module that exports the functions and a memory of `pages` times 64 KiB, named `memory`. */
export const assembleModule = (functions: readonly FunctionCode[], pages: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...vector(Array.from({ length: parameters }, () => [i32])), 0]),
    ),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[1, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [
      [...text('memory'), 2, 0],
      ...functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]),
    ]),
    ...section(
      10,
      functions.map(({ locals, body }) => {
        const content = [...vector(locals.map((type) => [1, type])), ...body.flat(), 0x0b];
        return [...unsigned(content.length), ...content];
      }),
    ),
  ]);
