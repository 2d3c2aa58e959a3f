import { CygnetError } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';
import { readMember, readMemberWiseVersion, readMembers } from './builder.ts';
import type { Builder } from './builder.ts';
import { NumberBuilder } from './plain-builders.ts';
import type { RecordBuilder } from './record-builder.ts';

/** Ends of lists, growing. */
export class Ends {
  readonly #ends: number[] = [0];
  #last = 0;
  add(count: number): void {
    this.#last += count;
    if (this.#last > 2 ** 31 - 1)
      throw new CygnetError('unsupported', 'More than 2^31 - 1 items in one jagged column.');
    this.#ends.push(this.#last);
  }
  wrap(content: Column): Column {
    return { kind: 'jagged', offsets: Int32Array.from(this.#ends), content };
  }
}

const readRun = (item: Builder, buffer: StreamBuffer, count: number): void => {
  if (item instanceof NumberBuilder) item.readItems(buffer, count);
  else for (let i = 0; i < count; i++) item.readItem(buffer);
};

/** `vector` and its like: a count, then the items. */
export class CollectionBuilder implements Builder {
  readonly hasHeader = true;
  readonly #ends = new Ends();
  readonly #item: Builder;
  readonly #record: RecordBuilder | undefined;
  /** @param record The same as `item` when that is a class, which can be stored member by member. */
  constructor(item: Builder, record?: RecordBuilder) {
    this.#item = item;
    this.#record = record;
  }
  readItem(buffer: StreamBuffer): void {
    const count = buffer.count();
    buffer.nested(() => readRun(this.#item, buffer, count));
    this.#ends.add(count);
  }
  memberWise(buffer: StreamBuffer): () => void {
    const record = this.#record;
    if (record === undefined) throw buffer.unsupported('A collection stored member by member is not of a class.');
    const { version, checksum } = readMemberWiseVersion(buffer);
    record.accept(buffer, version, checksum);
    return () => {
      const count = buffer.count();
      if (count > 0) record.readAllMemberWise(buffer, count);
      this.#ends.add(count);
    };
  }
  finish(): Column {
    return this.#ends.wrap(this.#item.finish());
  }
}

/** Keys and values as records with the members of `std::pair`. */
const pairColumn = (first: Builder, second: Builder): Column => ({
  kind: 'record',
  fields: new Map([
    ['first', first.finish()],
    ['second', second.finish()],
  ]),
});

/** `map`: a count, then keys and values in turn. In columns a list of records with `first` and `second`. */
export class MapBuilder implements Builder {
  readonly hasHeader = true;
  readonly #ends = new Ends();
  readonly #first: Builder;
  readonly #second: Builder;
  constructor(first: Builder, second: Builder) {
    this.#first = first;
    this.#second = second;
  }
  readItem(buffer: StreamBuffer): void {
    const count = buffer.count();
    for (let i = 0; i < count; i++) {
      this.#first.readItem(buffer);
      this.#second.readItem(buffer);
    }
    this.#ends.add(count);
  }
  memberWise(buffer: StreamBuffer): () => void {
    readMemberWiseVersion(buffer);
    return () => {
      const count = buffer.count();
      if (count > 0) {
        readMembers(this.#first, buffer, count);
        readMembers(this.#second, buffer, count);
      }
      this.#ends.add(count);
    };
  }
  finish(): Column {
    return this.#ends.wrap(pairColumn(this.#first, this.#second));
  }
}

/** `pair` inside of a collection. */
export class PairBuilder implements Builder {
  readonly hasHeader = false;
  readonly #first: Builder;
  readonly #second: Builder;
  constructor(first: Builder, second: Builder) {
    this.#first = first;
    this.#second = second;
  }
  readItem(buffer: StreamBuffer): void {
    this.#first.readItem(buffer);
    this.#second.readItem(buffer);
  }
  finish(): Column {
    return pairColumn(this.#first, this.#second);
  }
}

/** A fixed array, of any number of dimensions. */
export class ArrayBuilder implements Builder {
  readonly hasHeader = false;
  readonly #item: Builder;
  readonly #dimensions: readonly number[];
  readonly #count: number;
  #arrays = 0;
  constructor(item: Builder, dimensions: readonly number[]) {
    this.#item = item;
    this.#dimensions = dimensions;
    this.#count = dimensions.reduce((product, size) => product * size, 1);
  }
  readItem(buffer: StreamBuffer): void {
    if (this.#count > buffer.left) throw buffer.damaged(`an array of ${this.#count} items does not fit`);
    if (this.#item instanceof NumberBuilder) this.#item.readItems(buffer, this.#count);
    else for (let i = 0; i < this.#count; i++) readMember(this.#item, buffer);
    this.#arrays++;
  }
  finish(): Column {
    let column = this.#item.finish();
    let lists = this.#arrays * this.#count;
    for (const size of this.#dimensions.toReversed()) {
      lists /= size;
      column = { kind: 'jagged', offsets: Int32Array.from({ length: lists + 1 }, (_, i) => i * size), content: column };
    }
    return column;
  }
}

/** As many numbers as a member that was read before says, after a byte that says whether there are any. */
export class CountedBuilder implements Builder {
  readonly hasHeader = false;
  readonly #ends = new Ends();
  readonly #item: NumberBuilder;
  readonly #count: NumberBuilder;
  constructor(item: NumberBuilder, count: NumberBuilder) {
    this.#item = item;
    this.#count = count;
  }
  readItem(buffer: StreamBuffer): void {
    const count = buffer.uint8() === 0 ? 0 : this.#count.last();
    if (!(count >= 0 && count <= buffer.left)) throw buffer.damaged(`${count} items do not fit`);
    this.#item.readItems(buffer, count);
    this.#ends.add(count);
  }
  finish(): Column {
    return this.#ends.wrap(this.#item.finish());
  }
}

/** As many objects as a member that was read before says. */
export class LoopBuilder implements Builder {
  readonly hasHeader = true;
  readonly #ends = new Ends();
  readonly #item: Builder;
  readonly #count: NumberBuilder;
  constructor(item: Builder, count: NumberBuilder) {
    this.#item = item;
    this.#count = count;
  }
  readItem(buffer: StreamBuffer): void {
    const count = this.#count.last();
    if (!(count >= 0 && count <= buffer.left)) throw buffer.damaged(`${count} objects do not fit`);
    for (let i = 0; i < count; i++) this.#item.readItem(buffer);
    this.#ends.add(count);
  }
  finish(): Column {
    return this.#ends.wrap(this.#item.finish());
  }
}

/** `bitset`: a count, which is its size, then a byte a bit. */
export class BitsetBuilder implements Builder {
  readonly hasHeader = true;
  readonly #ends = new Ends();
  readonly #bits: NumberBuilder;
  readonly #size: number;
  constructor(bits: NumberBuilder, size: number) {
    this.#bits = bits;
    this.#size = size;
  }
  readItem(buffer: StreamBuffer): void {
    const count = buffer.count();
    if (count !== this.#size) throw buffer.damaged(`a bitset of ${this.#size} has ${count} bits`);
    this.#bits.readItems(buffer, count);
    this.#ends.add(count);
  }
  finish(): Column {
    return this.#ends.wrap(this.#bits.finish());
  }
}
