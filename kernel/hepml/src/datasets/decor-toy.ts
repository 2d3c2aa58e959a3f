import { Table, randomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

/** Correlation of x with the mass. */
const correlation = 0.7;
const fresh = Math.sqrt(1 - correlation ** 2);
/** Shift of x in signal. */
const shift = 1.2;
const here = '4 million generated events of each class';

/** A variable that is useful but follows the mass: how much is left without sculpting the background? */
export const decorToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'decor-toy',
    title: 'Toy of a mass peak that a classifier must not sculpt',
    description:
      'Generated: background has a wide distribution of mass, signal a narrow peak in it, and a second variable x separates ' +
      'the two but is correlated with the mass. Who cuts on x, or trains on the mass, carves a bump into the background ' +
      'that looks like a signal. The optimum given here is that of the best score whose background does not depend on ' +
      'the mass; scores that use the mass reach more, and cannot be used for a search in the mass. Half of the events are signal.',
    fields: [
      { name: 'mass', unit: '', description: 'Standardised mass: wide in background, a peak at 0.5 in signal; not to be learned' },
      { name: 'x', unit: '', description: 'Separates, but is correlated with the mass (0.7 in background)' },
      { name: 'isSignal', unit: '', description: '1: signal, 0: background' },
    ],
    metric: 'AUC as a fraction of the optimum, at a background whose score does not depend on the mass',
    published: [
      { method: 'Cut on x (sculpts)', metric: 'AUC', value: 0.8956, error: 0.0001, sample: here, citation: 'simulated with NumPy' },
      { method: 'Likelihood ratio of mass and x (sculpts)', metric: 'AUC', value: 0.973, error: 0.0001, sample: here, citation: 'simulated with NumPy' },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const [mass, x] = [new Float32Array(events), new Float32Array(events)];
    isSignal.forEach((signal, event) => {
      const m = signal === 1 ? 0.5 + 0.15 * random.normal() : random.normal();
      mass[event] = m;
      x[event] = correlation * m + fresh * random.normal() + shift * signal;
    });
    return Table.from({ mass, x, isSignal });
  },
  optimum: {
    auc: 0.882618,
    how:
      'closed form: Phi(d / sqrt(2)) with d = 1.2 / sqrt(1 - 0.7^2); the likelihood ratio at fixed mass, a rising function ' +
      'of x - 0.7 mass, is the best score that does not depend on the mass in background',
    score: (table) => {
      const [mass, x] = [table.numbers('mass'), table.numbers('x')];
      const distance = shift / fresh;
      return Float64Array.from({ length: table.length }, (_, event) => {
        const free = (Number(x[event]) - correlation * Number(mass[event])) / fresh;
        return distance * free - distance ** 2 / 2;
      });
    },
  },
};
