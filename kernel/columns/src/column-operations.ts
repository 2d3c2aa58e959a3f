import type { Column, NumericArray, NumericType, RecordColumn } from './column.ts';

/** A zeroed array for `length` numbers of a type. */
export const newNumericArray = (type: NumericType, length: number): NumericArray => {
  switch (type) {
    case 'bool':
    case 'uint8':
      return new Uint8Array(length);
    case 'int8':
      return new Int8Array(length);
    case 'int16':
      return new Int16Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'int64':
    case 'timestamp':
      return new BigInt64Array(length);
    case 'uint64':
      return new BigUint64Array(length);
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
  }
};

/** The type of the numbers in an array; a `Uint8Array` is `uint8`, a `BigInt64Array` `int64`. */
export const numericTypeOf = (values: NumericArray): NumericType => {
  if (values instanceof Float64Array) return 'float64';
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Int32Array) return 'int32';
  if (values instanceof Uint32Array) return 'uint32';
  if (values instanceof Int16Array) return 'int16';
  if (values instanceof Uint16Array) return 'uint16';
  if (values instanceof Int8Array) return 'int8';
  if (values instanceof Uint8Array) return 'uint8';
  return values instanceof BigInt64Array ? 'int64' : 'uint64';
};

/** Number of entries of a column; 0 for a record without fields. */
export const columnLength = (column: Column): number => {
  switch (column.kind) {
    case 'flat':
    case 'string':
      return column.values.length;
    case 'jagged':
      return column.offsets.length - 1;
    case 'record': {
      for (const field of column.fields.values()) return columnLength(field);
      return 0;
    }
  }
};

/**
 * A record an entry of some fields, which are shared, not copied.
 *
 * @throws RangeError when there is none, or their lengths differ.
 * @example
 * recordColumn({ pt, eta, phi, mass });
 */
export const recordColumn = (
  fields: { readonly [field: string]: Column } | ReadonlyMap<string, Column>,
): RecordColumn => {
  const named =
    fields instanceof Map
      ? (fields as ReadonlyMap<string, Column>)
      : new Map(Object.entries(fields as { readonly [field: string]: Column }));
  let length: number | undefined;
  for (const [name, field] of named) {
    const own = columnLength(field);
    length ??= own;
    if (own !== length) {
      throw new RangeError(
        `Field "${name}" has ${own} entries, the fields before it ${length}. A record needs the same number.`,
      );
    }
  }
  if (length === undefined) throw new RangeError('A record needs at least one field.');
  return { kind: 'record', fields: named };
};

const mapFields = (column: RecordColumn, change: (field: Column) => Column): RecordColumn => ({
  kind: 'record',
  fields: new Map([...column.fields].map(([name, field]) => [name, change(field)])),
});

/** In words: `float32`, `list of float32`, `string`, `{pt: float32, eta: float32}`. */
export const columnTypeName = (column: Column): string => {
  switch (column.kind) {
    case 'flat':
      return column.type;
    case 'jagged':
      return `list of ${columnTypeName(column.content)}`;
    case 'string':
      return 'string';
    case 'record':
      return `{${[...column.fields].map(([name, field]) => `${name}: ${columnTypeName(field)}`).join(', ')}}`;
  }
};

/** Entries `[start, stop)`. Flat and jagged content is shared, not copied; the offsets of jagged columns are copied. */
export const sliceColumn = (column: Column, start: number, stop: number): Column => {
  switch (column.kind) {
    case 'flat':
      return { kind: 'flat', type: column.type, values: column.values.subarray(start, stop) };
    case 'string':
      return { kind: 'string', values: column.values.slice(start, stop) };
    case 'record':
      return mapFields(column, (field) => sliceColumn(field, start, stop));
    case 'jagged': {
      const first = column.offsets[start] ?? 0;
      const offsets = column.offsets.slice(start, stop + 1);
      for (let i = 0; i < offsets.length; i++) offsets[i] = (offsets[i] as number) - first;
      const content = sliceColumn(column.content, first, first + (offsets[offsets.length - 1] ?? 0));
      return { kind: 'jagged', offsets: offsets.length > 0 ? offsets : new Int32Array(1), content };
    }
  }
};

