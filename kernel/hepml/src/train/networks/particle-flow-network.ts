import type { Tensor2D } from '@tensorflow/tfjs';
import type { DeepSets } from '../../models/index.ts';
import { applyLayers, initialiseLayers } from './dense-layers.ts';
import type { NetworkFrame, NetworkKind } from './network.ts';
import { perParticle, splitParticles } from './particles.ts';

/** Number of weight tensors of phi. */
const phiTensors = (model: Pick<DeepSets, 'phi'>): number => 2 * model.phi.length;

/** Weights of phi, then of rho. */
export const initialiseDeepSets = (
  model: Pick<DeepSets, 'phi' | 'rho' | 'activation'>,
  features: number,
  { outputs }: NetworkFrame,
  random: Parameters<NetworkKind<DeepSets>['initialise']>[2],
) => [
  ...initialiseLayers([features, ...model.phi], model.activation, random, { isLastActivated: true }),
  ...initialiseLayers([model.phi.at(-1) as number, ...model.rho, outputs], model.activation, random),
];

/** Deep Sets: phi of each particle, the sum, rho. */
export const particleFlowNetwork: NetworkKind<DeepSets> = {
  layout: ({ maxParticles }) => ({
    kind: 'particles',
    ...(maxParticles === undefined ? {} : { most: maxParticles }),
  }),
  initialise: (model, frame, random) => initialiseDeepSets(model, frame.features.length, frame, random),
  outputs: (tf, model, weights, inputs, frame, dropoutSeed) => {
    const { activation, dropout } = model;
    const { features, mask } = splitParticles(tf, inputs, frame);
    const each = perParticle(features, (rows) =>
      applyLayers(tf, weights.slice(0, phiTensors(model)), rows, { activation, isLastActivated: true }),
    );
    const sums = each.mul(mask).sum(1);
    return applyLayers(tf, weights.slice(phiTensors(model)), sums, { activation, dropout, dropoutSeed }) as Tensor2D;
  },
};
