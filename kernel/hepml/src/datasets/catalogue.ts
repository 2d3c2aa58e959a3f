import { CygnetError, didYouMean } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import { datasetCard } from './card.ts';
import type { DatasetCard, DatasetFacts } from './card.ts';
import { higgsFacts, loadHiggs } from './higgs-uci-20k.ts';

interface Entry {
  readonly facts: DatasetFacts;
  readonly load: (options: LoadOptions) => Promise<Table>;
}

export interface LoadOptions {
  /** How many events: a random sample with the label's shares kept; all when absent. */
  readonly events?: number;
  /** Of the random sample; default 0. */
  readonly seed?: number;
}

const entries: readonly Entry[] = [{ facts: higgsFacts, load: loadHiggs }];

const find = (name: string): Entry => {
  const entry = entries.find(({ facts }) => facts.name === name);
  if (entry === undefined) {
    const names = entries.map(({ facts }) => facts.name);
    throw new CygnetError('dataset-not-found', `No dataset "${name}". ${didYouMean(name, names)} See datasets.list().`);
  }
  return entry;
};

/** The cards of all datasets. */
export const list = (): readonly DatasetCard[] => entries.map(({ facts }) => datasetCard(facts));

/**
 * What a dataset is: its columns, origin, licence and the results to compare with.
 *
 * @throws CygnetError `dataset-not-found`, naming close ones.
 */
export const card = (name: string): DatasetCard => datasetCard(find(name).facts);

const sample = (table: Table, { events, seed = 0 }: LoadOptions): Table => {
  if (events === undefined || events === table.length) return table;
  if (!Number.isInteger(events) || events < 1 || events > table.length) {
    throw new RangeError(`events is a whole number from 1 to ${table.length} for dataset "${table.name}", not ${events}.`);
  }
  return table.split({ test: events / table.length, seed }).test.slice(0, events);
};

/**
 * A dataset as a table, with label, units and descriptions.
 *
 * @throws CygnetError `dataset-not-found`, naming close ones.
 * @example
 * const higgs = await datasets.load('higgs-uci-20k');
 */
export const load = async (name: string, options: LoadOptions = {}): Promise<Table> => {
  const { facts, load: loadAll } = find(name);
  const all = await loadAll(options);
  const named = all.withRoles({
    name,
    label: facts.label,
    ...(facts.weight === undefined ? {} : { weight: facts.weight }),
    units: Object.fromEntries(facts.fields.filter(({ unit }) => unit !== '').map((field) => [field.name, field.unit])),
    descriptions: Object.fromEntries(facts.fields.map((field) => [field.name, field.description])),
  });
  return sample(named, options);
};
