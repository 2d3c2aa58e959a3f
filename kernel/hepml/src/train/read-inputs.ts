import { CygnetError, columnTypeName, type Column } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import type { InputLayout } from './input-layout.ts';
import type { EventInputs } from './sample.ts';

/** A list of numbers an event. */
interface NumberLists {
  readonly offsets: Int32Array;
  readonly values: ArrayLike<number | bigint>;
}

const numberLists = (column: Column): NumberLists | undefined =>
  column.kind === 'jagged' && column.content.kind === 'flat'
    ? { offsets: column.offsets, values: column.content.values }
    : undefined;

/** Jagged columns of numbers: what a model of particles, or of an image, can see. */
export const listColumns = (table: Table): readonly string[] =>
  table.columnNames.filter((name) => numberLists(table.column(name)) !== undefined);

const refuse = (message: string): never => {
  throw new CygnetError('training-failed', message);
};

const listsOf = (table: Table, name: string): NumberLists =>
  numberLists(table.column(name)) ??
  refuse(
    `Column "${name}" of table "${table.name}" holds a ${columnTypeName(table.column(name))} an event, not a list of numbers. Name columns with a number for each particle: { features: ['pt', 'eta'] }.`,
  );

const areEqual = (a: Int32Array, b: Int32Array): boolean =>
  a === b || (a.length === b.length && a.every((value, i) => value === b[i]));

/** Columns side by side: one row a particle. */
const readParticles = (table: Table, names: readonly string[]): EventInputs => {
  const lists = names.map((name) => listsOf(table, name));
  const [first] = lists as [NumberLists];
  lists.forEach(({ offsets }, i) => {
    if (!areEqual(offsets, first.offsets))
      refuse(
        `Columns "${names[0]}" and "${names[i]}" of table "${table.name}" have different numbers of values in an event; the columns of a set of particles have one value each for every particle.`,
      );
  });
  const width = names.length;
  // A slice of a table keeps its parent's content: offsets may start anywhere.
  const start = first.offsets[0] as number;
  const rows = (first.offsets[table.length] as number) - start;
  const matrix = new Float32Array(rows * width);
  lists.forEach(({ values }, column) => {
    for (let row = 0, at = column; row < rows; row++, at += width) matrix[at] = Number(values[start + row]);
  });
  const offsets = start === 0 ? first.offsets : first.offsets.map((offset) => offset - start);
  return { events: table.length, featureCount: width, matrix, rowsPerEvent: 0, offsets };
};

const readImage = (
  table: Table,
  names: readonly string[],
  [height, width, channels]: readonly [number, number, number],
): EventInputs => {
  const size = height * width * channels;
  const layout = { events: table.length, featureCount: channels, rowsPerEvent: height * width };
  const [only] = names as [string];
  if (names.length > 1 || table.column(only).kind === 'flat') {
    if (names.length !== size)
      refuse(
        `An image of ${height} x ${width} x ${channels} has ${size} numbers, but ${names.length} columns of table "${table.name}" are named. Name one column a pixel, row by row, or one column with ${size} numbers an event.`,
      );
    return { ...layout, matrix: table.matrix(names) };
  }
  const { offsets, values } = listsOf(table, only);
  const wrong = offsets.findIndex((offset, event) => event > 0 && offset - (offsets[event - 1] as number) !== size) - 1;
  if (wrong >= 0)
    refuse(
      `Event ${wrong} of table "${table.name}" has ${(offsets[wrong + 1] as number) - (offsets[wrong] as number)} numbers in "${only}"; an image of ${height} x ${width} x ${channels} has ${size}.`,
    );
  const start = offsets[0] as number;
  const stop = offsets[table.length] as number;
  const matrix =
    values instanceof Float32Array
      ? values.subarray(start, stop)
      : Float32Array.from({ length: stop - start }, (_, i) => Number(values[start + i]));
  return { ...layout, matrix };
};

/**
 * The named columns of a table as a model with this layout sees them.
 *
 * @throws CygnetError `training-failed` for columns of another kind or shape, `column-not-found`.
 */
export const readInputs = (table: Table, names: readonly string[], layout: InputLayout): EventInputs => {
  switch (layout.kind) {
    case 'features':
      return { events: table.length, featureCount: names.length, matrix: table.matrix(names), rowsPerEvent: 1 };
    case 'particles':
      return readParticles(table, names);
    case 'image':
      return readImage(table, names, layout.shape);
  }
};
