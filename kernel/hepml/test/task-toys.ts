import { randomSource, Table } from '../src/data/index.ts';

/** Centres of three round classes of unit spread. */
const centres = [
  [0, 0],
  [2, 0],
  [0, 2],
] as const;
export const particleNames = ['electron', 'muon', 'tau'] as const;

/** Three classes whose exact probabilities are known. */
export const threeClasses = (events: number, seed: number): Table => {
  const random = randomSource(seed);
  const classes = Array.from({ length: events }, () => random.below(3));
  const column = (axis: 0 | 1) => Float32Array.from(classes, (own) => (centres[own]?.[axis] ?? 0) + random.normal());
  const particle = classes.map((own) => particleNames[own] as string);
  return Table.from({ x: column(0), y: column(1), particle }, { name: 'particles', label: 'particle' });
};

/** Exact class probabilities of {@link threeClasses}, row-major. */
export const exactClasses = (table: Table): Float64Array => {
  const [x, y] = [table.numbers('x'), table.numbers('y')];
  const all = new Float64Array(table.length * 3);
  for (let event = 0; event < table.length; event++) {
    const densities = centres.map(([a, b]) =>
      Math.exp(-((Number(x[event]) - a) ** 2 + (Number(y[event]) - b) ** 2) / 2),
    );
    const total = densities.reduce((sum, density) => sum + density, 0);
    all.set(
      densities.map((density) => density / total),
      event * 3,
    );
  }
  return all;
};

/** Standard deviation of the measured energy around its mean at a place. */
export const spreadAt = (x: number): number => 2 + 1.5 * x * x;
export const meanAt = (x: number): number => 50 + 20 * Math.sin(2 * x);

/** A number whose mean and spread depend on x in a known way; think of an energy in GeV. */
export const energies = (events: number, seed: number): Table => {
  const random = randomSource(seed);
  const x = Float32Array.from({ length: events }, () => 4 * random.uniform() - 2);
  const energy = Float32Array.from(x, (value) => meanAt(value) + spreadAt(value) * random.normal());
  return Table.from({ x, energy }, { name: 'energies', units: { energy: 'GeV' } });
};
