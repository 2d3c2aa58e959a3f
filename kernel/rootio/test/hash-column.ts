import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { Column } from '@cygnet/columns';

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const addColumn = (hash: Hash, column: Column): void => {
  switch (column.kind) {
    case 'flat':
      hash.update(`flat ${column.type} ${column.values.length}\n`).update(bytesOf(column.values));
      return;
    case 'jagged':
      hash.update(`jagged ${column.offsets.length - 1}\n`).update(bytesOf(column.offsets));
      addColumn(hash, column.content);
      return;
    case 'string':
      hash.update(`string ${column.values.length}\n`);
      for (const value of column.values) {
        const bytes = Buffer.from(value, 'utf8');
        hash.update(bytesOf(Uint32Array.of(bytes.length))).update(bytes);
      }
      return;
    case 'record':
      hash.update(`record ${column.fields.size}\n`);
      for (const [name, field] of column.fields) {
        hash.update(`field ${name}\n`);
        addColumn(hash, field);
      }
  }
};

/** SHA-256 of a column's canonical bytes, as fixtures/golden.py defines them. */
export const hashColumn = (column: Column): string => {
  const hash = createHash('sha256');
  addColumn(hash, column);
  return hash.digest('hex');
};

/** Numbers and strings in a column, and offsets: how many values a comparison compared. */
export const countValues = (column: Column): number => {
  switch (column.kind) {
    case 'flat':
    case 'string':
      return column.values.length;
    case 'jagged':
      return column.offsets.length + countValues(column.content);
    case 'record':
      return [...column.fields.values()].reduce((sum, field) => sum + countValues(field), 0);
  }
};
