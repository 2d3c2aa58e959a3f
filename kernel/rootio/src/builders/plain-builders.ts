import type { Column } from '@cygnet/columns';
import type { Element } from '../element.ts';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import { isReferenced } from '../streamed/streamer-info.ts';
import type { Builder } from './builder.ts';

const firstCapacity = 256;

/** Numbers: their bytes are gathered and decoded all at once. */
export class NumberBuilder implements Builder {
  readonly hasHeader = false;
  readonly element: Element;
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;
  constructor(element: Element) {
    this.element = element;
  }

  readItem(buffer: StreamBuffer): void {
    this.readItems(buffer, 1);
  }

  /** Numbers that lie next to each other. */
  readItems(buffer: StreamBuffer, count: number): void {
    const length = count * this.element.size;
    const start = buffer.take(length);
    const needed = this.#length + length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    if (length <= 8) {
      for (let i = 0; i < length; i++) this.#bytes[this.#length + i] = buffer.bytes[start + i] as number;
    } else {
      this.#bytes.set(buffer.bytes.subarray(start, start + length), this.#length);
    }
    this.#length = needed;
  }

  /** The number that was read last: the length of another member. */
  last(): number {
    const { size } = this.element;
    return this.#length < size
      ? 0
      : Number(this.element.decode(this.#bytes.subarray(this.#length - size, this.#length))[0]);
  }

  finish(): Column {
    return { kind: 'flat', type: this.element.type, values: this.element.decode(this.#bytes.slice(0, this.#length)) };
  }
}

/** The flags of `TObject`s. */
export class FlagsBuilder implements Builder {
  readonly hasHeader = false;
  readonly #values: number[] = [];
  readItem(buffer: StreamBuffer): void {
    const flags = buffer.uint32();
    if ((flags & isReferenced) !== 0) buffer.take(2);
    this.#values.push(flags);
  }
  finish(): Column {
    return { kind: 'flat', type: 'uint32', values: Uint32Array.from(this.#values) };
  }
}

/** Strings. */
export class TextBuilder implements Builder {
  readonly hasHeader: boolean;
  readonly #form: 'TString' | 'std::string' | 'char*';
  readonly #values: string[] = [];
  constructor(form: 'TString' | 'std::string' | 'char*') {
    this.hasHeader = form === 'std::string';
    this.#form = form;
  }
  readItem(buffer: StreamBuffer): void {
    this.#values.push(this.#form === 'char*' ? buffer.longText() : buffer.text());
  }
  finish(): Column {
    return { kind: 'string', values: this.#values };
  }
}
