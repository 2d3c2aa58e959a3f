import { assembleModule } from './assembler.ts';
import { loops, roomAt, secretAt, sumsAt } from './loops.ts';
import { joinPlainly, reversePlainly } from './plain-loops.ts';

type Loop = (...parameters: readonly number[]) => void;

/** The loops in WebAssembly with their memory: what is worked on is copied in and out, a part at a time. */
interface Machine {
  readonly bytes: Uint8Array;
  readonly reverse: { readonly [width in 2 | 4 | 8]: Loop };
  readonly join: { readonly [width in 2 | 4 | 8]: Loop };
  readonly addStripes: Loop;
  readonly addLastStripe: Loop;
  readonly addLanes: Loop;
}

/** Parts that stay in the processor's second cache; whole blocks of XXH3. */
const part = 2 ** 17;
/** The loops work on 16 words at a time, so up to this many bytes more. */
const beyond = 128;
const outputAt = roomAt + part + beyond;
const pages = Math.ceil((outputAt + part + beyond) / 2 ** 16);

const start = (): Machine | undefined => {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assembleModule(loops, pages)));
    const memory = exports.memory as WebAssembly.Memory;
    const loop = (name: string): Loop => exports[name] as Loop;
    return {
      bytes: new Uint8Array(memory.buffer),
      reverse: { 2: loop('reverse16'), 4: loop('reverse32'), 8: loop('reverse64') },
      join: { 2: loop('join16'), 4: loop('join32'), 8: loop('join64') },
      addStripes: loop('addStripes'),
      addLastStripe: loop('addLastStripe'),
      addLanes: loop('addLanes'),
    };
  } catch (error) {
    // No WebAssembly, none of its vectors, or a page whose policy forbids it: the plain loops do the same.
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return undefined;
    throw error;
  }
};

let started: { readonly machine: Machine | undefined } | undefined;
const machineOf = (): Machine | undefined => {
  started ??= { machine: typeof WebAssembly === 'undefined' ? undefined : start() };
  return started.machine;
};

/** Shorter runs are not worth the copying. */
const worthwhile = 256;

/**
 * Turns words of `width` bytes round: big-endian ones become little-endian ones. `target` may be `source` itself.
 *
 * @param source A whole number of words; `target` has as many bytes.
 */
export const reverseWords = (source: Uint8Array, target: Uint8Array, width: 2 | 4 | 8): void => {
  const machine = source.length < worthwhile ? undefined : machineOf();
  if (machine === undefined) {
    reversePlainly(source, target, width);
    return;
  }
  const { bytes } = machine;
  for (let at = 0; at < source.length; at += part) {
    const length = Math.min(part, source.length - at);
    bytes.set(source.subarray(at, at + length), roomAt);
    machine.reverse[width](roomAt, roomAt + length);
    target.set(bytes.subarray(roomAt, roomAt + length), at);
  }
};

/** Joins `count` words of `width` bytes whose first bytes all come first in `source`, then all second bytes, and so on. */
export const joinWords = (source: Uint8Array, target: Uint8Array, width: 2 | 4 | 8): void => {
  const count = target.length / width;
  const machine = target.length < worthwhile ? undefined : machineOf();
  if (machine === undefined) {
    joinPlainly(source, target, width);
    return;
  }
  const { bytes } = machine;
  const step = part / width;
  for (let at = 0; at < count; at += step) {
    const words = Math.min(step, count - at);
    for (let plane = 0; plane < width; plane++) {
      const from = plane * count + at;
      bytes.set(source.subarray(from, from + words), roomAt + plane * step);
    }
    machine.join[width](roomAt, outputAt, outputAt + words * width, step);
    target.set(bytes.subarray(outputAt, outputAt + words * width), at * width);
  }
};

const stripe = 64;

/**
 * XXH3's sums over more than 64 bytes, added to `sums` (eight 64-bit words): all stripes, then the last 64 bytes.
 *
 * @returns Whether it was done: not where there is no WebAssembly.
 */
export const sumStripes = (data: Uint8Array, sums: BigUint64Array, secret: Uint8Array): boolean => {
  const machine = machineOf();
  if (machine === undefined) return false;
  const { bytes } = machine;
  const state = new Uint8Array(sums.buffer, sums.byteOffset, 64);
  bytes.set(state, sumsAt);
  bytes.set(secret, secretAt);
  const stop = Math.floor((data.length - 1) / stripe) * stripe;
  for (let at = 0; at < stop; at += part) {
    const length = Math.min(part, stop - at);
    bytes.set(data.subarray(at, at + length), roomAt);
    machine.addStripes(roomAt, roomAt + length);
  }
  bytes.set(data.subarray(data.length - stripe), roomAt);
  machine.addLastStripe(roomAt);
  state.set(bytes.subarray(sumsAt, sumsAt + 64));
  return true;
};

/**
 * XXH64's four sums over `data`, a whole number of 32-byte blocks, added to `lanes`.
 *
 * @returns Whether it was done: not where there is no WebAssembly.
 */
export const sumLanes = (data: Uint8Array, lanes: BigUint64Array): boolean => {
  const machine = machineOf();
  if (machine === undefined) return false;
  const { bytes } = machine;
  const state = new Uint8Array(lanes.buffer, lanes.byteOffset, 32);
  bytes.set(state, sumsAt);
  for (let at = 0; at < data.length; at += part) {
    const length = Math.min(part, data.length - at);
    bytes.set(data.subarray(at, at + length), roomAt);
    machine.addLanes(roomAt, roomAt + length);
  }
  state.set(bytes.subarray(sumsAt, sumsAt + 32));
  return true;
};
