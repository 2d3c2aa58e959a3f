import type { NumericType } from '@cygnet/columns';
import type { Encoding } from './encoding.ts';
import type { Cluster } from './page-list.ts';
import type { ColumnDescription } from './schema.ts';

/** A column whose encoding is known. */
export interface EncodedColumn {
  readonly description: ColumnDescription;
  readonly encoding: Encoding;
}

/** The data of a field: in each cluster, one of its alternative representations holds them. */
export interface StoredColumn {
  readonly alternatives: readonly EncodedColumn[];
  /** Elements an entry; undefined inside collections, where that differs. */
  readonly perEntry?: number;
}

/** How a column of ours is put together from columns of the file. */
export type Plan =
  | { readonly kind: 'number'; readonly column: StoredColumn; readonly type: NumericType }
  /** How long each list is. */
  | { readonly kind: 'size'; readonly index: StoredColumn; readonly type: 'uint32' | 'uint64' }
  | { readonly kind: 'list' | 'string'; readonly index: StoredColumn; readonly item: Plan }
  /** `size` items an element. */
  | { readonly kind: 'array'; readonly size: number; readonly item: Plan };

/** The representation that is in use in a cluster; undefined when the file says that none is. */
export const columnIn = (stored: StoredColumn, cluster: Cluster): EncodedColumn | undefined =>
  stored.alternatives.find(({ description }) => {
    const pages = cluster.columns[description.id];
    if (pages !== undefined) return !pages.isSuppressed;
    return description.representation === 0 && !description.isSuppressedBefore;
  });

/** Elements a column has in a cluster: those of its pages, or more when it is deferred and begins with zeros. */
export const elementsOf = (stored: StoredColumn, column: EncodedColumn, cluster: Cluster): number =>
  column.description.isDeferred && stored.perEntry !== undefined
    ? cluster.entries * stored.perEntry
    : (cluster.columns[column.description.id]?.elements ?? 0);

/** Elements a plan has in a whole cluster; undefined when the file's metadata do not tell. */
export const elementsIn = (plan: Plan, cluster: Cluster): number | undefined => {
  if (plan.kind === 'array') {
    const items = elementsIn(plan.item, cluster);
    return plan.size > 0 && items !== undefined ? items / plan.size : undefined;
  }
  const stored = plan.kind === 'number' ? plan.column : plan.index;
  const column = columnIn(stored, cluster);
  return column === undefined ? undefined : elementsOf(stored, column, cluster);
};

/** All columns of the file that a plan reads. */
export const columnsOf = (plan: Plan): readonly EncodedColumn[] => {
  switch (plan.kind) {
    case 'number':
      return plan.column.alternatives;
    case 'size':
      return plan.index.alternatives;
    case 'list':
    case 'string':
      return [...plan.index.alternatives, ...columnsOf(plan.item)];
    case 'array':
      return columnsOf(plan.item);
  }
};
