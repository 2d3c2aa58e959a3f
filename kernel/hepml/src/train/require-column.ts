import { CygnetError } from '@cygnet/columns';
import type { Table } from '../data/index.ts';

/** @throws CygnetError `column-not-found` with what the table has. */
export const requireColumn = (table: Table, name: string, role: string): void => {
  if (table.columnNames.includes(name)) return;
  throw new CygnetError(
    'column-not-found',
    `No column "${name}" in table "${table.name}" for the ${role}. It has: ${table.columnNames.join(', ')}.`,
  );
};
