import {
  add,
  add64,
  addWords,
  bytes16,
  constant,
  get,
  i32,
  i64,
  ifEqual,
  load,
  multiply,
  multiply64,
  multiplyLow32,
  multiplyWords,
  rotateWord,
  set,
  shiftRight64,
  shuffle,
  store,
  storeWord,
  v128,
  whileLess,
  word,
  wordConstant,
  xor,
} from './assembler.ts';
import type { Code, FunctionCode } from './assembler.ts';

/** Where XXH3's eight sums lie in the memory, its secret behind them, and what follows is free. */
export const sumsAt = 0;
export const secretAt = 64;
export const roomAt = 256;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** Turns the bytes of each word of `width` bytes round, 16 bytes at a time, in place: from `start` to `stop`. */
const reverse = (width: 2 | 4 | 8): FunctionCode => {
  const [start, stop] = [0, 1];
  const places = range(16).map((i) => (i - (i % width)) * 2 + width - 1 - i);
  return {
    name: `reverse${8 * width}`,
    parameters: 2,
    locals: [v128],
    body: [
      whileLess(
        get(start),
        get(stop),
        set(2, load(get(start))),
        store(get(start), shuffle(get(2), get(2), places)),
        set(start, add(get(start), constant(16))),
      ),
    ],
  };
};

/** Takes turns of `width` bytes from the lower or upper halves of two vectors. */
const interleaved = (a: Code, b: Code, width: number, half: 'lower' | 'upper'): Code => {
  const first = half === 'lower' ? 0 : 8;
  const places = range(16).map((i) => {
    const turn = Math.floor(i / width);
    return first + Math.floor(turn / 2) * width + (i % width) + (turn % 2) * 16;
  });
  return shuffle(a, b, places);
};

/**
 * Joins words of `width` bytes whose first bytes all come first, then all second bytes, and so on: `step` bytes lie
 * between the groups. Sixteen words at a time, from `from` to `to`, until `stop` of what is written.
 */
const join = (width: 2 | 4 | 8): FunctionCode => {
  const [from, to, stop, step] = [0, 1, 2, 3];
  const first = 4;
  const spare = first + width;
  const planes = range(width).map((plane) =>
    set(first + plane, load(add(get(from), multiply(get(step), constant(plane))))),
  );
  // Vectors by the words that they hold parts of: first all of all sixteen words, at last all bytes of a few.
  let groups: readonly (readonly number[])[] = [range(width).map((plane) => first + plane)];
  let free = range(width).map((plane) => spare + plane);
  const rounds: Code[] = [];
  for (let turn = 1; turn < width; turn *= 2) {
    const used = groups.flat();
    groups = groups.flatMap((group) =>
      (['lower', 'upper'] as const).map((half) =>
        range(group.length / 2).map((pair) => {
          const [a, b] = [group[2 * pair] as number, group[2 * pair + 1] as number];
          const target = free.shift() as number;
          rounds.push(set(target, interleaved(get(a), get(b), turn, half)));
          return target;
        }),
      ),
    );
    free = used;
  }
  return {
    name: `join${8 * width}`,
    parameters: 4,
    locals: range(2 * width).map(() => v128),
    body: [
      whileLess(
        get(to),
        get(stop),
        ...planes,
        ...rounds,
        ...groups.flat().map((local, place) => store(get(to), get(local), 16 * place)),
        set(from, add(get(from), constant(16))),
        set(to, add(get(to), constant(16 * width))),
      ),
    ],
  };
};

const lowWords = [0, 1, 2, 3, 8, 9, 10, 11];
const highWords = lowWords.map((place) => place + 4);
const swappedHalves = range(16).map((i) => (i + 8) % 16);

