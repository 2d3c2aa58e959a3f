import { CygnetError, columnLength, didYouMean } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

/**
 * One event of a table, by column name: a number (for timestamps the microseconds since 1970), for string columns the
 * string, for jagged ones a plain array, for records an object of their fields.
 * It is one moving view: read what you need in the call, do not keep it.
 */
export type Row<Value = number> = { readonly [column: string]: Value };

/** What a function says it reads of a row: `(row: { pt: number; channel: string }) => …`. */
export interface RowShape {
  readonly [column: string]: unknown;
}

const entryOf = (column: Column, index: number): unknown => {
  switch (column.kind) {
    case 'flat': {
      const value = column.values[index] as number | bigint;
      return typeof value === 'bigint' ? Number(value) : value;
    }
    case 'string':
      return column.values[index];
    case 'record':
      return Object.fromEntries([...column.fields].map(([name, field]) => [name, entryOf(field, index)]));
    case 'jagged': {
      const list: unknown[] = [];
      const stop = column.offsets[index + 1] as number;
      for (let i = column.offsets[index] as number; i < stop; i++) list.push(entryOf(column.content, i));
      return list;
    }
  }
};

/** Calls `visit` with each row; a column that is not there is an error, not `undefined`. */
export const forEachRow = <R extends RowShape = Row>(
  columns: ReadonlyMap<string, Column>,
  visit: (row: R, index: number) => void,
): void => {
  let index = 0;
  const missing = new Proxy(Object.create(null) as object, {
    get: (_, name) => {
      if (typeof name === 'symbol') return undefined;
      throw new CygnetError('column-not-found', `No column "${name}" in a row. ${didYouMean(name, columns.keys())}`);
    },
  });
  const row = Object.create(missing) as R;
  let length = 0;
  for (const [name, column] of columns) {
    length = columnLength(column);
    Object.defineProperty(row, name, { get: () => entryOf(column, index), enumerable: true });
  }
  for (; index < length; index++) visit(row, index);
};
