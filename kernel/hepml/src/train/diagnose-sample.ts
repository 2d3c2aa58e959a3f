import { CygnetError } from '@cygnet/columns';
import type { Task } from '../models/index.ts';
import type { EventInputs } from './sample.ts';

const refuse = (message: string): never => {
  throw new CygnetError('training-failed', message);
};

/** What is to be checked before any engine sees it: raw labels and weights, and who they belong to. */
export interface RawSample {
  /** For example `training table "higgs"`. */
  readonly what: string;
  readonly featureNames: readonly string[];
  readonly task: Task;
  readonly inputs: EventInputs;
  readonly labels: Float32Array;
  readonly weights: Float32Array | Float64Array;
}

const refuseInfinite = ({ what, featureNames, inputs: { matrix, offsets } }: RawSample): void => {
  const infinite = matrix.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite < 0) return;
  const width = featureNames.length;
  const row = Math.floor(infinite / width);
  const event = offsets ? offsets.findLastIndex((start) => start <= row) : row;
  refuse(
    `Feature "${featureNames[infinite % width]}" of event ${event} in the ${what} is infinite (or beyond float32). Use NaN for a missing value, or filter such events out.`,
  );
};

/** Each class has events, and weights that sum to something positive. */
const refuseEmptyClasses = ({ what, labels, weights }: RawSample, classes: readonly string[], advice: string): void => {
  const totals = classes.map(() => 0);
  const counts = classes.map(() => 0);
  labels.forEach((label, event) => {
    totals[label] = (totals[label] as number) + (weights[event] as number);
    counts[label] = (counts[label] as number) + 1;
  });
  classes.forEach((name, label) => {
    const total = totals[label] as number;
    if (counts[label] === 0) refuse(`The ${what} has ${labels.length} events and none of them is ${name}. ${advice}`);
    if (total === 0)
      refuse(
        `The weights of the ${counts[label]} ${name} events in the ${what} sum to zero, so they teach nothing. Check the weight column.`,
      );
    if (total < 0)
      refuse(
        `The weights of the ${counts[label]} ${name} events in the ${what} sum to ${total}; the sum must be positive.`,
      );
  });
};

const refuseBadTarget = ({ what, labels, weights }: RawSample, target: string): void => {
  let total = 0;
  for (const weight of weights) total += weight;
  if (!(total > 0))
    refuse(`The weights of the ${labels.length} events in the ${what} sum to ${total}; the sum must be positive.`);
  if (labels.every((label) => label === labels[0]))
    refuse(`Target "${target}" is ${labels[0]} in every event of the ${what}, so there is nothing to learn.`);
};

/** @throws CygnetError `training-failed` saying what no training can work with, and what to do about it. */
export const diagnoseSample = (sample: RawSample): void => {
  const { what, featureNames, task, labels, weights } = sample;
  if (labels.length === 0) refuse(`The ${what} has no events.`);
  if (featureNames.length === 0) refuse(`The ${what} has no numeric feature to learn from.`);
  const badWeight = weights.findIndex((weight) => !Number.isFinite(weight));
  if (badWeight >= 0)
    refuse(`The weight of event ${badWeight} in the ${what} is ${weights[badWeight]}; it must be finite.`);
  refuseInfinite(sample);
  switch (task.kind) {
    case 'signal':
      return refuseEmptyClasses(
        sample,
        ['background', 'signal'],
        'A classifier needs both classes; check the label column, or "signalValue".',
      );
    case 'classes':
      return refuseEmptyClasses(
        sample,
        task.classes.map((name) => `class "${name}"`),
        'A classifier needs events of every class; check the label column, or "classes".',
      );
    case 'regression':
      return refuseBadTarget(sample, task.target);
  }
};