/** XXH3's step for 64 bytes at `data`: each word to its neighbour's sum, the product of its keyed halves to its own. */
const addStripe = (data: Code, secret: Code, sums: number, word: number, key: number): readonly Code[] =>
  range(4).flatMap((i) => [
    set(word, load(data, 16 * i)),
    set(key, xor(get(word), load(secret, 16 * i))),
    set(
      sums + i,
      add64(
        add64(get(sums + i), shuffle(get(word), get(word), swappedHalves)),
        multiplyLow32(
          shuffle(get(key), get(key), [...lowWords, ...lowWords]),
          shuffle(get(key), get(key), [...highWords, ...highWords]),
        ),
      ),
    ),
  ]);

const loadSums = (sums: number): readonly Code[] => range(4).map((i) => set(sums + i, load(constant(sumsAt), 16 * i)));
const storeSums = (sums: number): readonly Code[] =>
  range(4).map((i) => store(constant(sumsAt), get(sums + i), 16 * i));

/** 0x9e3779b1 in both 64-bit words. */
const prime32 = bytes16([0xb1, 0x79, 0x37, 0x9e, 0, 0, 0, 0, 0xb1, 0x79, 0x37, 0x9e, 0, 0, 0, 0]);
/** After 16 stripes the sums are scrambled; the secret moves on by 8 bytes a stripe. */
const scrambleAt = secretAt + 128;

/** Adds the stripes from `data` to `stop`, the first of which begins a block of sixteen. */
const addStripes: FunctionCode = (() => {
  const [data, stop, secret, sums, word, key] = [0, 1, 2, 3, 7, 8];
  return {
    name: 'addStripes',
    parameters: 2,
    locals: [i32, ...range(6).map(() => v128)],
    body: [
      ...loadSums(sums),
      set(secret, constant(secretAt)),
      whileLess(
        get(data),
        get(stop),
        ...addStripe(get(data), get(secret), sums, word, key),
        set(data, add(get(data), constant(64))),
        set(secret, add(get(secret), constant(8))),
        ifEqual(
          get(secret),
          constant(scrambleAt),
          ...range(4).map((i) => {
            const folded = xor(get(sums + i), shiftRight64(get(sums + i), 47));
            return set(sums + i, multiply64(xor(folded, load(constant(scrambleAt), 16 * i)), prime32));
          }),
          set(secret, constant(secretAt)),
        ),
      ),
      ...storeSums(sums),
    ],
  };
})();

/** Adds the last 64 bytes, which may overlap those before, with a secret of their own. */
const addLastStripe: FunctionCode = {
  name: 'addLastStripe',
  parameters: 1,
  locals: range(6).map(() => v128),
  body: [...loadSums(1), ...addStripe(get(0), constant(secretAt + 121), 1, 5, 6), ...storeSums(1)],
};

/** XXH64's primes that every word is multiplied by. */
const xxh64Prime1 = 0x9e3779b185ebca87n;
const xxh64Prime2 = 0xc2b2ae3d27d4eb4fn;

/** XXH64's four sums over blocks of 32 bytes, from `data` to `stop`. */
const addLanes: FunctionCode = (() => {
  const [data, stop, lane] = [0, 1, 2];
  return {
    name: 'addLanes',
    parameters: 2,
    locals: range(4).map(() => i64),
    body: [
      ...range(4).map((i) => set(lane + i, word(constant(sumsAt), 8 * i))),
      whileLess(
        get(data),
        get(stop),
        ...range(4).map((i) => {
          const sum = addWords(get(lane + i), multiplyWords(word(get(data), 8 * i), wordConstant(xxh64Prime2)));
          return set(lane + i, multiplyWords(rotateWord(sum, 31n), wordConstant(xxh64Prime1)));
        }),
        set(data, add(get(data), constant(32))),
      ),
      ...range(4).map((i) => storeWord(constant(sumsAt), get(lane + i), 8 * i)),
    ],
  };
})();

export const loops: readonly FunctionCode[] = [
  reverse(2),
  reverse(4),
  reverse(8),
  join(2),
  join(4),
  join(8),
  addStripes,
  addLastStripe,
  addLanes,
];
