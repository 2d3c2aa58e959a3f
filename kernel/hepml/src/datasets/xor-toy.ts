import { Table, randomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

/** Distance of the four clusters from both axes, in units of their spread. */
const offset = 1.5;

const logCosh = (x: number): number => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;

/** Four clusters on the corners of a square; signal where the signs of x and y differ. */
export const xorToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'xor-toy',
    title: 'Toy that no straight line can separate',
    description:
      'Generated: four round clusters of points on the corners of a square. Signal sits on one diagonal, background on ' +
      'the other. Each column alone looks the same for both, and so does any weighted sum of them: a linear method ' +
      'guesses, a method that sees how columns belong together comes close to the optimum. Half of the events are signal.',
    fields: [
      { name: 'x', unit: '', description: 'First coordinate: -1.5 or 1.5, plus a standard normal number' },
      { name: 'y', unit: '', description: 'Second coordinate: has the sign opposite to x in signal, before smearing' },
      { name: 'isSignal', unit: '', description: '1: signal, 0: background' },
    ],
    published: [
      {
        method: 'Logistic regression',
        metric: 'AUC',
        value: 0.493,
        sample: '100,000 generated events',
        citation: 'measured with scikit-learn 1.9',
      },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const [x, y] = [new Float32Array(events), new Float32Array(events)];
    isSignal.forEach((signal, event) => {
      const sign = random.uniform() < 0.5 ? -1 : 1;
      x[event] = offset * sign + random.normal();
      y[event] = offset * (signal === 1 ? -sign : sign) + random.normal();
    });
    return Table.from({ x, y, isSignal });
  },
  optimum: {
    auc: 0.949551,
    how: 'numerical integration over x + y and x - y, which are independent normal numbers',
    score: (table) => {
      const [x, y] = [table.numbers('x'), table.numbers('y')];
      return Float64Array.from({ length: table.length }, (_, event) => {
        const [first, second] = [Number(x[event]), Number(y[event])];
        return logCosh(offset * (first - second)) - logCosh(offset * (first + second));
      });
    },
  },
};
