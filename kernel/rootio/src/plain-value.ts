import type { NumericArray } from '@cygnet/columns';
import { isStreamedObject } from './streamed/streamed-object.ts';

/** Numbers that an object holds, as they are stored. */
export type PlainArray = NumericArray;

/** An object's members by their C++ names, those of base classes among them; `_typename` is its class. */
export interface PlainObject {
  readonly _typename: string;
  readonly [member: string]: PlainValue;
}

/** What an object of a file is made of. Lists are arrays; maps are arrays of pairs; a null pointer is null. */
export type PlainValue = null | boolean | number | string | PlainArray | readonly PlainValue[] | PlainObject;

/**
 * Plain data of what was read. Objects that are pointed to from several places are one object.
 * Members of a record without a name of their own do not exist.
 */
export const plainValue = (value: unknown): PlainValue => {
  const known = new Map<object, PlainValue>();
  const convert = (one: unknown): PlainValue => {
    if (one === undefined || one === null) return null;
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return one;
    if (ArrayBuffer.isView(one)) return one as PlainArray;
    const before = known.get(one);
    if (before !== undefined) return before;
    if (Array.isArray(one)) {
      const items: PlainValue[] = [];
      known.set(one, items);
      for (const item of one) items.push(convert(item));
      return items;
    }
    if (!isStreamedObject(one)) return null;
    const object: { _typename: string; [member: string]: PlainValue } = { _typename: one.className };
    known.set(one, object);
    for (const [name, member] of one.members) {
      Object.defineProperty(object, name, {
        value: convert(member),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return object;
  };
  return convert(value);
};
