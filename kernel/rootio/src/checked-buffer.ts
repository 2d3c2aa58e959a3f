/// <reference types="jsroot" />
import { TBuffer } from 'jsroot/io';

/** What JSROOT knows of a member that is an array. */
interface ArrayHandle {
  readonly fArrayDim: number;
  readonly fMaxIndex: ArrayLike<number>;
  readonly fArrayLength: number;
}

/** JSROOT's own reader of streamed objects, as far as it is used here. */
interface JsrootBuffer {
  fTagOffset: number;
  remain(): number;
  mapObject(tag: number, object: object): void;
  classStreamer(object: object, className: string): unknown;
  readObjectAny(): unknown;
  readFastArray(count: number, kind: number): unknown;
  readNdimArray(handle: ArrayHandle, read: unknown): unknown;
}

const Buffer = TBuffer as unknown as new (view: DataView, position: number, file: object) => JsrootBuffer;

/** ROOT's arrays have at most this many dimensions. */
const mostDimensions = 5;

/**
 * JSROOT's reader with limits: it believes every count in a file, and a damaged one makes it fill the memory before it
 * notices the end of the data.
 */
export class CheckedBuffer extends Buffer {
  /** No object is stored in less than a byte. */
  #objectsLeft: number;
  constructor(raw: Uint8Array, file: object) {
    super(new DataView(raw.buffer, raw.byteOffset, raw.byteLength), 0, file);
    this.#objectsLeft = 2 * raw.byteLength + 1000;
  }

  override classStreamer(object: object, className: string): unknown {
    this.#countObject();
    return super.classStreamer(object, className);
  }

  override readObjectAny(): unknown {
    this.#countObject();
    return super.readObjectAny();
  }

  override readFastArray(count: number, kind: number): unknown {
    this.#expectRoom(count);
    return super.readFastArray(count, kind);
  }

  override readNdimArray(handle: ArrayHandle, read: unknown): unknown {
    const { fArrayDim: dimensions, fMaxIndex: sizes, fArrayLength: length } = handle;
    if (dimensions > mostDimensions) throw new Error('A member has too many dimensions');
    let items = dimensions > 0 ? 1 : Math.max(1, length);
    for (let i = 0; i < dimensions; i++) items *= Number(sizes[i]);
    this.#expectRoom(items);
    return super.readNdimArray(handle, read);
  }

  #countObject(): void {
    if (this.#objectsLeft-- <= 0) throw new Error('More objects than bytes');
  }

  #expectRoom(count: number): void {
    if (count > 0 && !(count <= this.remain())) throw new Error('An array is longer than its data');
  }
}
