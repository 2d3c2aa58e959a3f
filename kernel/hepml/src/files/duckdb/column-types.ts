import type { DuckDBListType, DuckDBType } from '@duckdb/node-api';
import type { NumericType } from '@cygnet/columns';
import { flatType } from '../core/column-type.ts';
import type { ColumnType } from '../core/column-type.ts';
import type { DuckDb } from './database.ts';
import { identifier } from './database.ts';

/** How a column of DuckDB is read: as which type of ours, and as which of DuckDB's own, to which it is cast. */
export interface ReadAs {
  readonly type: ColumnType;
  /** In SQL. */
  readonly sql: string;
}

const names: { readonly [type in NumericType]: string } = {
  bool: 'BOOLEAN',
  int8: 'TINYINT',
  uint8: 'UTINYINT',
  int16: 'SMALLINT',
  uint16: 'USMALLINT',
  int32: 'INTEGER',
  uint32: 'UINTEGER',
  int64: 'BIGINT',
  uint64: 'UBIGINT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  timestamp: 'TIMESTAMP',
};

/** DuckDB's type for one of ours, in SQL. */
export const sqlOf = (type: ColumnType): string => {
  switch (type.kind) {
    case 'flat':
      return names[type.type];
    case 'string':
      return 'VARCHAR';
    case 'jagged':
      return `${sqlOf(type.content)}[]`;
    case 'record':
      return `STRUCT(${[...type.fields].map(([name, field]) => `${identifier(name)} ${sqlOf(field)}`).join(', ')})`;
  }
};

/**
 * How a type of DuckDB is read: numbers, text, times, lists and structs as they are; integers of 128 bits as 64 bits, with an
 * error for those that do not fit; decimals as float64, dates as timestamps, enumerations and UUIDs as text. Undefined for what has no counterpart.
 */
export const readAs = ({ DuckDBTypeId }: DuckDb, type: DuckDBType): ReadAs | undefined => {
  const T = DuckDBTypeId;
  const ours = (column: ColumnType): ReadAs => ({ type: column, sql: sqlOf(column) });
  const flat = new Map<number, NumericType>([
    [T.BOOLEAN, 'bool'],
    [T.TINYINT, 'int8'],
    [T.UTINYINT, 'uint8'],
    [T.SMALLINT, 'int16'],
    [T.USMALLINT, 'uint16'],
    [T.INTEGER, 'int32'],
    [T.UINTEGER, 'uint32'],
    [T.BIGINT, 'int64'],
    [T.UBIGINT, 'uint64'],
    [T.FLOAT, 'float32'],
    [T.DOUBLE, 'float64'],
    [T.DECIMAL, 'float64'],
    [T.HUGEINT, 'int64'],
    [T.UHUGEINT, 'uint64'],
    [T.TIMESTAMP, 'timestamp'],
    [T.TIMESTAMP_S, 'timestamp'],
    [T.TIMESTAMP_MS, 'timestamp'],
    [T.TIMESTAMP_NS, 'timestamp'],
    [T.DATE, 'timestamp'],
  ]);
  const known = flat.get(type.typeId);
  if (known !== undefined) return ours(flatType(known));
  // The cast to TIMESTAMP would go by the session's time zone; the microseconds are UTC as they are.
  if (type.typeId === T.TIMESTAMP_TZ) return { type: flatType('timestamp'), sql: 'TIMESTAMP WITH TIME ZONE' };
  if ([T.VARCHAR, T.ENUM, T.UUID].includes(type.typeId)) return ours({ kind: 'string' });
  if (type.typeId === T.LIST || type.typeId === T.ARRAY) {
    const item = readAs({ DuckDBTypeId } as DuckDb, (type as DuckDBListType).valueType);
    return item && { type: { kind: 'jagged', content: item.type }, sql: `${item.sql}[]` };
  }
  if (type.typeId === T.STRUCT) {
    const { entryNames, entryTypes } = type;
    const fields = entryTypes.map((entry) => readAs({ DuckDBTypeId } as DuckDb, entry));
    const all = fields.filter((field) => field !== undefined);
    if (all.length < fields.length || all.length === 0) return undefined;
    return {
      type: { kind: 'record', fields: new Map(all.map((field, i) => [entryNames[i] ?? '', field.type])) },
      sql: `STRUCT(${all.map((field, i) => `${identifier(entryNames[i] ?? '')} ${field.sql}`).join(', ')})`,
    };
  }
  return undefined;
};
