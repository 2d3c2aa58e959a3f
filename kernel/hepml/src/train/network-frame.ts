import { fitStandardiser, identityStandardiser, type Standardiser } from '../features/index.ts';
import type { InputLayout } from './input-layout.ts';
import type { NetworkFrame } from './networks/network.ts';
import { rowWeights, type Sample } from './sample.ts';

/** Names of the numbers in a row of inputs: of an image, its channels. */
const rowNames = (layout: InputLayout, names: readonly string[]): readonly string[] => {
  if (layout.kind !== 'image') return names;
  const channels = layout.shape[2];
  if (channels === 1 && names.length === 1) return names;
  return Array.from({ length: channels }, (_, channel) => `channel ${channel}`);
};

const longest = (offsets: Int32Array): number => {
  let most = 1;
  for (let event = 1; event < offsets.length; event++)
    most = Math.max(most, (offsets[event] as number) - (offsets[event - 1] as number));
  return most;
};

const shapeOf = (layout: InputLayout, sample: Sample): readonly number[] => {
  switch (layout.kind) {
    case 'features':
      return [sample.featureCount];
    case 'image':
      return layout.shape;
    case 'particles':
      return [Math.min(layout.most ?? Infinity, longest(sample.offsets as Int32Array)), sample.featureCount + 1];
  }
};

/** What stands around a network on its training sample: preprocessing and shapes. */
export const fitFrame = (
  layout: InputLayout,
  names: readonly string[],
  training: Sample,
  options: { readonly standardise: boolean; readonly outputs: number },
): { readonly frame: NetworkFrame; readonly standardiser: Standardiser } => {
  const columns = rowNames(layout, names);
  const standardiser = options.standardise
    ? fitStandardiser(training.matrix, columns, { weights: rowWeights(training) })
    : identityStandardiser(columns);
  const { mean, inverseScale } = standardiser;
  const inputShape = shapeOf(layout, training);
  return { standardiser, frame: { inputShape, outputs: options.outputs, features: names, mean, inverseScale } };
};
