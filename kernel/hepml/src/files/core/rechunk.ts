import { columnLength, concatColumns, sliceColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';

type Columns = ReadonlyMap<string, Column>;

const lengthOf = (columns: Columns): number => {
  for (const column of columns.values()) return columnLength(column);
  return 0;
};

const slice = (columns: Columns, start: number, stop: number): Columns =>
  new Map([...columns].map(([name, column]) => [name, sliceColumn(column, start, stop)]));

const join = (parts: readonly Columns[]): Columns => {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? new Map();
  return new Map([...first.keys()].map((name) => [name, concatColumns(parts.map((part) => part.get(name) as Column))]));
};

/** The same rows in pieces of exactly so many, but for the last one. At least one piece, as long as one comes in. */
export const rechunk = async function* (pieces: AsyncIterable<Columns>, rows: number): AsyncGenerator<Columns> {
  let waiting: Columns[] = [];
  let have = 0;
  let isAnyGiven = false;
  for await (const piece of pieces) {
    waiting.push(piece);
    have += lengthOf(piece);
    if (have < rows) continue;
    const all = join(waiting);
    let at = 0;
    for (; have - at >= rows; at += rows) {
      yield slice(all, at, at + rows);
      isAnyGiven = true;
    }
    waiting = at === have ? [] : [slice(all, at, have)];
    have -= at;
  }
  if (have > 0 || (!isAnyGiven && waiting.length > 0)) yield join(waiting);
};
