import { randomSource, Table } from '../src/data/index.ts';

/** Two overlapping normal distributions in three features, one of them noise; for tests. */
export const toyTable = (
  events: number,
  options: {
    readonly seed?: number;
    readonly weight?: (label: number, event: number) => number;
    readonly missing?: number;
  } = {},
): Table => {
  const random = randomSource(options.seed ?? 1);
  const labels = Uint8Array.from({ length: events }, (_, event) => event % 2);
  const shifted = (shift: number) => Float32Array.from(labels, (label) => random.normal() + shift * label);
  const missing = options.missing ?? 0;
  const x = shifted(1.2).map((value) => (missing > 0 && random.uniform() < missing ? NaN : value));
  const columns = { x, y: shifted(-0.8), noise: shifted(0), isSignal: labels };
  if (!options.weight) return Table.from(columns, { name: 'toy', label: 'isSignal', units: { x: 'GeV' } });
  const weights = Float64Array.from(labels, options.weight);
  return Table.from({ ...columns, weight: weights }, { name: 'toy', label: 'isSignal', weight: 'weight' });
};
