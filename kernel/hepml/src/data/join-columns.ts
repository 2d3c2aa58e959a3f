import { CygnetError, columnLength, columnTypeName, concatColumns } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

/** Number of entries of columns that all have the same; 0 when there is none. @throws RangeError when they differ. */
export const commonLength = (columns: ReadonlyMap<string, Column>): number => {
  let length: number | undefined;
  for (const [name, column] of columns) {
    const own = columnLength(column);
    length ??= own;
    if (own !== length) {
      throw new RangeError(
        `Column "${name}" has ${own} entries, the columns before it ${length}. All need the same number.`,
      );
    }
  }
  return length ?? 0;
};

/** One of the tables that are put together. */
interface Side {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly units: { readonly [column: string]: string };
}

/** @throws CygnetError `unsupported` when a column means or holds something else in the other table. */
const checkAlike = (name: string, [ours, theirs]: readonly [Column, Column], first: Side, second: Side): void => {
  const types = [columnTypeName(ours), columnTypeName(theirs)];
  const units = [first.units[name] ?? '', second.units[name] ?? ''];
  const differ = (what: string, [one, other]: readonly string[]): CygnetError =>
    new CygnetError(
      'unsupported',
      `Column "${name}" has ${what} ${one} in table "${first.name}" and ${other} in "${second.name}". Make them agree first, for example with derive("${name}", …) in both.`,
    );
  if (types[0] !== types[1]) throw differ('type', types);
  if (units[0] !== units[1] && !units.includes('')) throw differ('unit', units);
};

/** @throws CygnetError `column-not-found` when only one of two tables has a column. */
const checkNames = (first: Side, second: Side): void => {
  const lacks = (columns: ReadonlyMap<string, Column>, other: Side): string | undefined =>
    [...columns.keys()].find((name) => !other.columns.has(name));
  const missing = lacks(first.columns, second) ?? lacks(second.columns, first);
  if (missing === undefined) return;
  throw new CygnetError(
    'column-not-found',
    `Tables "${first.name}" and "${second.name}" differ: only one has column "${missing}".`,
  );
};

/**
 * The columns of one table, continued by those of others with the same names.
 *
 * @throws CygnetError `column-not-found` when only one has a column, `unsupported` when types or units differ.
 */
export const joinColumns = (first: Side, others: readonly Side[]): ReadonlyMap<string, Column> => {
  for (const other of others) {
    checkNames(first, other);
    for (const [name, column] of first.columns) {
      checkAlike(name, [column, other.columns.get(name) as Column], first, other);
    }
  }
  return new Map(
    [...first.columns].map(([name, column]) => [
      name,
      concatColumns([column, ...others.map((other) => other.columns.get(name) as Column)]),
    ]),
  );
};
