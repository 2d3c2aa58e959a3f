import { columnTypeName, newNumericArray } from '@cygnet/columns';
import type { Column, NumericType } from '@cygnet/columns';

/** What a column holds, without its values. */
export type ColumnType =
  | { readonly kind: 'flat'; readonly type: NumericType }
  | { readonly kind: 'string' }
  | { readonly kind: 'jagged'; readonly content: ColumnType }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, ColumnType> };

export const flatType = (type: NumericType): ColumnType => ({ kind: 'flat', type });

export const typeOf = (column: Column): ColumnType => {
  switch (column.kind) {
    case 'flat':
      return flatType(column.type);
    case 'string':
      return { kind: 'string' };
    case 'jagged':
      return { kind: 'jagged', content: typeOf(column.content) };
    case 'record':
      return { kind: 'record', fields: new Map([...column.fields].map(([name, field]) => [name, typeOf(field)])) };
  }
};

/** A column of this type without entries. */
export const emptyColumn = (type: ColumnType): Column => {
  switch (type.kind) {
    case 'flat':
      return { kind: 'flat', type: type.type, values: newNumericArray(type.type, 0) };
    case 'string':
      return { kind: 'string', values: [] };
    case 'jagged':
      return { kind: 'jagged', offsets: new Int32Array(1), content: emptyColumn(type.content) };
    case 'record':
      return {
        kind: 'record',
        fields: new Map([...type.fields].map(([name, field]) => [name, emptyColumn(field)])),
      };
  }
};

/** In words, as `columnTypeName` says it: `list of float32`, `{pt: float32, q: int8}`. */
export const typeName = (type: ColumnType): string => columnTypeName(emptyColumn(type));

const flatNames: ReadonlySet<string> = new Set<NumericType>([
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
  'timestamp',
]);

/** Reads what {@link typeName} wrote. @throws TypeError for anything else. */
export const parseType = (text: string): ColumnType => {
  let at = 0;
  const wrong = (): TypeError =>
    new TypeError(
      `"${text}" is no column type. Types are ${[...flatNames].join(', ')}, string, "list of …" and "{name: type, …}".`,
    );
  const skip = (word: string): boolean => {
    if (!text.startsWith(word, at)) return false;
    at += word.length;
    return true;
  };
  const one = (): ColumnType => {
    if (skip('list of ')) return { kind: 'jagged', content: one() };
    if (skip('{')) {
      const fields = new Map<string, ColumnType>();
      do {
        const colon = text.indexOf(': ', at);
        if (colon < 0) throw wrong();
        const name = text.slice(at, colon);
        at = colon + 2;
        fields.set(name, one());
      } while (skip(', '));
      if (!skip('}')) throw wrong();
      return { kind: 'record', fields };
    }
    const word = /^[a-z]+\d*/.exec(text.slice(at))?.[0] ?? '';
    at += word.length;
    if (word === 'string') return { kind: 'string' };
    if (flatNames.has(word)) return flatType(word as NumericType);
    throw wrong();
  };
  const type = one();
  if (at !== text.length) throw wrong();
  return type;
};
