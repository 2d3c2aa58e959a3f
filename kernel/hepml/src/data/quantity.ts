import { CygnetError, columnTypeName, compileExpression, findColumn, flattenColumn } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';

/** A column, a field of a record (`jets.pt`), or the value of an expression for each event. @throws BadExpression */
export const quantity = (columns: ReadonlyMap<string, Column>, length: number, text: string): Column =>
  findColumn(columns, text) ?? compileExpression(text).evaluateColumn(columns, length);

/** The numbers of a quantity; of lists all their items. @throws CygnetError `unsupported` for text and records. */
export const numbersIn = (text: string, column: Column): NumericArray => {
  const numbers = flattenColumn(column);
  if (numbers !== undefined) return numbers;
  throw new CygnetError('unsupported', `"${text}" is a ${columnTypeName(column)} an event; numbers are needed here.`);
};
