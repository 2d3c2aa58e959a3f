import { CygnetError, columnTypeName } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

/** A column to sort by. */
export interface SortKey {
  readonly name: string;
  readonly column: Column;
  readonly isDescending: boolean;
}

type Comparison = (a: number, b: number) => number;

/** Compares entries; NaN goes last either way. @throws CygnetError `unsupported` for lists and records. */
const comparisonOf = ({ name, column, isDescending }: SortKey): Comparison => {
  const sign = isDescending ? -1 : 1;
  if (column.kind === 'flat' && !(column.values instanceof BigInt64Array || column.values instanceof BigUint64Array)) {
    const { values } = column;
    return (a, b) => {
      const [x, y] = [values[a] as number, values[b] as number];
      if (x < y) return -sign;
      if (x > y) return sign;
      return x === y ? 0 : Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    };
  }
  if (column.kind === 'flat' || column.kind === 'string') {
    const values: ArrayLike<bigint | string> = column.values as BigInt64Array | readonly string[];
    return (a, b) => {
      const [x, y] = [values[a] as bigint | string, values[b] as bigint | string];
      return x < y ? -sign : x > y ? sign : 0;
    };
  }
  throw new CygnetError(
    'unsupported',
    `Column "${name}" holds a ${columnTypeName(column)} an event, which has no order. Sort by a number, for example one derived from it.`,
  );
};

/** The order in which entries are sorted by the first key, where that is equal by the second, and so on; stable. */
export const sortIndices = (length: number, keys: readonly SortKey[]): Int32Array => {
  const comparisons = keys.map(comparisonOf);
  const indices = Int32Array.from({ length }, (_, i) => i);
  const [only] = comparisons;
  if (comparisons.length === 1 && only !== undefined) return indices.sort((a, b) => only(a, b) || a - b);
  return indices.sort((a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return a - b;
  });
};
