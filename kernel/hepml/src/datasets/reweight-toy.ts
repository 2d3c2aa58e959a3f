import { Table, randomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

/** Mean of the target sample; that of the source is 0. */
const mean = [0.5, -0.3, 0.2] as const;
const names = ['x1', 'x2', 'x3'] as const;
const halfSquare = mean.reduce((sum, one) => sum + one * one, 0) / 2;

/** Simulation and data that differ in a known way: exact event weights are known. */
export const reweightToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'reweight-toy',
    title: 'Toy of simulation that is to be reweighted to data',
    description:
      'Generated: a source sample (think of simulated events) and a target sample (think of measured ones) whose three ' +
      'variables are shifted a little against each other. A classifier of target against source gives the weights that turn the ' +
      'source into the target; the exact ones are exp(datasets.optimum("reweight-toy").score(table)). They keep 68.4 % of ' +
      'the source sample\'s statistical power. Half of the events are of the target sample.',
    fields: [
      ...names.map((name, i) => ({ name, unit: '', description: `Normal number of spread 1: mean 0 in the source, ${mean[i]} in the target` })),
      { name: 'isSignal', unit: '', description: '1: target sample (signal of the classifier), 0: source sample' },
    ],
    metric: 'closure of the reweighted source with the target; AUC as a fraction of the optimum',
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const columns = names.map(() => new Float32Array(events));
    isSignal.forEach((signal, event) => {
      columns.forEach((values, i) => (values[event] = random.normal() + signal * (mean[i] as number)));
    });
    return Table.from({ ...Object.fromEntries(names.map((name, i) => [name, columns[i] as Float32Array])), isSignal });
  },
  optimum: {
    auc: 0.668542,
    how: 'closed form: Phi(|k| / sqrt(2)) with k = (0.5, -0.3, 0.2); log weight = k x - k^2 / 2, effective share exp(-k^2) = 0.68386',
    score: (table) => {
      const columns = names.map((name) => table.numbers(name));
      return Float64Array.from({ length: table.length }, (_, event) =>
        mean.reduce((sum, one, i) => sum + one * Number(columns[i]?.[event]), -halfSquare),
      );
    },
  },
};
