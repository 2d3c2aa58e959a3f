import { Table, randomSource, type RandomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

const bins = 64;
/** Neighbouring channels that lose events in an anomaly, and what they keep. */
const broken = 4;
const kept = 0.75;
const places = bins - broken + 1;
const binNames = Array.from({ length: bins }, (_, bin) => `bin_${String(bin).padStart(2, '0')}`);
/** Events expected in each bin when all is well. */
const expected = Array.from({ length: bins }, (_, bin) => 40 * (1 + 0.5 * Math.sin((2 * Math.PI * bin) / bins)));
const simulated = '2 million simulated histograms of each class';

/** Summed-up chances of 0, 1, 2, ... events of a Poisson distribution. */
const poissonTable = (mean: number): Float64Array => {
  let [term, sum] = [Math.exp(-mean), 0];
  return Float64Array.from({ length: Math.ceil(mean + 12 * Math.sqrt(mean) + 12) }, (_, k) => {
    sum += term;
    term *= mean / (k + 1);
    return sum;
  });
};

/** A Poisson number: the place of a uniform number in the table, by bisection. */
const poisson = (table: Float64Array, random: RandomSource): number => {
  const drawn = random.uniform();
  let [low, high] = [0, table.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle] as number) > drawn) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Histograms of detector monitoring, some with a few inefficient channels at an unknown place. */
export const dqmToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'dqm-toy',
    title: 'Toy of detector monitoring: histograms with and without dead channels',
    description:
      'Generated: each event is a histogram of 64 detector channels that are watched during data taking. In half of them four ' +
      'neighbouring channels, anywhere, count only 75 % of what they should. A shifter, or a classifier, is to raise the alarm. ' +
      'The usual chi-squared against the reference sees little, since the loss is spread over few channels; the ' +
      'optimum knows that the four are neighbours. Methods that may not see labels (anomaly detection) train on isSignal = 0 only.',
    fields: [
      ...binNames.map((name, bin) => ({
        name,
        unit: 'events',
        description: `Counts of channel ${bin}; ${(expected[bin] as number).toFixed(1)} expected when all is well`,
      })),
      { name: 'isSignal', unit: '', description: '1: anomaly (signal), 0: normal' },
    ],
    published: [
      { method: 'Chi-squared against the expectation', metric: 'AUC', value: 0.7, error: 0.0002, sample: simulated, citation: 'simulated with NumPy' },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const normal = expected.map(poissonTable);
    const reduced = expected.map((mean) => poissonTable(kept * mean));
    const columns = binNames.map(() => new Uint16Array(events));
    isSignal.forEach((signal, event) => {
      const start = signal === 1 ? random.below(places) : bins;
      columns.forEach((values, bin) => {
        const tables = bin >= start && bin < start + broken ? reduced : normal;
        values[event] = poisson(tables[bin] as Float64Array, random);
      });
    });
    return Table.from({ ...Object.fromEntries(binNames.map((name, bin) => [name, columns[bin] as Uint16Array])), isSignal });
  },
  optimum: {
    auc: 0.8978,
    aucError: 0.0001,
    how: 'exact likelihood ratio, a mean over the 61 places of the anomaly; its AUC from 10 million simulated histograms of each class',
    score: (table) => {
      const columns = binNames.map((name) => table.numbers(name));
      const gain = new Float64Array(bins);
      return Float64Array.from({ length: table.length }, (_, event) => {
        for (let bin = 0; bin < bins; bin++)
          gain[bin] = Number(columns[bin]?.[event]) * Math.log(kept) + (1 - kept) * (expected[bin] as number);
        let sum = 0;
        for (let start = 0; start < places; start++) {
          let window = 0;
          for (let bin = start; bin < start + broken; bin++) window += gain[bin] as number;
          sum += Math.exp(window);
        }
        return Math.log(sum / places);
      });
    },
  },
};
