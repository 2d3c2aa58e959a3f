import type { Column } from '@cygnet/columns';
import { elements } from '../element.ts';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import { skipTObject } from '../streamed/streamer-info.ts';
import type { Builder } from './builder.ts';
import { Ends } from './list-builders.ts';
import { NumberBuilder, TextBuilder } from './plain-builders.ts';

/** `TNamed`: a name and a title. */
export class NamedBuilder implements Builder {
  readonly hasHeader = false;
  readonly name = new TextBuilder('TString');
  readonly title = new TextBuilder('TString');
  readItem(buffer: StreamBuffer): void {
    const header = buffer.header();
    skipTObject(buffer);
    this.name.readItem(buffer);
    this.title.readItem(buffer);
    buffer.finish(header, 'a TNamed');
  }
  finish(): Column {
    const fields = new Map([
      ['fName', this.name.finish()],
      ['fTitle', this.title.finish()],
    ]);
    return { kind: 'record', fields };
  }
}

/** `TRef`: the number of the object that it refers to, as field `ref`. */
export class ReferenceBuilder implements Builder {
  readonly hasHeader = false;
  readonly numbers = new NumberBuilder(elements.uint32);
  readItem(buffer: StreamBuffer): void {
    buffer.take(2);
    this.numbers.readItem(buffer);
    buffer.take(6);
  }
  finish(): Column {
    return { kind: 'record', fields: new Map([['ref', this.numbers.finish()]]) };
  }
}

/** `TRefArray`: name, size and the numbers of the objects that it refers to. */
export class ReferenceArrayBuilder implements Builder {
  readonly hasHeader = false;
  readonly #names = new TextBuilder('TString');
  readonly #sizes = new NumberBuilder(elements.int32);
  readonly #numbers = new NumberBuilder(elements.int32);
  readonly #ends = new Ends();
  readItem(buffer: StreamBuffer): void {
    const header = buffer.header();
    skipTObject(buffer);
    this.#names.readItem(buffer);
    this.#sizes.readItem(buffer);
    const size = this.#sizes.last();
    buffer.take(6);
    if (!(size >= 0 && 4 * size <= buffer.left)) throw buffer.damaged(`${size} references do not fit`);
    this.#numbers.readItems(buffer, size);
    this.#ends.add(size);
    buffer.finish(header, 'a TRefArray');
  }
  finish(): Column {
    const fields = new Map([
      ['fName', this.#names.finish()],
      ['fSize', this.#sizes.finish()],
      ['refs', this.#ends.wrap(this.#numbers.finish())],
    ]);
    return { kind: 'record', fields };
  }
}
