import { Table, incompleteGamma, logGamma, randomSource, type RandomSource } from '../data/index.ts';
import { alternatingLabels, generatedFacts, type GeneratedDataset } from './generated-dataset.ts';

const layers = 12;
/** Radiation lengths of the whole calorimeter. */
const depth = 25;
const energyGeV = 10;
const criticalEnergyGeV = 0.0075;
/** Longo and Sestili's b, one over radiation lengths. */
const slope = 0.5;
/** Spread of the shower's start, in the units of the constant below. */
const startSpread = 0.7;
/** Sampling: resolution 15 % / sqrt(E / GeV), so a layer of mean m GeV has the variance m times this. */
const sampling = 0.15 ** 2;
/** Photons start later than electrons: they must convert first. */
const startOf = (isPhoton: boolean): number => (isPhoton ? 0.5 : -0.5);
/** Smaller energies are set to this, so that logarithms exist. */
const floorGeV = 1e-12;
const layerNames = Array.from({ length: layers }, (_, layer) => `E_${String(layer).padStart(2, '0')}`);

/** Share of the shower's energy in each layer: differences of the incomplete gamma function (PDG, Passage of particles, 34.5). */
const shares = (start: number): Float64Array => {
  const a = Math.max(1, 1 + slope * (Math.log(energyGeV / criticalEnergyGeV) + start));
  const shares = new Float64Array(layers);
  let before = 0;
  for (let layer = 0; layer < layers; layer++) {
    const until = incompleteGamma(a, (slope * depth * (layer + 1)) / layers).lower;
    shares[layer] = until - before;
    before = until;
  }
  return shares;
};

/** A gamma-distributed number of scale 1 (Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363). */
const gammaNumber = (shape: number, random: RandomSource): number => {
  if (shape < 1) return gammaNumber(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = random.normal();
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (normal * normal) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
};

/** Terms of the density of log-energies, one a node of the integral over the shower's start. */
const nodesOf = (isPhoton: boolean) =>
  Array.from({ length: 61 }, (_, i) => {
    const normal = -6 + i / 5;
    const shapes = shares(startOf(isPhoton) + startSpread * normal).map((share) => (energyGeV * share) / sampling);
    const constant = shapes.reduce((sum, shape) => sum - logGamma(shape) - shape * Math.log(sampling), -(normal ** 2) / 2);
    return { shapes, constant };
  });

/** Logarithm of the density, up to terms that photons and electrons share. */
const logDensity = (logEnergies: Float64Array, nodes: ReturnType<typeof nodesOf>): number => {
  const terms = nodes.map(({ shapes, constant }) =>
    logEnergies.reduce((sum, log, layer) => sum + (shapes[layer] as number) * log, constant),
  );
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
};

/** Photons and electrons of 10 GeV in a calorimeter of 12 layers. */
export const caloToy: GeneratedDataset = {
  facts: {
    ...generatedFacts,
    name: 'calo-toy',
    title: 'Toy of a calorimeter: photon or electron?',
    description:
      'Generated with a textbook formula, not with a detector simulation: photons (signal) and electrons (background) of 10 GeV ' +
      'start a shower of particles in a block of 12 layers, and each layer measures the energy left in it. Photons start ' +
      'their shower a little deeper. Where a shower starts varies, and every layer has the statistical noise of its sampling. ' +
      'Good for classifiers and, because the density of the energies is known, for generative models. Half of the events are photons.',
    fields: [
      ...layerNames.map((name, layer) => ({
        name,
        unit: 'GeV',
        description: `Energy in layer ${layer}, ${((depth * layer) / layers).toFixed(1)} to ${((depth * (layer + 1)) / layers).toFixed(1)} radiation lengths deep`,
      })),
      { name: 'isSignal', unit: '', description: '1: photon (signal), 0: electron (background)' },
    ],
  },
  generate: (events, seed) => {
    const random = randomSource(seed);
    const isSignal = alternatingLabels(events);
    const columns = layerNames.map(() => new Float32Array(events));
    isSignal.forEach((signal, event) => {
      const share = shares(startOf(signal === 1) + startSpread * random.normal());
      columns.forEach((values, layer) => {
        const shape = (energyGeV * (share[layer] as number)) / sampling;
        values[event] = Math.max(floorGeV, sampling * gammaNumber(shape, random));
      });
    });
    return Table.from({ ...Object.fromEntries(layerNames.map((name, layer) => [name, columns[layer] as Float32Array])), isSignal });
  },
  optimum: {
    auc: 0.8348,
    aucError: 0.0001,
    how: 'exact likelihood ratio by integration over the start of the shower (61 points); its AUC from 10 million simulated showers of each class',
    score: (table) => {
      const columns = layerNames.map((name) => table.numbers(name));
      const [photon, electron] = [nodesOf(true), nodesOf(false)];
      const logEnergies = new Float64Array(layers);
      return Float64Array.from({ length: table.length }, (_, event) => {
        columns.forEach((values, layer) => (logEnergies[layer] = Math.log(Math.max(floorGeV, Number(values[event])))));
        return logDensity(logEnergies, photon) - logDensity(logEnergies, electron);
      });
    },
  },
};
