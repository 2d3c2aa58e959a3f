import { CygnetError } from '@cygnet/columns';
import { fitStandardiser, standardise } from '../features/index.ts';
import type { Task } from '../models/index.ts';
import type { NegativeWeights } from './train-options.ts';
import { nearestEvents } from './nearest-events.ts';
import { makeSample, takeEvents, type Sample } from './sample.ts';

const rowsWhere = (sample: Sample, keep: (event: number) => boolean): Int32Array =>
  Int32Array.from(sample.labels.keys()).filter(keep);

/** Events of each class together; of a regression, all. */
const groupsOf = (sample: Sample, task: Task): readonly Int32Array[] => {
  if (task.kind === 'regression') return [rowsWhere(sample, () => true)];
  const classes = task.kind === 'signal' ? 2 : task.classes.length;
  return Array.from({ length: classes }, (_, label) => rowsWhere(sample, (event) => sample.labels[event] === label));
};

/** Standardised features of some events; missing values are means. */
const featuresOf = (sample: Sample): Float32Array => {
  const names = Array.from({ length: sample.featureCount }, (_, i) => `feature ${i}`);
  return standardise(fitStandardiser(sample.matrix, names, { weights: sample.weights }), sample.matrix);
};

/**
 * Each negative weight takes its size away from the nearest positive events of its class, as TMVA's PairNegWeightsGlobal does;
 * distances are those of standardised features. Sums over small regions stay what they were.
 */
const pairWeights = (sample: Sample, task: Task): Sample => {
  if (sample.rowsPerEvent !== 1)
    throw new CygnetError(
      'training-failed',
      "negativeWeights: 'pair' looks for events that are near each other in features of one number an event; particles and images have no such distance. Use 'keep' or 'ignore'.",
    );
  const { featureCount: width } = sample;
  const points = featuresOf(sample);
  const weights = Float64Array.from(sample.weights);
  for (const group of groupsOf(sample, task)) {
    const positive = group.filter((event) => (weights[event] as number) > 0);
    const matrix = new Float32Array(positive.length * width);
    positive.forEach((event, i) => matrix.set(points.subarray(event * width, (event + 1) * width), i * width));
    const near = nearestEvents(matrix, width);
    for (const event of group) {
      let owed = -(weights[event] as number);
      if (!(owed > 0)) continue;
      weights[event] = 0;
      const own = points.subarray(event * width, (event + 1) * width);
      while (owed > 0) {
        const found = near.nearest(own);
        if (found < 0) break;
        const partner = positive[found] as number;
        const taken = Math.min(owed, weights[partner] as number);
        owed -= taken;
        weights[partner] = (weights[partner] as number) - taken;
        if (weights[partner] === 0) near.remove(found);
      }
    }
  }
  const paired = { ...sample, weights: Float32Array.from(weights) };
  return takeEvents(
    paired,
    rowsWhere(paired, (event) => (paired.weights[event] as number) > 0),
  );
};

/** A sample whose negative weights have been treated as asked; the same sample where there are none. */
export const treatNegativeWeights = (sample: Sample, policy: NegativeWeights | undefined, task: Task): Sample => {
  if (policy === undefined || policy === 'keep' || !sample.weights.some((weight) => weight < 0)) return sample;
  if (policy === 'pair') return pairWeights(sample, task);
  return takeEvents(
    sample,
    rowsWhere(sample, (event) => (sample.weights[event] as number) >= 0),
  );
};

/** A sample whose classes all have the same total weight. */
export const balanceClasses = (sample: Sample, task: Task): Sample => {
  const weights = Float64Array.from(sample.weights);
  for (const group of groupsOf(sample, task)) {
    const total = group.reduce((sum, event) => sum + (weights[event] as number), 0);
    group.forEach((event) => (weights[event] = (weights[event] as number) / total));
  }
  return makeSample(sample, sample.labels, weights);
};
