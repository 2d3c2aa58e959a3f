import type { StreamBuffer } from './stream-buffer.ts';

const byteCountFlag = 0x40000000;
const classFlag = 0x80000000;
const newClass = 0xffffffff;
/** ROOT counts positions from two bytes before, so that none is 0. */
const positionOffset = 2;

/** Reads one object whose class is known; `end` is undefined where the file does not say. */
export type ReadObject<T> = (className: string, end: number | undefined, remember: (object: T) => void) => T;

/** The objects and classes of one record: each is stored once, and pointed to by its position from then on. */
export class ObjectTable {
  readonly #origin: number;
  readonly #objects = new Map<number, unknown>();
  readonly #classes = new Map<number, string>();
  /** @param keyLength Bytes of the key before the record, which count. */
  constructor(keyLength: number) {
    this.#origin = keyLength + positionOffset;
  }

  /** Forgets everything: the next entry of a branch has positions of its own. */
  clear(): void {
    this.#objects.clear();
    this.#classes.clear();
  }

  /** The object of the record itself, to which its parts may point. */
  rememberTop(object: unknown): void {
    this.#objects.set(1, object);
  }

  /** Whatever a pointer points to; undefined for null, and for what was skipped. */
  readAny<T>(buffer: StreamBuffer, read: ReadObject<T>): T | undefined {
    const start = buffer.at;
    const first = buffer.uint32();
    let end: number | undefined;
    let tag = first;
    let tagAt = start;
    if ((first & byteCountFlag) !== 0 && first !== newClass) {
      const length = first & ~byteCountFlag;
      if (length > buffer.left) throw buffer.damaged('an object does not fit its record');
      end = buffer.at + length;
      tagAt = buffer.at;
      tag = buffer.uint32();
    }
    if ((tag & classFlag) === 0) {
      if (end !== undefined && buffer.at !== end) throw buffer.damaged('a pointer has a wrong length');
      return tag === 0 ? undefined : (this.#objects.get(tag) as T | undefined);
    }
    let className: string;
    if (tag === newClass) {
      className = buffer.textToZero();
      this.#classes.set(tagAt + this.#origin, className);
    } else {
      const known = this.#classes.get((tag & ~classFlag) >>> 0);
      if (known === undefined) throw buffer.damaged('an object is of a class that was not named before');
      className = known;
    }
    const remember = (object: T): void => void this.#objects.set(start + this.#origin, object);
    const object = buffer.nested(() => read(className, end, remember));
    remember(object);
    if (end !== undefined && buffer.at !== end)
      throw buffer.damaged(`an object of class ${className} has a wrong length`);
    return object;
  }
}
