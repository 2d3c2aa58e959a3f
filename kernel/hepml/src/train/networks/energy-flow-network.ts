import { CygnetError } from '@cygnet/columns';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { EnergyFlow } from '../../models/index.ts';
import { applyLayers } from './dense-layers.ts';
import type { NetworkFrame, NetworkKind } from './network.ts';
import { initialiseDeepSets } from './particle-flow-network.ts';
import { perParticle, placesOf, splitParticles, takeFeatures } from './particles.ts';

const momentumAndDirection = (model: EnergyFlow, frame: NetworkFrame) => {
  const [momentum] = placesOf('models.energyFlow', [model.momentum], frame) as [number];
  const direction = frame.features.map((_, place) => place).filter((place) => place !== momentum);
  if (direction.length === 0)
    throw new CygnetError(
      'training-failed',
      `models.energyFlow needs features besides "${model.momentum}": the direction of each particle.`,
    );
  return { momentum, direction };
};

/** Energy flow: phi of each particle's direction, the sum weighted by the share of momentum, rho. */
export const energyFlowNetwork: NetworkKind<EnergyFlow> = {
  layout: ({ maxParticles }) => ({
    kind: 'particles',
    ...(maxParticles === undefined ? {} : { most: maxParticles }),
  }),
  initialise: (model, frame, random) =>
    initialiseDeepSets(model, momentumAndDirection(model, frame).direction.length, frame, random),
  outputs: (tf, model, weights, inputs, frame, dropoutSeed) => {
    const { activation, dropout, phi } = model;
    const { momentum, direction } = momentumAndDirection(model, frame);
    const { raw, features } = splitParticles(tf, inputs, frame);
    const pt = takeFeatures(tf, raw, [momentum]);
    const total = pt.sum(1, true);
    const share = pt.div<Tensor3D>(total.add(total.equal(0).cast('float32')));
    const each = perParticle(takeFeatures(tf, features, direction), (rows) =>
      applyLayers(tf, weights.slice(0, 2 * phi.length), rows, { activation, isLastActivated: true }),
    );
    // Padding has no momentum, so it needs no mask.
    const sums = each.mul(share).sum(1);
    return applyLayers(tf, weights.slice(2 * phi.length), sums, { activation, dropout, dropoutSeed }) as Tensor2D;
  },
};
