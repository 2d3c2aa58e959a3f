/** Arrays that numeric columns are made of. Booleans are `Uint8Array` of 0 and 1 with type `bool`. */
export type NumericArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

/** One number an entry. A `timestamp` is a `BigInt64Array` of microseconds since 1970-01-01 UTC, as in Arrow and Parquet. */
export interface FlatColumn {
  readonly kind: 'flat';
  readonly type: NumericType;
  readonly values: NumericArray;
}

/** A list of numbers an entry: entry `i` is `content[offsets[i] .. offsets[i + 1])`. Deeper lists nest as content. */
export interface JaggedColumn {
  readonly kind: 'jagged';
  /** Length: entries + 1; starts at 0. */
  readonly offsets: Int32Array;
  readonly content: Column;
}

/** A string an entry. */
export interface StringColumn {
  readonly kind: 'string';
  readonly values: readonly string[];
}

/** A record an entry, for example a four-vector: one column a field, all of the same length. In a list: a list of records. */
export interface RecordColumn {
  readonly kind: 'record';
  /** At least one. */
  readonly fields: ReadonlyMap<string, Column>;
}

export type Column = FlatColumn | JaggedColumn | StringColumn | RecordColumn;

export type NumericType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'timestamp';
