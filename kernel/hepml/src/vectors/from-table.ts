import { recordColumn, takeColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import { haveEqualShapes, putTogether, spreadTo, takeApart } from './shape.ts';
import { Vectors } from './vectors.ts';

/** Which columns, or expressions, are which components: one of each group, by any name that `vector` knows. */
export interface VectorFields {
  readonly [component: string]: string;
}

/**
 * The four-vectors of a record column, or of lists of records.
 *
 * @throws CygnetError `column-not-found`, `unsupported` when the fields make no four-vector.
 * @example
 * vectors.of(table, 'muons').pt;
 */
export const of = (table: Table, column: string): Vectors => Vectors.ofColumn(column, table.column(column));

/**
 * Four-vectors out of columns, or of expressions: `px, py` or `pt, phi`; `pz`, `eta` or `theta`; `E` or `mass`. Numbers that are
 * not doubles are copied.
 *
 * @throws CygnetError `column-not-found`, `bad-expression`, `unsupported`. RangeError when lists differ in length.
 * @example
 * vectors.from(table, { pt: 'jet_pt', eta: 'jet_eta', phi: 'jet_phi', mass: 'jet_mass' });
 * vectors.from(table, { pt: 'jet_pt[0]', eta: 'jet_eta[0]', phi: 'jet_phi[0]', mass: '0' }); // the leading jets
 */
export const from = (table: Table, fields: VectorFields): Vectors => {
  const columns = Object.entries(fields).map(([name, text]) => ({ name, text, ...takeApart(table.evaluate(text)) }));
  const [first, ...more] = columns;
  if (first === undefined) throw new RangeError('A four-vector needs fields, for example pt, eta, phi and mass.');
  const deepest = more.reduce((best, one) => (one.shape.levels.length > best.shape.levels.length ? one : best), first);
  const contents = columns.map(({ name, text, shape, content }): readonly [string, Column] => {
    if (haveEqualShapes(shape, deepest.shape)) return [name, content];
    const places = spreadTo(deepest.shape, shape);
    if (places !== undefined) return [name, takeColumn(content, places)];
    throw new RangeError(`"${text}" and "${deepest.text}" do not have the same number of values in each event.`);
  });
  const name = Object.values(fields).join(', ');
  return Vectors.ofColumn(name, putTogether(deepest.shape, recordColumn(new Map(contents))));
};
