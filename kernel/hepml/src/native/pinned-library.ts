import { CygnetError } from '@cygnet/columns';
import koffi from 'koffi';

/** An address of C. koffi hands null pointers out as null. */
export type Pointer = bigint;

/** A loaded shared library: `func` declares one of its functions by its C prototype. */
export type SharedLibrary = ReturnType<typeof koffi.load>;

const lazily = 1;
/** RTLD_NODELETE of glibc and of Darwin. */
const neverUnload = process.platform === 'darwin' ? 0x80 : 0x1000;

/**
 * Loads a shared library that stays mapped until the process is gone. Plain loading unloads at exit, and libraries
 * with C++ destructors that run later (TensorFlow's) then crash in code that is no longer there.
 *
 * @throws CygnetError `engine-missing` when the file cannot be loaded here.
 */
export const loadPinnedLibrary = (path: string): SharedLibrary => {
  if (process.platform !== 'win32') {
    const open = koffi.load(null).func('void *dlopen(const char *path, int flags)') as (
      path: string,
      flags: number,
    ) => Pointer | null;
    open(path, lazily | neverUnload);
  }
  try {
    return koffi.load(path, { lazy: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('engine-missing', `Cannot load ${path}: ${reason}. Run "npm run setup" to install it anew.`, {
      cause,
    });
  }
};

const copyMemory = koffi.load(null).func('void *memcpy(void *to, const void *from, size_t bytes)') as (
  to: Pointer | NodeJS.TypedArray,
  from: Pointer | NodeJS.TypedArray,
  bytes: number,
) => Pointer;

/** Copies an array into memory of C. */
export const writeMemory = (to: Pointer, from: NodeJS.TypedArray): void => {
  if (from.byteLength > 0) copyMemory(to, from, from.byteLength);
};

/** Fills an array from memory of C: a copy, so that the memory may be freed afterwards. */
export const readMemory = <T extends NodeJS.TypedArray>(into: T, from: Pointer): T => {
  if (into.byteLength > 0) copyMemory(into, from, into.byteLength);
  return into;
};

/** Address of an array's first element. The caller keeps the array referenced while C reads it. */
export const addressOf = (array: NodeJS.TypedArray): number => Number(koffi.address(array));

/** Reads `count` 64-bit unsigned numbers. */
export const readUint64 = (from: Pointer, count: number): readonly number[] =>
  Array.from(readMemory(new BigUint64Array(count), from), Number);

/** Reads text of a known length in bytes. */
export const readText = (from: Pointer, bytes: number): string =>
  new TextDecoder().decode(readMemory(new Uint8Array(bytes), from));
