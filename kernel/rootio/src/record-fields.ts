import type { Column, NumericType } from '@cygnet/columns';

const cppNames: { readonly [type in NumericType]?: string } = { float32: 'float', float64: 'double', bool: 'bool' };

/** A column's type in C++ words: `double[]`. */
const cppTypeName = (column: Column): string => {
  switch (column.kind) {
    case 'flat':
      return cppNames[column.type] ?? `${column.type}_t`;
    case 'string':
      return 'std::string';
    case 'jagged':
      return `${cppTypeName(column.content)}[]`;
    case 'record':
      return 'struct';
  }
};

/** A field of records, by its path: `fP.fX`. */
export interface RecordField {
  readonly name: string;
  readonly path: string;
  readonly typeName: string;
  readonly fields: readonly RecordField[];
}

/** The fields of a column's records, of lists of records too; none when it has no records. */
export const recordFields = (column: Column, before = ''): readonly RecordField[] => {
  if (column.kind === 'jagged') {
    return recordFields(column.content, before).map((field) => ({ ...field, typeName: `${field.typeName}[]` }));
  }
  if (column.kind !== 'record') return [];
  return [...column.fields].map(([name, field]) => {
    const path = `${before}${name}`;
    return { name, path, typeName: cppTypeName(field), fields: recordFields(field, `${path}.`) };
  });
};

/** One field of records, by its path; lists of records give lists of it. Shared, not copied. */
export const pickField = (column: Column, path: string): Column | undefined => {
  if (column.kind === 'jagged') {
    const content = pickField(column.content, path);
    return content && { kind: 'jagged', offsets: column.offsets, content };
  }
  if (column.kind !== 'record') return undefined;
  const [first = '', ...rest] = path.split('.');
  const field = column.fields.get(first);
  return field === undefined || rest.length === 0 ? field : pickField(field, rest.join('.'));
};
