import type { Table } from './table.ts';

/** Whether a value is a table, also one of another copy of this library in the same process. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && 'featureNames' in value && 'matrix' in value;
