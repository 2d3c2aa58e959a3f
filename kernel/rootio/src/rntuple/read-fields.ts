import type { Column, NumericArray } from '@cygnet/columns';
import type { EntryRange } from '../fixed-column.ts';
import { orTooLarge, wantedEntries } from '../read-branches.ts';
import { readRanges, throwIfCancelled } from '../read-ranges.ts';
import type { RangeTask } from '../read-ranges.ts';
import type { ReadOptions } from '../root-file.ts';
import { assemble, emptyColumn } from './assemble.ts';
import type { RNTupleSource } from './envelope.ts';
import { newElements } from './encoding.ts';
import { joinColumns } from './join-columns.ts';
import { columnRange, loadColumn } from './load-column.ts';
import type { KnownRange } from './load-column.ts';
import type { Cluster } from './page-list.ts';
import { expand, expandLater, newPiece } from './piece.ts';
import type { Load, Piece } from './piece.ts';
import { columnIn, elementsOf } from './plan.ts';
import type { Plan, StoredColumn } from './plan.ts';

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

/** Elements of a column in the clusters of a range of entries, if they are known before anything is read. */
const elementsBetween = (stored: StoredColumn, clusters: readonly Cluster[], { start, stop }: EntryRange): number =>
  clusters.reduce((sum, cluster) => {
    const [from, to] = [Math.max(cluster.firstEntry, start), Math.min(cluster.firstEntry + cluster.entries, stop)];
    if (from >= to) return sum;
    const column = columnIn(stored, cluster);
    if (column === undefined) return sum;
    const isWhole = to - from === cluster.entries;
    if (isWhole) return sum + elementsOf(stored, column, cluster);
    return sum + (stored.perEntry === undefined ? Number.NaN : (to - from) * stored.perEntry);
  }, 0);

/** Beyond so many elements a byte of the file, memory is taken only for what has been checked. */
const mostElementsPerByte = 256;

/**
 * Gives arrays for parts of a column that lie behind each other in one array where its length is known beforehand, so
 * that joining them costs nothing.
 */
const arrays = (from: FieldsSource, wanted: EntryRange) => {
  const whole = new Map<number, { readonly values: NumericArray; used: number }>();
  return (stored: StoredColumn, { column, start, stop }: KnownRange): NumericArray => {
    const { id } = column.description;
    let room = whole.get(id);
    if (room === undefined) {
      const count = elementsBetween(stored, from.clusters, wanted);
      const isPlausible = Number.isSafeInteger(count) && count <= from.size * mostElementsPerByte;
      room = { values: newElements(column.encoding, isPlausible ? count : 0), used: 0 };
      from.codecs.prepareMemory?.(new Uint8Array(room.values.buffer));
      whole.set(id, room);
    }
    const first = room.used;
    if (first + stop - start > room.values.length) return newElements(column.encoding, stop - start);
    room.used += stop - start;
    return room.values.subarray(first, room.used);
  };
};

/** Prepares reading; columns that several fields share are read once. */
const loader = (from: FieldsSource, wanted: EntryRange, addTask: (task: RangeTask) => void) => {
  const loaded = new Map<string, NumericArray>();
  const newValues = arrays(from, wanted);
  return (what: string): Load =>
    (stored, cluster, start, stop) => {
      const range = columnRange(stored, cluster, start, stop, what);
      const key = `${range.column.description.id} ${cluster.firstEntry} ${start} ${stop}`;
      const before = loaded.get(key);
      if (before !== undefined) return before;
      const values = orTooLarge(what, () => loadColumn(range, from, addTask, () => newValues(stored, range), what));
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
  const loadFor = loader(from, { start, stop }, (task) => tasks.push(task));
  const wanted = fields.map((field) => piecesOf(field, from, start, stop));
  let later = wanted.flatMap(({ pieces, what }) =>
    pieces.flatMap((piece) => expand(piece, loadFor(what)).map((one) => ({ piece: one, what }))),
  );
  for (;;) {
    const round = tasks;
    tasks = [];
    totalBytes += round.reduce((sum, task) => sum + task.length, 0);
    const onBytes = (more: number): void => options.onProgress?.({ bytes: (bytes += more), totalBytes });
    await readRanges(from.source, round, { signal: options.signal, onBytes, reuseMemory: true });
    if (later.length === 0) break;
    later = later.flatMap(({ piece, what }) =>
      expandLater(piece, loadFor(what), what).map((one) => ({ piece: one, what })),
    );
  }
  return new Map(
    wanted.map(({ name, plan, what, pieces }) => {
      const parts = pieces.map((piece) => orTooLarge(what, () => assemble(piece, what)));
      return [name, orTooLarge(what, () => joinColumns(parts.length > 0 ? parts : [emptyColumn(plan)]))];
    }),
  );
};
