import { Table, randomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

const particles = 12;
/** Distance of either prong from the axis, and the spread around it. */
const prong = 0.25;
const spread = 0.2;
/** Background is round, with the same mean square distance from the axis. */
const roundSpread = Math.sqrt(spread ** 2 + prong ** 2 / 2);
/** Angles that the integral over the direction of the prongs takes; twice as many change the logarithm by less than 1e-9. */
const angles = 64;

const logCosh = (x: number): number => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;

/**
 * ln of signal over background for one jet. Given the angle a, each particle is in either prong with equal chance, so its
 * density is that of a normal number around 0 times exp(-prong^2 / 2 spread^2) cosh(x . prong(a) / spread^2).
 */
const logRatio = (x: Float64Array, y: Float64Array): number => {
  let squares = 0;
  for (let i = 0; i < particles; i++) squares += (x[i] as number) ** 2 + (y[i] as number) ** 2;
  const common =
    particles * (2 * Math.log(roundSpread / spread) - prong ** 2 / (2 * spread ** 2)) +
    (squares / 2) * (1 / roundSpread ** 2 - 1 / spread ** 2);
  const logs = Array.from({ length: angles }, (_, k) => {
    // Opposite directions are the same pair of prongs.
    const [c, s] = [Math.cos((Math.PI * k) / angles), Math.sin((Math.PI * k) / angles)];
    let sum = 0;
    for (let i = 0; i < particles; i++)
      sum += logCosh(((x[i] as number) * c + (y[i] as number) * s) * (prong / spread ** 2));
    return sum;
  });
  const largest = Math.max(...logs);
  return common + largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / angles);
};

/** Jets with two prongs in an unknown direction against round ones: only pairs of particles tell them apart. */
export const twoProngToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'two-prong-toy',
    title: 'Toy of jets with two prongs',
    description:
      'Generated: jets of 12 particles. In signal they gather around two opposite points in a direction that nobody knows, ' +
      'like the two quarks of a W boson; in background they are spread evenly around the axis, as far out on average. No ' +
      'particle alone tells the classes apart, and the mean square distance does not either: a model must see how particles ' +
      'lie with respect to each other. Half of the jets are signal.',
    fields: [
      { name: 'deta', unit: '', description: 'Distance of each particle from the axis in pseudorapidity' },
      { name: 'dphi', unit: 'rad', description: 'The same in azimuth' },
      { name: 'isSignal', unit: '', description: '1: two prongs (signal), 0: round' },
    ],
    published: [
      {
        method: 'Eccentricity, the best second moment',
        metric: 'AUC',
        value: 0.739,
        error: 0.001,
        sample: '400,000 generated jets',
        citation: 'simulated with NumPy',
      },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const offsets = Int32Array.from({ length: events + 1 }, (_, event) => event * particles);
    const [deta, dphi] = [new Float32Array(events * particles), new Float32Array(events * particles)];
    isSignal.forEach((signal, event) => {
      const angle = 2 * Math.PI * random.uniform();
      for (let i = event * particles; i < (event + 1) * particles; i++) {
        const side = random.uniform() < 0.5 ? -prong : prong;
        const [x, y] = [random.normal(), random.normal()];
        deta[i] = signal === 1 ? side * Math.cos(angle) + spread * x : roundSpread * x;
        dphi[i] = signal === 1 ? side * Math.sin(angle) + spread * y : roundSpread * y;
      }
    });
    const list = (values: Float32Array) =>
      ({ kind: 'jagged', offsets, content: { kind: 'flat', type: 'float32', values } }) as const;
    return Table.from({ deta: list(deta), dphi: list(dphi), isSignal });
  },
  optimum: {
    auc: 0.78945,
    aucError: 0.0005,
    how: 'exact likelihood ratio, integrated over the direction of the prongs; area by simulation',
    score: (table) => {
      const [x, y] = ['deta', 'dphi'].map((name) => {
        const column = table.column(name);
        if (column.kind !== 'jagged' || column.content.kind !== 'flat')
          throw new TypeError(`Column "${name}" is no list of numbers.`);
        const { offsets, content } = column;
        return (event: number) =>
          Float64Array.from({ length: particles }, (_, i) => Number(content.values[(offsets[event] as number) + i]));
      }) as [(event: number) => Float64Array, (event: number) => Float64Array];
      return Float64Array.from({ length: table.length }, (_, event) => logRatio(x(event), y(event)));
    },
  },
};
