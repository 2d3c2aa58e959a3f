import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { Column } from '@cygnet/columns';
import type { Table } from './table.ts';

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const addColumn = (hash: Hash, column: Column): void => {
  switch (column.kind) {
    case 'flat':
      hash.update(`flat ${column.type} ${column.values.length}\n`).update(bytesOf(column.values));
      return;
    case 'string':
      hash.update(`string ${column.values.length}\n`);
      for (const value of column.values) hash.update(`${Buffer.byteLength(value)}:${value}\n`);
      return;
    case 'record':
      hash.update(`record ${column.fields.size}\n`);
      for (const [name, field] of column.fields) {
        hash.update(`field ${JSON.stringify(name)} `);
        addColumn(hash, field);
      }
      return;
    case 'jagged':
      hash.update(`jagged ${column.offsets.length - 1}\n`).update(bytesOf(column.offsets));
      addColumn(hash, column.content);
  }
};

/**
 * SHA-256, in hex, of some columns of a table: their names, types, lengths and values (little-endian), in the order
 * given. Equal data give equal hashes, wherever they were read from.
 *
 * @example
 * tableSha256(train, train.featureNames());
 */
export const tableSha256 = (table: Table, names: readonly string[] = table.columnNames): string => {
  const hash = createHash('sha256');
  for (const name of names) {
    hash.update(`column ${JSON.stringify(name)} `);
    addColumn(hash, table.column(name));
  }
  return hash.digest('hex');
};
