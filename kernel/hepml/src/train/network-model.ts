import { CygnetError } from '@cygnet/columns';
import { isArrayOf, isNumber, isRecord } from '@cygnet/contract';
import { standardise, type Standardiser } from '../features/index.ts';
import { outputNames, type DenseBlueprint, type DenseLayer, type InputFeature, type Task } from '../models/index.ts';
import { joinedParameters, separatedParameters } from './adam.ts';
import type { Abilities, SavedParts } from './fit.ts';
import { inferOutputs, type NetworkInUse } from './infer.ts';
import { interruption } from './interruption.ts';
import type { NetworkFrame, NetworkKind } from './networks/network.ts';
import { predictionsInPlace, type OutputScale } from './predictions.ts';
import type { EventInputs } from './sample.ts';
import { tensorEngine } from './tensor-engine.ts';

/** A network with all that stands around it: what a trained one consists of. */
export interface NetworkParts<Description> {
  readonly network: NetworkInUse<Description>;
  readonly name: string;
  readonly features: readonly InputFeature[];
  readonly task: Task;
  /** Of the numbers of a row of inputs. */
  readonly standardiser: Standardiser;
  readonly scale: OutputScale;
}

/**
 * Inputs as the network takes them: features and pixels standardised, particles as they are (the network standardises
 * them itself), missing values filled.
 */
export const prepareInputs = <Inputs extends EventInputs>(inputs: Inputs, standardiser: Standardiser): Inputs => {
  if (inputs.offsets === undefined) return { ...inputs, matrix: standardise(standardiser, inputs.matrix) };
  const { fill } = standardiser;
  const isWhole = inputs.matrix.every((value) => !Number.isNaN(value));
  if (isWhole) return inputs;
  const matrix = inputs.matrix.map((value, i) => (Number.isNaN(value) ? (fill[i % fill.length] as number) : value));
  return { ...inputs, matrix };
};

/** The last layer with the outputs' scale and shift inside. */
const scaledLayer = (layer: DenseLayer, { scale, shift }: OutputScale): DenseLayer => ({
  ...layer,
  weights: layer.weights.map((weight, i) => weight * (scale[i % layer.outputs] as number)),
  bias: layer.bias.map((bias, i) => bias * (scale[i] as number) + (shift[i] as number)),
});

/** What a trained network can do. */
export const networkModel = <Description>(parts: NetworkParts<Description>): Abilities => {
  const { network, name, features, task, standardiser, scale } = parts;
  const { kind, description, frame, weights } = network;
  const layers = (): readonly DenseLayer[] =>
    kind.layers?.(
      description,
      frame,
      weights.map(({ values }) => values),
    ) ?? [];
  return {
    predict: async (inputs) => {
      const free = interruption(name);
      // The engine again: a user may have put another backend in its place meanwhile.
      const { tf } = await tensorEngine();
      const raw = await inferOutputs(tf, network, prepareInputs(inputs, standardiser), () => free.breathe());
      return predictionsInPlace(raw, scale);
    },
    ...(kind.layers === undefined
      ? {}
      : {
          blueprint: {
            kind: 'dense' as const,
            make: (): DenseBlueprint => ({
              kind: 'dense',
              features,
              outputs: outputNames(task),
              link: scale.link,
              fill: Float32Array.from(standardiser.fill),
              mean: Float32Array.from(standardiser.mean),
              inverseScale: Float32Array.from(standardiser.inverseScale),
              layers: layers().map((layer, i, all) => (i === all.length - 1 ? scaledLayer(layer, scale) : layer)),
            }),
          },
        }),
    save: () => {
      const values = joinedParameters(weights);
      return {
        state: { frame, standardiser, scale, shapes: weights.map(({ shape }) => shape) } satisfies SavedNetwork,
        file: new Uint8Array(values.buffer),
      };
    },
    dispose: () => undefined,
  };
};

/** Numbers out of a file's bytes; copied, because a small Buffer is a part of a larger one. */
export const floatsOf = (bytes: Uint8Array): Float32Array =>
  new Float32Array(Uint8Array.from(bytes).buffer, 0, Math.floor(bytes.length / 4));

/** What is kept of a network beside its weights. */
interface SavedNetwork {
  readonly frame: NetworkFrame;
  readonly standardiser: Standardiser;
  readonly scale: OutputScale;
  readonly shapes: readonly (readonly number[])[];
}

const isSavedNetwork = (state: unknown): state is SavedNetwork =>
  isRecord(state) &&
  isRecord(state.frame) &&
  isRecord(state.standardiser) &&
  isRecord(state.scale) &&
  isArrayOf(state.shapes, (shape) => isArrayOf(shape, isNumber));

/** @throws CygnetError `bad-file` when the parts do not make a network. */
export const loadNetwork = <Description>(
  kind: NetworkKind<Description>,
  description: Description,
  { name, features, task, state, file }: SavedParts,
): Abilities => {
  const values = floatsOf(file);
  const sizes = isSavedNetwork(state) ? state.shapes.map((shape) => shape.reduce((all, size) => all * size, 1)) : [];
  if (!isSavedNetwork(state) || sizes.reduce((sum, size) => sum + size, 0) !== values.length)
    throw new CygnetError('bad-file', `The weights of "${name}" are not those that its description tells of.`);
  const like = state.shapes.map((shape, i) => ({ shape, values: new Float32Array(sizes[i] as number) }));
  const { frame, standardiser, scale } = state;
  const weights = separatedParameters(values, like);
  return networkModel({ network: { kind, description, frame, weights }, name, features, task, standardiser, scale });
};
