import type { InputFeature } from '../models/index.ts';
import type { EventInputs } from './sample.ts';

/** A model's inputs, with the range that each has in the training sample. */
export const inputFeatures = (
  names: readonly string[],
  units: { readonly [column: string]: string | undefined },
  { matrix }: EventInputs,
): readonly InputFeature[] =>
  names.map((name, column) => {
    let [min, max] = [Infinity, -Infinity];
    for (let index = column; index < matrix.length; index += names.length) {
      const value = matrix[index] as number;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    const isKnown = min <= max;
    return { name, unit: units[name] ?? '', min: isKnown ? min : NaN, max: isKnown ? max : NaN };
  });
