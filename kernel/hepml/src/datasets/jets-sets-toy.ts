import { Table, randomSource, type RandomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

/** Number of particles (Poisson), their transverse momentum (exponential) and their distance from the axis (Rayleigh). */
const quark = { particles: 18, meanPtGeV: 12, width: 0.1 } as const;
const gluon = { particles: 20, meanPtGeV: 11, width: 0.11 } as const;

/** Poisson number (Knuth: how many uniform numbers can be multiplied before the product is below exp(-mean)). */
const poisson = (mean: number, random: RandomSource): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
};

/** The logarithm of the likelihood ratio is a constant, and a sum over particles of these numbers. */
const perJet = gluon.particles - quark.particles;
const perParticle =
  Math.log(quark.particles / gluon.particles) +
  Math.log(gluon.meanPtGeV / quark.meanPtGeV) +
  2 * Math.log(gluon.width / quark.width);
const perGeV = 1 / gluon.meanPtGeV - 1 / quark.meanPtGeV;
const perSquare = (1 / gluon.width ** 2 - 1 / quark.width ** 2) / 2;

/** Jets as sets of particles whose likelihood ratio is a sum over the particles: what Deep Sets are made for. */
export const jetsSetsToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'jets-sets-toy',
    title: 'Toy of quark and gluon jets as sets of particles',
    description:
      'Generated: jets with some 19 particles each, in lists of different length. Quark jets (signal) have fewer, harder ' +
      'particles, closer to the axis, than gluon jets. The particles are independent of each other, so the best score is a ' +
      'sum over particles, which a network of the form rho(sum of phi(particle)) can learn exactly. Half of the jets are signal.',
    fields: [
      { name: 'pt', unit: 'GeV', description: 'Transverse momentum of each particle: exponential, mean 12 (quark) or 11 (gluon)' },
      { name: 'deta', unit: '', description: 'Distance of each particle from the axis in pseudorapidity: normal, spread 0.10 or 0.11' },
      { name: 'dphi', unit: 'rad', description: 'The same in azimuth' },
      { name: 'isSignal', unit: '', description: '1: quark jet (signal), 0: gluon jet' },
    ],
    published: [
      {
        method: 'Number of particles alone',
        metric: 'AUC',
        value: 0.6274,
        error: 0.0006,
        sample: '1,000,000 generated jets',
        citation: 'simulated with NumPy',
      },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const offsets = new Int32Array(events + 1);
    const [pt, deta, dphi]: [number[], number[], number[]] = [[], [], []];
    isSignal.forEach((signal, event) => {
      const { particles, meanPtGeV, width } = signal === 1 ? quark : gluon;
      const count = poisson(particles, random);
      for (let particle = 0; particle < count; particle++) {
        pt.push(-meanPtGeV * Math.log(1 - random.uniform()));
        // Two normal components make a Rayleigh distance.
        deta.push(width * random.normal());
        dphi.push(width * random.normal());
      }
      offsets[event + 1] = pt.length;
    });
    const list = (values: readonly number[]) =>
      ({
        kind: 'jagged',
        offsets,
        content: { kind: 'flat', type: 'float32', values: Float32Array.from(values) },
      }) as const;
    return Table.from({ pt: list(pt), deta: list(deta), dphi: list(dphi), isSignal });
  },
  optimum: {
    auc: 0.76342,
    aucError: 0.0002,
    how: 'exact likelihood ratio, linear in the number of particles, the sum of pt and the sum of squared distances; area by simulation',
    score: (table) => {
      const lists = ['pt', 'deta', 'dphi'].map((name) => {
        const column = table.column(name);
        if (column.kind !== 'jagged' || column.content.kind !== 'flat')
          throw new TypeError(`Column "${name}" is no list of numbers.`);
        return { offsets: column.offsets, values: column.content.values };
      });
      const at = (list: number, place: number): number => Number(lists[list]?.values[place]);
      const offsets = lists[0]?.offsets ?? new Int32Array(1);
      return Float64Array.from({ length: table.length }, (_, event) => {
        let sum = perJet;
        for (let place = offsets[event] as number; place < (offsets[event + 1] as number); place++)
          sum += perParticle + perGeV * at(0, place) + perSquare * (at(1, place) ** 2 + at(2, place) ** 2);
        return sum;
      });
    },
  },
};
