import { CygnetError, didYouMean } from '@cygnet/columns';
import type { Table } from '../data/index.ts';
import { datasetCard } from './card.ts';
import type { DatasetCard, DatasetFacts } from './card.ts';
import type { GeneratedDataset } from './generated-dataset.ts';
import { generatedDatasets } from './generated.ts';
import { higgsFacts, loadHiggs } from './higgs-uci-20k.ts';

interface Entry {
  readonly facts: DatasetFacts;
  readonly load: (options: LoadOptions) => Promise<Table>;
  /** Chooses events of a sample that was loaded whole. */
  readonly choose?: (table: Table, options: LoadOptions) => Table;
}

export interface LoadOptions {
  /** How many events: of a file, a random part with the label's shares kept (all when absent); of a generated dataset, any number. */
  readonly events?: number;
  /** Of the random part, or of the generated events; default 0. */
  readonly seed?: number;
}

/** A random part of a sample that comes as a file. */
const sample = (table: Table, { events, seed = 0 }: LoadOptions): Table => {
  if (events === undefined || events === table.length) return table;
  if (!Number.isInteger(events) || events < 2 || events > table.length) {
    throw new RangeError(`events is a whole number from 2 to ${table.length} for this dataset, not ${events}.`);
  }
  // Too few are left for a second sample.
  if (events > table.length - 2) return table.shuffle({ seed }).slice(0, events);
  // Halves of an odd number round up, in spite of the division's own rounding: never one event too few.
  return table.split({ test: (events + 1e-6) / table.length, seed }).test.slice(0, events);
};

/** As many generated events as asked for. */
const generate = (
  { facts, generate: make }: GeneratedDataset,
  { events = facts.events, seed = 0 }: LoadOptions,
): Table => {
  if (!Number.isInteger(events) || events < 2 || events > mostGenerated) {
    throw new RangeError(`events is a whole number from 2 to ${mostGenerated} for this dataset, not ${events}.`);
  }
  return make(events, seed);
};
const mostGenerated = 10_000_000;

const entries: readonly Entry[] = [
  { facts: higgsFacts, load: loadHiggs, choose: sample },
  ...generatedDatasets.map(
    (dataset): Entry => ({
      facts: dataset.facts,
      load: (options) => Promise.resolve(generate(dataset, options)),
    }),
  ),
];

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

/**
 * A dataset as a table, with label, units and descriptions.
 *
 * @throws CygnetError `dataset-not-found`, naming close ones.
 * @example
 * const higgs = await datasets.load('higgs-uci-20k');
 * const toy = await datasets.load('higgs-tautau-toy', { events: 100_000, seed: 2 });
 */
export const load = async (name: string, options: LoadOptions = {}): Promise<Table> => {
  const { facts, load: loadAll, choose } = find(name);
  const all = await loadAll(options);
  const named = all.withRoles({
    name,
    label: facts.label,
    ...(facts.weight === undefined ? {} : { weight: facts.weight }),
    units: Object.fromEntries(facts.fields.filter(({ unit }) => unit !== '').map((field) => [field.name, field.unit])),
    descriptions: Object.fromEntries(facts.fields.map((field) => [field.name, field.description])),
  });
  return choose === undefined ? named : choose(named, options);
};
