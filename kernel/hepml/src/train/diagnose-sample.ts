import { CygnetError } from '@cygnet/columns';

const refuse = (message: string): never => {
  throw new CygnetError('training-failed', message);
};

/** What is to be checked before any engine sees it: raw labels and weights, and who they belong to. */
export interface RawSample {
  /** For example `training table "higgs"`. */
  readonly what: string;
  readonly featureNames: readonly string[];
  readonly matrix: Float32Array;
  readonly labels: Float32Array;
  readonly weights: Float32Array | Float64Array;
}

/** @throws CygnetError `training-failed` saying what no training can work with, and what to do about it. */
export const diagnoseSample = (sample: RawSample): void => {
  const { what, featureNames, matrix, labels, weights } = sample;
  if (labels.length === 0) refuse(`The ${what} has no events.`);
  if (featureNames.length === 0) refuse(`The ${what} has no numeric feature to learn from.`);
  const badWeight = weights.findIndex((weight) => !Number.isFinite(weight));
  if (badWeight >= 0)
    refuse(`The weight of event ${badWeight} in the ${what} is ${weights[badWeight]}; it must be finite.`);
  const infinite = matrix.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) {
    const width = featureNames.length;
    refuse(
      `Feature "${featureNames[infinite % width]}" of event ${Math.floor(infinite / width)} in the ${what} is infinite (or beyond float32). Use NaN for a missing value, or filter such events out.`,
    );
  }
  const total = { signal: 0, background: 0 };
  const count = { signal: 0, background: 0 };
  labels.forEach((label, event) => {
    const role = label === 1 ? 'signal' : 'background';
    total[role] += weights[event] as number;
    count[role]++;
  });
  for (const role of ['signal', 'background'] as const) {
    if (count[role] === 0) {
      refuse(
        `The ${what} has ${labels.length} events and none of them is ${role}. A classifier needs both classes; check the label column, or "signalValue".`,
      );
    }
    if (total[role] === 0) {
      refuse(
        `The weights of the ${count[role]} ${role} events in the ${what} sum to zero, so they teach nothing. Check the weight column.`,
      );
    }
    if (total[role] < 0) {
      refuse(
        `The weights of the ${count[role]} ${role} events in the ${what} sum to ${total[role]}; the sum must be positive.`,
      );
    }
  }
};
