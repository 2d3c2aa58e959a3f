/**
 * Printed text on its way from the user's thread to the I/O thread, in shared memory: a cell may print millions of
 * lines without a message for each, what it printed is seen although it spins afterwards, and when the memory is full
 * printing waits until the other side has taken it.
 */

const charactersHeld = 262_144;
const headerInts = 4;
const [lockAt, lengthAt, turnAt, takenAt] = [0, 1, 2, 3];

/** How long a printing cell waits for the I/O thread before it gives up: by then that thread is dead. */
const patienceMs = 5000;

export const createPrintedTextMemory = (): SharedArrayBuffer =>
  new SharedArrayBuffer(headerInts * Int32Array.BYTES_PER_ELEMENT + 2 * charactersHeld);

/** One thread's view of the memory. All text in it belongs to one turn: one stream of one cell. */
export class PrintedText {
  readonly #header: Int32Array;
  readonly #text: Buffer;

  constructor(memory: SharedArrayBuffer) {
    this.#header = new Int32Array(memory, 0, headerInts);
    this.#text = Buffer.from(memory, headerInts * Int32Array.BYTES_PER_ELEMENT);
  }

  /** The turn that text is put in for now. */
  get turn(): number {
    return Atomics.load(this.#header, turnAt);
  }

  /**
   * Adds as much text as there is room for.
   *
   * @returns how many characters were added, and whether nothing was there before
   */
  put(text: string): { readonly added: number; readonly isFirst: boolean } {
    return this.#locked(() => {
      const length = this.#header[lengthAt] ?? 0;
      const added = Math.min(text.length, charactersHeld - length);
      this.#text.write(text.slice(0, added), 2 * length, 'utf16le');
      this.#header[lengthAt] = length + added;
      return { added, isFirst: length === 0 };
    });
  }

  /** Takes what is there, if it belongs to `turn`. */
  take(turn: number): string {
    return this.#locked(() => (turn === this.#header[turnAt] ? this.#empty() : ''));
  }

  /** Takes what is there and begins another turn. */
  endTurn(): string {
    return this.#locked(() => {
      Atomics.add(this.#header, turnAt, 1);
      return this.#empty();
    });
  }

  /** Blocks until the other thread has taken something or asks for patience; false if it does neither. */
  waitForRoom(): boolean {
    const taken = Atomics.load(this.#header, takenAt);
    if (Atomics.load(this.#header, lengthAt) < charactersHeld) return true;
    return Atomics.wait(this.#header, takenAt, taken, patienceMs) !== 'timed-out';
  }

  /** Tells a thread that waits for room to have patience. */
  soothe(): void {
    Atomics.add(this.#header, takenAt, 1);
    Atomics.notify(this.#header, takenAt);
  }

  #empty(): string {
    const text = this.#text.toString('utf16le', 0, 2 * (this.#header[lengthAt] ?? 0));
    this.#header[lengthAt] = 0;
    this.soothe();
    return text;
  }

  #locked<T>(action: () => T): T {
    while (Atomics.compareExchange(this.#header, lockAt, 0, 1) !== 0) Atomics.wait(this.#header, lockAt, 1, 1);
    try {
      return action();
    } finally {
      Atomics.store(this.#header, lockAt, 0);
      Atomics.notify(this.#header, lockAt);
    }
  }
}

const mostInFlight = 5000;

/** How often a thread that waits looks whether it was interrupted. */
const lookMs = 100;

/** How many messages the user's thread has sent that the I/O thread has not handled; too many, and it waits. */
export class InFlight {
  readonly #count: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#count = new Int32Array(memory);
  }

  /** Blocks while there are too many, unless `isInterrupted`. */
  sent(isInterrupted: () => boolean): void {
    let count = Atomics.add(this.#count, 0, 1) + 1;
    for (let waited = 0; count > mostInFlight && waited < patienceMs && !isInterrupted(); waited += lookMs) {
      Atomics.wait(this.#count, 0, count, lookMs);
      count = Atomics.load(this.#count, 0);
    }
  }

  handled(): void {
    const count = Atomics.sub(this.#count, 0, 1) - 1;
    if (count % (mostInFlight / 10) === 0) Atomics.notify(this.#count, 0);
  }
}
