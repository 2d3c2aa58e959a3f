/** Small checks that the guards of this room are made of. They look at shape, not at physics. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isString = (value: unknown): value is string => typeof value === 'string';

export const isNumber = (value: unknown): value is number => typeof value === 'number';

/** JSON has no NaN: a number that could not be computed travels as null. */
export const isNumberOrNull = (value: unknown): value is number | null => value === null || isNumber(value);

export const isArrayOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isItem);

export const isOptional = <T>(value: unknown, isItem: (item: unknown) => item is T): value is T | undefined =>
  value === undefined || isItem(value);
