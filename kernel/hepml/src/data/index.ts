/**
 * The table, the one data structure of the library: named columns, roles (label, weight), seeded shuffles and splits.
 * Imports columns and contract; nothing else of the library.
 */
export { Table } from './table.ts';
export { TableStream } from './table-stream.ts';
export type { StreamOptions, TableStreamSource } from './table-stream.ts';
export { isEventIdName } from './event-keys.ts';
export { isTable } from './is-table.ts';
export type { TableOptions } from './table-options.ts';
export type { ColumnData } from './as-column.ts';
export type { Row, RowShape } from './rows.ts';
export type { FoldOptions, SplitOptions } from './split.ts';
export type { Fold } from './folds.ts';
export type { SampleOptions } from './sample-indices.ts';
export type { JoinOptions } from './join-tables.ts';
export type { Aggregation } from './group-by.ts';
export type { AggregationOf } from './grouped-table.ts';
export type { TableHistogram2DOptions, TableHistogramOptions } from './table-histogram.ts';
export { tableSha256 } from './table-hash.ts';
export { escapeHtml } from './table-html.ts';
export { randomSource, shuffleInPlace } from './random.ts';
export type { RandomSource } from './random.ts';
export { incompleteGamma, logGamma, twoSidedNormalTail } from './gamma-functions.ts';
