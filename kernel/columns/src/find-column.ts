import type { Column } from './column.ts';

/** Columns by name. */
export interface ColumnLookup {
  get(name: string): Column | undefined;
  keys(): Iterable<string>;
}

/** A field of a record; of lists of records the lists of that field, with the same offsets. Shared, not copied. */
const fieldOf = (column: Column, field: string): Column | undefined => {
  switch (column.kind) {
    case 'record':
      return column.fields.get(field);
    case 'jagged': {
      const content = fieldOf(column.content, field);
      return content === undefined ? undefined : { kind: 'jagged', offsets: column.offsets, content };
    }
    case 'flat':
    case 'string':
      return undefined;
  }
};

/**
 * The column of a name, or the field of a record: `muon.pt` is field `pt` of column `muon`, of every muon if there are
 * lists of them. A column that is itself called `muon.pt` comes first. Nothing is copied.
 *
 * @example
 * findColumn(columns, 'jets.pt');
 */
export const findColumn = (columns: ColumnLookup, name: string): Column | undefined => {
  const direct = columns.get(name);
  if (direct !== undefined) return direct;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const parent = findColumn(columns, name.slice(0, dot));
    const found = parent === undefined ? undefined : fieldOf(parent, name.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
};

const fieldNames = (column: Column, prefix: string): readonly string[] => {
  switch (column.kind) {
    case 'record':
      return [...column.fields].flatMap(([name, field]) => [
        `${prefix}.${name}`,
        ...fieldNames(field, `${prefix}.${name}`),
      ]);
    case 'jagged':
      return fieldNames(column.content, prefix);
    case 'flat':
    case 'string':
      return [];
  }
};

/** All names that {@link findColumn} knows: of columns, and of fields of records as `column.field`. */
export const allColumnNames = (columns: ColumnLookup): readonly string[] =>
  [...columns.keys()].flatMap((name) => {
    const column = columns.get(name);
    return column === undefined ? [name] : [name, ...fieldNames(column, name)];
  });
