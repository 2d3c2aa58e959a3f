import { CygnetError, concatColumns } from '@cygnet/columns';
import type { Column, NumericArray } from '@cygnet/columns';
import { wantedEntries } from '../read-branches.ts';
import { readRanges, throwIfCancelled } from '../read-ranges.ts';
import type { RangeTask } from '../read-ranges.ts';
import type { ReadOptions } from '../root-file.ts';
import { assemble, emptyColumn } from './assemble.ts';
import type { RNTupleSource } from './envelope.ts';
import { columnRange, loadColumn } from './load-column.ts';
import type { Cluster } from './page-list.ts';
import { expand, expandLater, newPiece } from './piece.ts';
import type { Load, Piece } from './piece.ts';
import type { Plan } from './plan.ts';

/** A field that is read, under its full name. */
export interface WantedField {
  readonly name: string;
  readonly plan: Plan;
}

export interface FieldsSource extends RNTupleSource {
  readonly clusters: readonly Cluster[];
  /** Of the whole RNTuple. */
  readonly entries: number;
  /** For messages: file and RNTuple. */
  readonly what: string;
}

interface WantedPieces extends WantedField {
  readonly what: string;
  readonly pieces: readonly Piece[];
}

/** Columns too long for one array are no damage: they can be read in parts. */
const orTooLarge = <T>(what: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CygnetError('unsupported', `${what}: too large for one column; read it in parts with start and stop.`, {
      cause: error,
    });
  }
};

/** Prepares reading; columns that several fields share are read once. */
const loader = (from: FieldsSource, addTask: (task: RangeTask) => void) => {
  const loaded = new Map<string, NumericArray>();
  return (what: string): Load =>
    (stored, cluster, start, stop) => {
      const range = columnRange(stored, cluster, start, stop, what);
      const key = `${range.column.description.id} ${cluster.firstEntry} ${start} ${stop}`;
      const before = loaded.get(key);
      if (before !== undefined) return before;
      const values = orTooLarge(what, () => loadColumn(range, from, addTask, what));
      loaded.set(key, values);
      return values;
    };
};

const piecesOf = ({ name, plan }: WantedField, from: FieldsSource, start: number, stop: number): WantedPieces => ({
  name,
  plan,
  what: `${from.what}, field "${name}"`,
  pieces: from.clusters
    .filter(({ firstEntry, entries }) => entries > 0 && firstEntry < stop && firstEntry + entries > start)
    .map((cluster) => {
      const { firstEntry, entries } = cluster;
      return newPiece(plan, cluster, Math.max(0, start - firstEntry), Math.min(entries, stop - firstEntry));
    }),
});

/**
 * Columns of some fields, by name, in the order asked for. Of parts of clusters, what is in collections is read when
 * their ends are known: one round of reading a level.
 */
export const readFields = async (
  from: FieldsSource,
  fields: readonly WantedField[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, Column>> => {
  const { start, stop } = wantedEntries(from.entries, options);
  throwIfCancelled(options.signal, from.what);
  let tasks: RangeTask[] = [];
  let bytes = 0;
  let totalBytes = 0;
  const loadFor = loader(from, (task) => tasks.push(task));
  const wanted = fields.map((field) => piecesOf(field, from, start, stop));
  let later = wanted.flatMap(({ pieces, what }) =>
    pieces.flatMap((piece) => expand(piece, loadFor(what)).map((one) => ({ piece: one, what }))),
  );
  for (;;) {
    const round = tasks;
    tasks = [];
    totalBytes += round.reduce((sum, task) => sum + task.length, 0);
    const onBytes = (more: number): void => options.onProgress?.({ bytes: (bytes += more), totalBytes });
    await readRanges(from.source, round, { signal: options.signal, onBytes });
    if (later.length === 0) break;
    later = later.flatMap(({ piece, what }) =>
      expandLater(piece, loadFor(what), what).map((one) => ({ piece: one, what })),
    );
  }
  return new Map(
    wanted.map(({ name, plan, what, pieces }) => {
      const parts = pieces.map((piece) => orTooLarge(what, () => assemble(piece, what)));
      return [name, orTooLarge(what, () => concatColumns(parts.length > 0 ? parts : [emptyColumn(plan)]))];
    }),
  );
};
