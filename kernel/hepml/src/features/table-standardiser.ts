import type { Table } from '../data/index.ts';
import { fitStandardiser, standardise, type Standardiser } from './standardiser.ts';

/**
 * Finds the shift and scale of a table's features, with its event weights. Fit it on the training sample and apply it to
 * both. Networks do this inside of themselves (`models.dense({ standardise: true })`), so that exports hold it.
 *
 * @throws CygnetError `training-failed` when a feature is constant or missing everywhere, `column-not-found`.
 * @example
 * const scaler = features.fitTableStandardiser(train);
 * const scaledTest = features.standardiseTable(scaler, test);
 */
export const fitTableStandardiser = (
  table: Table,
  options: { readonly features?: readonly string[] } = {},
): Standardiser => {
  const names = options.features ?? table.featureNames();
  return fitStandardiser(table.matrix(names), names, { weights: table.weights() });
};

/** The table with its standardiser's features shifted and scaled, and without their units; other columns stay. */
export const standardiseTable = (standardiser: Standardiser, table: Table): Table => {
  const names = standardiser.features;
  const scaled = standardise(standardiser, table.matrix(names));
  const units = Object.entries(table.units).filter(([name]) => !names.includes(name));
  return names
    .reduce(
      (result, name, column) => result.derive(name, (_, event) => scaled[event * names.length + column] as number),
      table,
    )
    .withRoles({ units: Object.fromEntries(units) });
};
