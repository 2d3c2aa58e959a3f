import { encodingOf } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import type { EncodedColumn } from './plan.ts';
import type { ColumnDescription, FieldDescription, Schema } from './schema.ts';

/** Fields with what belongs to them. */
export interface SchemaIndex {
  readonly topLevel: readonly FieldDescription[];
  readonly children: (field: FieldDescription) => readonly FieldDescription[];
  /** The columns of a field in order, each as its alternatives; a reason in words when they cannot be read. */
  readonly columns: (field: FieldDescription) => readonly (readonly EncodedColumn[])[] | string;
}

/** A projected field has the columns of the field it shows. */
const ownColumns = (schema: Schema): ReadonlyMap<number, readonly ColumnDescription[]> => {
  const all = schema.columns.map((column) => ({ fieldId: column.fieldId, column }));
  for (const { fieldId, columnId } of schema.aliases) {
    const column = schema.columns[columnId];
    if (column !== undefined) all.push({ fieldId, column });
  }
  const byField = Map.groupBy(all, ({ fieldId }) => fieldId);
  return new Map([...byField].map(([fieldId, found]) => [fieldId, found.map(({ column }) => column)]));
};

/** Transposes representations of columns to columns of representations, or says why it cannot. */
const alternatives = (
  columns: readonly ColumnDescription[],
  encoded: (column: ColumnDescription) => Encoding | undefined,
): readonly (readonly EncodedColumn[])[] | string => {
  const representations = [...Map.groupBy(columns, ({ representation }) => representation).values()];
  const count = representations[0]?.length ?? 0;
  if (representations.some(({ length }) => length !== count)) return 'Its column representations differ in number.';
  const result: EncodedColumn[][] = Array.from({ length: count }, () => []);
  for (const representation of representations) {
    for (const [i, description] of representation.entries()) {
      const encoding = encoded(description);
      if (encoding === undefined) {
        return `Its column type (0x${description.type.toString(16)}, ${description.bits} bits) is not known here.`;
      }
      result[i]?.push({ description, encoding });
    }
  }
  return result;
};

export const indexSchema = (schema: Schema): SchemaIndex => {
  const children = Map.groupBy(
    schema.fields.filter(({ id, parentId }) => id !== parentId),
    ({ parentId }) => parentId,
  );
  const columns = ownColumns(schema);
  return {
    topLevel: schema.fields.filter(({ id, parentId }) => id === parentId),
    children: ({ id }) => children.get(id) ?? [],
    columns: ({ id }) => alternatives(columns.get(id) ?? [], encodingOf),
  };
};