const takeNumbers = (values: NumericArray, type: NumericType, indices: ArrayLike<number>): NumericArray => {
  const length = indices.length;
  const taken = newNumericArray(type, length);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const target = taken as BigInt64Array;
    for (let i = 0; i < length; i++) target[i] = values[indices[i] as number] as bigint;
  } else {
    const target = taken as Float64Array;
    for (let i = 0; i < length; i++) target[i] = values[indices[i] as number] as number;
  }
  return taken;
};

/** The entries at `indices`, in that order; copied. Indices must lie inside the column. */
export const takeColumn = (column: Column, indices: ArrayLike<number>): Column => {
  switch (column.kind) {
    case 'flat':
      return { kind: 'flat', type: column.type, values: takeNumbers(column.values, column.type, indices) };
    case 'string':
      return { kind: 'string', values: Array.from(indices, (i) => column.values[i] as string) };
    case 'record':
      return mapFields(column, (field) => takeColumn(field, indices));
    case 'jagged': {
      const offsets = new Int32Array(indices.length + 1);
      for (let i = 0; i < indices.length; i++) {
        const entry = indices[i] as number;
        const count = (column.offsets[entry + 1] as number) - (column.offsets[entry] as number);
        offsets[i + 1] = (offsets[i] as number) + count;
      }
      const inner = new Int32Array(offsets[indices.length] as number);
      for (let i = 0, to = 0; i < indices.length; i++) {
        const entry = indices[i] as number;
        const stop = column.offsets[entry + 1] as number;
        for (let from = column.offsets[entry] as number; from < stop; from++) inner[to++] = from;
      }
      return { kind: 'jagged', offsets, content: takeColumn(column.content, inner) };
    }
  }
};

const concatNumbers = (type: NumericType, parts: readonly NumericArray[]): NumericArray => {
  const joined = newNumericArray(
    type,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    (joined as Float64Array).set(part as Float64Array, at);
    at += part.length;
  }
  return joined;
};

/**
 * Columns of one kind and type, one after the other. A single part is returned as it is, not copied.
 *
 * @throws TypeError when the parts differ in kind or type, or there is none.
 * @throws RangeError when jagged content has more than 2^31 - 1 items.
 */
export const concatColumns = (parts: readonly Column[]): Column => {
  const [first] = parts;
  if (first === undefined) throw new TypeError('Nothing to concatenate.');
  if (parts.length === 1) return first;
  const name = columnTypeName(first);
  const odd = parts.find((part) => columnTypeName(part) !== name);
  if (odd !== undefined) throw new TypeError(`Cannot concatenate ${name} and ${columnTypeName(odd)}.`);
  switch (first.kind) {
    case 'flat':
      return {
        kind: 'flat',
        type: first.type,
        values: concatNumbers(
          first.type,
          parts.map((part) => (part.kind === 'flat' ? part.values : new Uint8Array())),
        ),
      };
    case 'string':
      return { kind: 'string', values: parts.flatMap((part) => (part.kind === 'string' ? part.values : [])) };
    case 'record': {
      const records = parts.filter((part) => part.kind === 'record');
      const fieldOf = (name: string): Column => concatColumns(records.map((part) => part.fields.get(name) as Column));
      return { kind: 'record', fields: new Map([...first.fields.keys()].map((name) => [name, fieldOf(name)])) };
    }
    case 'jagged': {
      const jagged = parts.filter((part) => part.kind === 'jagged');
      const offsets = new Int32Array(jagged.reduce((sum, part) => sum + part.offsets.length - 1, 1));
      let at = 0;
      let base = 0;
      for (const part of jagged) {
        const entries = part.offsets.length - 1;
        const items = part.offsets[entries] as number;
        if (base + items > 2 ** 31 - 1) throw new RangeError('More than 2^31 - 1 items in one jagged column.');
        for (let i = 1; i <= entries; i++) offsets[at + i] = base + (part.offsets[i] as number);
        at += entries;
        base += items;
      }
      return { kind: 'jagged', offsets, content: concatColumns(jagged.map((part) => part.content)) };
    }
  }
};

/** All numbers of a column, the lists of a jagged one joined; undefined for strings and records. Shared, not copied. */
export const flattenColumn = (column: Column): NumericArray | undefined => {
  switch (column.kind) {
    case 'flat':
      return column.values;
    case 'string':
    case 'record':
      return undefined;
    case 'jagged':
      return flattenColumn(column.content);
  }
};
