import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { ParticleNet } from '../../models/index.ts';
import { applyLayers, initialiseLayers } from './dense-layers.ts';
import { nearestNeighbours } from './nearest-neighbours.ts';
import type { NetworkKind, Tf } from './network.ts';
import { meanOverParticles, perParticle, placesOf, splitParticles, takeFeatures } from './particles.ts';

const owner = 'models.particleNet';
const activation = 'relu';

/** Weight tensors of a block: those of its layers, and weights and bias of the way around them. */
const blockTensors = (units: readonly number[]): number => 2 * units.length + 2;

/** EdgeConv: the mean over neighbours of layers on `[x, x_neighbour - x]`, plus a linear way around, activated. */
const edgeConvolution = (tf: Tf, weights: readonly Tensor[], values: Tensor3D, near: Tensor4D): Tensor3D => {
  const [events, places, width] = values.shape;
  const count = near.shape[2];
  const others = near
    .reshape<Tensor3D>([events, places * count, places])
    .matMul(values)
    .reshape<Tensor4D>([events, places, count, width]);
  const own = values.reshape<Tensor4D>([events, places, 1, width]).add<Tensor4D>(tf.zerosLike(others));
  const edges = tf.concat([own, others.sub(own)], 3);
  const isEdge = near.sum(3, true);
  const messages = perParticle(edges, (rows) =>
    applyLayers(tf, weights.slice(0, -2), rows, { activation, isLastActivated: true }),
  );
  const mean = messages
    .mul(isEdge)
    .sum(2)
    .div(tf.maximum(isEdge.sum(2), 1));
  const around = perParticle(values, (rows) => applyLayers(tf, weights.slice(-2), rows, { activation }));
  return mean.add(around).relu<Tensor3D>();
};

/** Blocks of EdgeConv, each on the neighbours in what the one before has learned; mean over particles; dense layers. */
export const particleNetNetwork: NetworkKind<ParticleNet> = {
  layout: ({ maxParticles }) => ({
    kind: 'particles',
    ...(maxParticles === undefined ? {} : { most: maxParticles }),
  }),
  initialise: (model, frame, random) => {
    placesOf(owner, model.coordinates ?? [], frame);
    let width = frame.features.length;
    const blocks = model.blocks.flatMap((units) => {
      const layers = initialiseLayers([2 * width, ...units], activation, random, { isLastActivated: true });
      const last = units.at(-1) as number;
      const around = initialiseLayers([width, last], activation, random);
      width = last;
      return [...layers, ...around];
    });
    return [...blocks, ...initialiseLayers([width, ...model.hidden, frame.outputs], activation, random)];
  },
  outputs: (tf, model, weights, inputs, frame, dropoutSeed) => {
    const { raw, features, mask } = splitParticles(tf, inputs, frame);
    const { coordinates, neighbours, blocks, dropout } = model;
    let points = coordinates ? takeFeatures(tf, raw, placesOf(owner, coordinates, frame)) : features;
    let values = features;
    let start = 0;
    for (const units of blocks) {
      const own = weights.slice(start, (start += blockTensors(units)));
      values = edgeConvolution(tf, own, values, nearestNeighbours(tf, points, mask, neighbours)).mul(mask);
      points = values;
    }
    const mean = meanOverParticles(tf, values, mask);
    return applyLayers(tf, weights.slice(start), mean, { activation, dropout, dropoutSeed }) as Tensor2D;
  },
};
