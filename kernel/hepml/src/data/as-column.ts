import { numericTypeOf } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';

/** What a table can be made of: typed arrays and columns are adopted without a copy, plain arrays are converted. */
export type ColumnData =
  NumericArray | readonly number[] | readonly string[] | readonly boolean[] | readonly Date[] | Column;

const isTypedArray = (data: ColumnData): data is NumericArray => ArrayBuffer.isView(data);

/** @throws TypeError for anything that is no column. */
export const asColumn = (name: string, data: ColumnData): Column => {
  if (isTypedArray(data)) {
    if (data instanceof DataView || (data as unknown) instanceof Uint8ClampedArray) {
      throw new TypeError(
        `Column "${name}" is a ${data.constructor.name}, which holds no column. Use for example Float32Array.`,
      );
    }
    return { kind: 'flat', type: numericTypeOf(data), values: data };
  }
  if (!Array.isArray(data)) {
    if (typeof data === 'object' && data !== null && 'kind' in data) return data;
    throw new TypeError(
      `Column "${name}" is not an array. Use a typed array, number[], string[], boolean[] or Date[].`,
    );
  }
  const items: readonly unknown[] = data;
  if (items.every((item) => typeof item === 'number')) {
    return { kind: 'flat', type: 'float64', values: Float64Array.from(items) };
  }
  if (items.every((item) => typeof item === 'string')) return { kind: 'string', values: items };
  if (items.every((item) => typeof item === 'boolean')) {
    return { kind: 'flat', type: 'bool', values: Uint8Array.from(items, (item) => (item ? 1 : 0)) };
  }
  if (items.every((item) => item instanceof Date)) {
    const values = BigInt64Array.from(items, (date, index) => {
      if (Number.isNaN(date.getTime())) throw new TypeError(`Column "${name}" holds no valid date in event ${index}.`);
      return BigInt(date.getTime()) * 1000n;
    });
    return { kind: 'flat', type: 'timestamp', values };
  }
  throw new TypeError(
    `Column "${name}" mixes kinds of values. Use only numbers, only strings, only booleans or only dates.`,
  );
};
