import { CygnetError } from '@cygnet/columns';
import type { DenseBlueprint, DenseLayer, ModelBlueprint } from '../models/index.ts';

const refuse = (message: string): never => {
  throw new CygnetError('export-refused', message);
};

/**
 * @throws CygnetError `export-refused` unless a model is a network whose layers fit together and hold finite numbers
 * only.
 */
export function refuseUnlessNetwork(blueprint: ModelBlueprint): asserts blueprint is DenseBlueprint {
  if (blueprint.kind !== 'dense') return refuse('The model is not a dense network.');
  const { features, layers, fill, mean, inverseScale } = blueprint;
  if (features.length === 0) refuse('The model has no input features.');
  let inputs = features.length;
  layers.forEach((layer, i) => {
    const { weights, bias, outputs } = layer;
    if (layer.inputs !== inputs || weights.length !== inputs * outputs || bias.length !== outputs)
      refuse(
        `Layer ${i} takes ${layer.inputs} inputs with ${weights.length} weights and ${bias.length} biases; ` +
          `${inputs} values come in and ${outputs} go out.`,
      );
    if (![weights, bias].every((numbers) => numbers.every(Number.isFinite)))
      refuse(`Layer ${i} holds a number that is not finite.`);
    inputs = outputs;
  });
  if (
    ![fill, mean, inverseScale].every((numbers) => numbers.length === features.length && numbers.every(Number.isFinite))
  )
    refuse('The preprocessing holds a number that is not finite, or not one for each feature.');
  const last = layers.at(-1);
  if (last?.outputs !== blueprint.outputs.length || last.activation !== 'linear')
    refuse(`The last layer must be linear and give ${blueprint.outputs.length} numbers, one an output.`);
}

/**
 * The layers of a classifier of signal against background, the last with activation `sigmoid`: for formats that have
 * no link behind the layers.
 * @throws CygnetError `export-refused` for another network.
 */
export const signalLayers = ({ layers, link, outputs }: DenseBlueprint): readonly DenseLayer[] => {
  if (link !== 'sigmoid' || outputs.length !== 1)
    refuse(`The network gives ${outputs.join(', ')}, not one signal probability.`);
  return layers.map((layer, i) => (i === layers.length - 1 ? { ...layer, activation: 'sigmoid' } : layer));
};
