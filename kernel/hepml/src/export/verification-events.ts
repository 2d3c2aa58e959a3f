import { randomSource } from '../data/index.ts';
import type { ModelBlueprint } from '../models/index.ts';

/** Events that an exported file must give our scores on, and how many there are of each sort. */
export interface VerificationEvents {
  /** Row-major, events x features. */
  readonly values: Float32Array;
  readonly counts: {
    /** As they were in the model's own sample. */
    readonly reference: number;
    /** Drawn from those and moved by 5 % of each feature's range. */
    readonly perturbed: number;
    /** With every fifth value, on average, missing (NaN), and one event with all of them missing. */
    readonly missing: number;
    /** Far outside of the training range. */
    readonly extreme: number;
    /** With one value exactly on a threshold of a tree. */
    readonly onThreshold: number;
  };
}

const atLeast = 1000;
const missingEvents = 200;
const mostThresholds = 1000;
const largestFloat = 3.4e38;

/**
 * At least 1,000 events like those that the model knows, then the difficult ones.
 * @param reference Row-major events of the model's own sample; may be empty.
 * @param options.seed Default 1.
 */
export const verificationEvents = (
  blueprint: ModelBlueprint,
  reference: Float32Array,
  options: { readonly seed?: number } = {},
): VerificationEvents => {
  const { features } = blueprint;
  const width = features.length;
  const random = randomSource(options.seed ?? 1);
  const low = features.map(({ min }) => (Number.isFinite(min) ? min : 0));
  const span = features.map(({ min, max }) => (Number.isFinite(max - min) && max > min ? max - min : 1));

  const known = Array.from({ length: Math.floor(reference.length / width) }, (_, event) =>
    reference.slice(event * width, (event + 1) * width),
  );
  const draw = (): Float32Array =>
    known[random.below(Math.max(1, known.length))]?.slice() ??
    Float32Array.from(low, (value, i) => value + random.uniform() * (span[i] as number));
  const several = (count: number, event: (i: number) => Float32Array): Float32Array[] =>
    Array.from({ length: count }, (_, i) => event(i));

  const perturbed = several(Math.max(0, atLeast - known.length), () =>
    draw().map((value, i) => value + 0.05 * (span[i] as number) * random.normal()),
  );
  const missing = several(missingEvents, (event) =>
    draw().map((value) => (event === 0 || random.uniform() < 0.2 ? NaN : value)),
  );
  // Comparisons are exact, so trees may be asked anything. In a network's sums float32 must not drown the small terms.
  const far = (i: number, side: number): number =>
    blueprint.kind === 'trees' ? side * largestFloat : (low[i] as number) + (side > 0 ? 2 : -1) * (span[i] as number);
  const extreme = [1, -1].flatMap((side) => [
    Float32Array.from(features, (_, i) => far(i, side)),
    ...features.map((_, moved) => draw().map((value, i) => (i === moved ? far(i, side) : value))),
  ]);
  const onThreshold = thresholdsOf(blueprint, () => random.uniform()).map(({ feature, threshold }) => {
    const event = draw();
    event[feature] = threshold;
    return event;
  });

  const sorts = { reference: known, perturbed, missing, extreme, onThreshold };
  const events = Object.values(sorts).flat();
  const values = new Float32Array(events.length * width);
  events.forEach((event, i) => values.set(event, i * width));
  const count = (sort: keyof typeof sorts): number => sorts[sort].length;
  return {
    values,
    counts: {
      reference: count('reference'),
      perturbed: count('perturbed'),
      missing: count('missing'),
      extreme: count('extreme'),
      onThreshold: count('onThreshold'),
    },
  };
};

/** Splits of the trees, each pair of feature and threshold once; a random choice when there are too many. */
const thresholdsOf = (blueprint: ModelBlueprint, uniform: () => number): { feature: number; threshold: number }[] => {
  if (blueprint.kind !== 'trees') return [];
  const splits = new Map<string, { feature: number; threshold: number }>();
  for (const tree of blueprint.trees)
    tree.left.forEach((left, node) => {
      const [feature, threshold] = [tree.feature[node] as number, tree.threshold[node] as number];
      if (left !== -1) splits.set(`${feature} ${threshold}`, { feature, threshold });
    });
  const all = [...splits.values()];
  if (all.length <= mostThresholds) return all;
  const share = mostThresholds / all.length;
  return all.filter(() => uniform() < share);
};
