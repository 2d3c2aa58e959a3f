import { CygnetError, columnLength } from '@cygnet/columns';
import type { ColumnType } from './column-type.ts';
import { typeName } from './column-type.ts';
import type { Decoded } from './decoded.ts';
import type { PieceRequest, TableInfo } from './format.ts';
import type { TableFacts } from './table-facts.ts';

/** Reads rows of one column. Calls come in rising order of rows, so that what is compressed needs no going back. */
export interface RowReader {
  read(start: number, stop: number): Promise<Decoded>;
  close(): Promise<void>;
}

/** What the columns of one pass over a table share, by whatever they share it for. */
export type Session = Map<object, unknown>;

/** One column that lies by itself in a file. */
export interface RowSource {
  readonly rows: number;
  readonly type: ColumnType;
  readonly bytes?: number;
  /** Why it cannot be read. */
  readonly unreadable?: string;
  open(session: Session): Promise<RowReader>;
}

/** A table whose columns lie apart from each other. */
export interface SourceTable {
  readonly info: TableInfo;
  readonly sources: ReadonlyMap<string, RowSource>;
}

const numbersOf = (decoded: Decoded): ArrayLike<number | bigint> => (decoded.kind === 'flat' ? decoded.values : []);

/** Lists out of their offsets and their items: the list of row `i` is `content[offsets[i] .. offsets[i + 1])`. */
export const listSource = (name: string, offsets: RowSource, content: RowSource): RowSource => ({
  rows: Math.max(0, offsets.rows - 1),
  type: { kind: 'jagged', content: content.type },
  ...(content.bytes === undefined ? {} : { bytes: content.bytes + (offsets.bytes ?? 0) }),
  open: async (session) => {
    const readers = [await offsets.open(session), await content.open(session)] as const;
    /** The offset with which the next rows begin: read with the rows before them. */
    let next: { readonly row: number; readonly offset: number } | undefined;
    return {
      read: async (start, stop) => {
        const known = next?.row === start ? next.offset : undefined;
        const raw = numbersOf(await readers[0].read(known === undefined ? start : start + 1, stop + 1));
        const all = known === undefined ? Array.from(raw, Number) : [known, ...Array.from(raw, Number)];
        const first = all[0] ?? 0;
        const last = all[all.length - 1] ?? 0;
        const local = new Int32Array(stop - start + 1);
        for (let i = 0; i < local.length; i++) {
          const offset = all[i] ?? NaN;
          if (!(offset >= (all[i - 1] ?? 0)) || offset > content.rows)
            throw new CygnetError('corrupt-data', `The lists of column "${name}" have impossible offsets.`);
          local[i] = offset - first;
        }
        if (last - first > 2 ** 31 - 1) throw new CygnetError('unsupported', `Lists of "${name}" are too long.`);
        next = { row: stop, offset: last };
        return { kind: 'jagged', offsets: local, content: await readers[1].read(first, last) };
      },
      close: async () => {
        await Promise.all(readers.map((reader) => reader.close()));
      },
    };
  },
});

/** A record out of its fields, which all have as many rows. */
export const recordSource = (fields: ReadonlyMap<string, RowSource>): RowSource => {
  const all = [...fields];
  return {
    rows: all[0]?.[1].rows ?? 0,
    type: { kind: 'record', fields: new Map(all.map(([name, field]) => [name, field.type])) },
    bytes: all.reduce((sum, [, { bytes = 0 }]) => sum + bytes, 0),
    open: async (session) => {
      const readers = await Promise.all(all.map(([, field]) => field.open(session)));
      return {
        read: async (start, stop) => {
          const parts = await Promise.all(readers.map((reader) => reader.read(start, stop)));
          return { kind: 'record', fields: new Map(all.map(([name], i) => [name, parts[i] as Decoded])) };
        },
        close: async () => {
          await Promise.all(readers.map((reader) => reader.close()));
        },
      };
    },
  };
};

/** Columns of equal length as one table; of different lengths as one table a length, called after its first column. */
export const tablesOf = (
  name: string,
  sources: ReadonlyMap<string, RowSource>,
  about: { readonly facts?: TableFacts; readonly compression?: string } = {},
): readonly SourceTable[] => {
  const byRows = new Map<number, Map<string, RowSource>>();
  for (const [column, source] of sources) {
    const group = byRows.get(source.rows) ?? new Map<string, RowSource>();
    byRows.set(source.rows, group.set(column, source));
  }
  return [...byRows].map(([rows, group]) => ({
    sources: group,
    info: {
      name: byRows.size === 1 ? name : ([...group.keys()][0] ?? name),
      entries: rows,
      columns: [...group].map(([column, { type, bytes, unreadable }]) => ({
        name: column,
        type: unreadable === undefined ? typeName(type) : 'unknown',
        ...(bytes === undefined ? {} : { bytes }),
        ...(unreadable === undefined ? {} : { unreadable }),
      })),
      ...(about.compression === undefined ? {} : { compression: about.compression }),
      facts: about.facts ?? {},
    },
  }));
};

/** Rows of several sources, piece by piece. */
export const sourcePieces = async function* (
  tables: readonly SourceTable[],
  request: PieceRequest,
): AsyncGenerator<ReadonlyMap<string, Decoded>> {
  const table = tables.find(({ info }) => info.name === request.table);
  if (table === undefined) throw new CygnetError('not-found', `No table "${request.table}".`);
  const entries = table.info.entries ?? 0;
  const [begin, end] = [Math.min(request.start, entries), Math.min(request.stop, entries)];
  const readers: (readonly [string, RowReader])[] = [];
  const session: Session = new Map();
  try {
    for (const name of request.columns) {
      const source = table.sources.get(name);
      if (source === undefined) throw new CygnetError('column-not-found', `No column "${name}".`);
      readers.push([name, await source.open(session)]);
    }
    for (let start = begin; start === begin || start < end; start += request.rows) {
      const stop = Math.max(start, Math.min(end, start + request.rows));
      const piece = new Map<string, Decoded>();
      for (const [name, reader] of readers) {
        if (request.signal?.aborted) throw new CygnetError('cancelled', 'Reading was cancelled.');
        const decoded = await reader.read(start, stop);
        if (columnLength(decoded) !== stop - start)
          throw new CygnetError('corrupt-data', `Column "${name}" has fewer rows than the file says.`);
        piece.set(name, decoded);
      }
      yield piece;
    }
  } finally {
    await Promise.all(readers.map(([, reader]) => reader.close()));
  }
};
