import { CygnetError } from '@cygnet/columns';
import type { NumericArray } from '@cygnet/columns';
import type { Cluster } from './page-list.ts';
import { elementsIn } from './plan.ts';
import type { Plan, StoredColumn } from './plan.ts';

/** Part of a column: elements `[start, stop)` of a plan in one cluster, filled step by step. */
export interface Piece {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly start: number;
  readonly stop: number;
  /** Of numbers; of lists, strings and sizes: where each ends, with the end before the first one unless that is 0. */
  values?: NumericArray;
  /** What is in the lists, strings or arrays. */
  item?: Piece;
}

/** Gives the elements of a range; they are there when the reading that is being prepared is done. */
export type Load = (stored: StoredColumn, cluster: Cluster, start: number, stop: number) => NumericArray;

export const newPiece = (plan: Plan, cluster: Cluster, start: number, stop: number): Piece => ({
  plan,
  cluster,
  start,
  stop,
});

/** The range of the items of a list piece whose ends are there. @throws CygnetError `corrupt-data`. */
export const itemRange = ({ start, stop, values }: Piece, what: string): readonly [number, number] => {
  if (values === undefined || start === stop) return [0, 0];
  const first = start === 0 ? 0 : Number(values[0]);
  const last = Number(values[values.length - 1]);
  if (!(first <= last)) throw new CygnetError('corrupt-data', `${what}: the index of a collection is damaged.`);
  return [first, last];
};

/**
 * Prepares the reading of a piece, and of its items where their range is known beforehand: always, but for a part of
 * the lists of a cluster.
 *
 * @returns The pieces whose items are known only when their ends have been read.
 */
export const expand = (piece: Piece, load: Load): readonly Piece[] => {
  const { plan, cluster, start, stop } = piece;
  const expandItem = (from: number, to: number): readonly Piece[] => {
    if (plan.kind === 'number' || plan.kind === 'size') return [];
    piece.item = newPiece(plan.item, cluster, from, to);
    return expand(piece.item, load);
  };
  if (plan.kind === 'array') return expandItem(start * plan.size, stop * plan.size);
  if (plan.kind === 'number') {
    piece.values = load(plan.column, cluster, start, stop);
    return [];
  }
  if (start === stop) return expandItem(0, 0);
  piece.values = load(plan.index, cluster, Math.max(0, start - 1), stop);
  if (plan.kind === 'size') return [];
  const items = start === 0 && stop === elementsIn(plan, cluster) ? elementsIn(plan.item, cluster) : undefined;
  return items !== undefined && Number.isInteger(items) ? expandItem(0, items) : [piece];
};

/** Prepares the items of a piece that {@link expand} gave back, now that its ends are there. */
export const expandLater = (piece: Piece, load: Load, what: string): readonly Piece[] => {
  if (piece.plan.kind !== 'list' && piece.plan.kind !== 'string') return [];
  const [first, last] = itemRange(piece, what);
  piece.item = newPiece(piece.plan.item, piece.cluster, first, last);
  return expand(piece.item, load);
};
