import { CygnetError } from '@cygnet/columns';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads the little-endian words, strings and frames of an envelope, never beyond the end it was given. */
export class ByteReader {
  readonly #view: DataView;
  readonly #what: string;
  #at: number;
  readonly #stop: number;
  /** @param what For messages. */
  constructor(view: DataView, what: string, start = 0, stop = view.byteLength) {
    this.#view = view;
    this.#what = what;
    this.#at = start;
    this.#stop = stop;
  }

  get left(): number {
    return this.#stop - this.#at;
  }

  damaged(how: string): CygnetError {
    return new CygnetError('corrupt-data', `${this.#what}: ${how}.`);
  }

  unsupported(what: string): CygnetError {
    return new CygnetError('unsupported', `${this.#what}: ${what}.`);
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  bits64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  int64(): number {
    return Number(this.#view.getBigInt64(this.#take(8), true));
  }

  /** A length, position or count: no file has one of 2^53 or more. */
  size(): number {
    const value = Number(this.bits64());
    if (!Number.isSafeInteger(value)) throw this.damaged('a length is impossible');
    return value;
  }

  string(): string {
    const length = this.uint32();
    const start = this.#take(length);
    return utf8.decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length));
  }

  /** A record frame: its payload as a reader of its own. Bytes behind what is known of it are skipped. */
  record(): ByteReader {
    const start = this.#at;
    const length = this.int64();
    if (!(length >= 8)) throw this.damaged('a record frame is damaged');
    return this.#inner(start, length);
  }

  /** A list frame: how many items it says it has, and a reader of them. */
  list(): { readonly count: number; readonly items: ByteReader } {
    const start = this.#at;
    const length = -this.int64();
    if (!(length >= 12)) throw this.damaged('a list frame is damaged');
    const count = this.uint32();
    const items = this.#inner(start, length);
    if (count > items.left) throw this.damaged('a list frame has more items than bytes');
    return { count, items };
  }

  /** Every item of a list of record frames, read by `read`. */
  records<T>(read: (record: ByteReader, index: number) => T): readonly T[] {
    const { count, items } = this.list();
    return Array.from({ length: count }, (_, index) => read(items.record(), index));
  }

  skip(length: number): void {
    this.#take(length);
  }

  #inner(start: number, length: number): ByteReader {
    const from = this.#at;
    this.#at = start;
    const stop = this.#take(length) + length;
    if (stop < from) throw this.damaged('a frame is shorter than its own head');
    return new ByteReader(this.#view, this.#what, from, stop);
  }

  #take(length: number): number {
    const start = this.#at;
    if (!(length >= 0 && length <= this.#stop - start)) throw this.damaged('the metadata end early');
    this.#at = start + length;
    return start;
  }
}
