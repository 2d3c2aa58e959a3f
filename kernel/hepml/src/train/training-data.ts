import { tableSha256, type Table } from '../data/index.ts';
import type { TrainOptions } from './train-options.ts';

/** The features, then the label or target and the weight where there are such columns. */
const usedColumns = (table: Table, names: readonly string[], options: TrainOptions): readonly string[] => {
  const weight = options.weight === false ? undefined : (options.weight ?? table.weight);
  return [...names, options.target ?? options.label ?? table.label, weight].filter((name) => name !== undefined);
};

/** SHA-256 of the columns that a training uses. */
export const dataSha256Of = (table: Table, names: readonly string[], options: TrainOptions): string =>
  tableSha256(table, usedColumns(table, names, options));
