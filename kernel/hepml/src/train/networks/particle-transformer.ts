import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { ParticleTransformer } from '../../models/index.ts';
import { attentionBlock, attentionTensors, initialiseAttention } from './attention.ts';
import { applyLayers, initialiseLayers } from './dense-layers.ts';
import type { NetworkFrame, NetworkKind, Tf } from './network.ts';
import { perParticle, placesOf, splitParticles, squaredDistances, takeFeatures, type Particles } from './particles.ts';

const owner = 'models.particleTransformer';
const activation = 'relu';
/** Units between pair features and heads. */
const pairUnits = 16;
/** Added to a score, this makes its softmax zero. */
const never = -1e9;

const pairFeatures = ({ pairs }: ParticleTransformer): number => {
  if (pairs === undefined) return 0;
  return pairs.momentum === undefined ? 1 : 4;
};

const columnsOf = ({ pairs }: ParticleTransformer, frame: NetworkFrame) => ({
  coordinates: placesOf(owner, pairs?.coordinates ?? [], frame),
  momentum: placesOf(owner, pairs?.momentum === undefined ? [] : [pairs.momentum], frame),
});

/** ln of small positive numbers, which may be 0. */
const logarithm = (values: Tensor): Tensor => values.add(1e-8).log();

/** Features of each pair: [events, places, places, ln Δ², and with a momentum ln kT, ln z, ln m²]. */
const pairsOf = (
  tf: Tf,
  model: ParticleTransformer,
  { raw, events, places }: Particles,
  frame: NetworkFrame,
): Tensor4D => {
  const { coordinates, momentum } = columnsOf(model, frame);
  const distance = squaredDistances(takeFeatures(tf, raw, coordinates));
  const column = (values: Tensor): Tensor4D => values.reshape([events, places, places, 1]);
  const near = column(logarithm(distance));
  if (momentum.length === 0) return near;
  const pt = takeFeatures(tf, raw, momentum);
  const [first, second] = [pt.reshape([events, places, 1]), pt.reshape([events, 1, places])];
  const smaller = tf.minimum(first, second);
  return tf.concat(
    [
      near,
      column(logarithm(smaller).add(logarithm(distance).div(2))),
      column(logarithm(smaller.div(first.add(second).add(1e-8)))),
      column(logarithm(first).add(logarithm(second)).add(logarithm(distance))),
    ],
    3,
  );
};

/** Particle Transformer: attention among particles, biased by their pairs; a class token; dense layers. */
export const particleTransformerNetwork: NetworkKind<ParticleTransformer> = {
  layout: ({ maxParticles }) => ({
    kind: 'particles',
    ...(maxParticles === undefined ? {} : { most: maxParticles }),
  }),
  initialise: (model, frame, random) => {
    columnsOf(model, frame);
    const { width, heads, blocks, hidden } = model;
    const pairs = pairFeatures(model);
    return [
      { shape: [1, 1, width], values: Float32Array.from({ length: width }, () => 0.02 * random.normal()) },
      ...initialiseLayers([frame.features.length, width, width], activation, random),
      ...(pairs > 0 ? initialiseLayers([pairs, pairUnits, heads], activation, random) : []),
      ...Array.from({ length: blocks + 1 }, () => initialiseAttention(width, random)).flat(),
      ...initialiseLayers([width, ...hidden, frame.outputs], activation, random),
    ];
  },
  outputs: (tf, model, weights, inputs, frame, dropoutSeed) => {
    const { heads, blocks, dropout, width } = model;
    const particles = splitParticles(tf, inputs, frame);
    const { features, mask, events, places } = particles;
    let next = 1;
    const take = (count: number): readonly Tensor[] => weights.slice(next, (next += count));
    const embedding = take(4);
    let values = perParticle(features, (rows) => applyLayers(tf, embedding, rows, { activation })) as Tensor3D;
    const isPadding = mask.reshape([events, 1, 1, places]).sub(1).mul(-never);
    let bias: Tensor = isPadding;
    if (pairFeatures(model) > 0) {
      const layers = take(4);
      const scores = perParticle(pairsOf(tf, model, particles, frame), (rows) =>
        applyLayers(tf, layers, rows, { activation }),
      );
      bias = scores.transpose([0, 3, 1, 2]).add(isPadding);
    }
    const seedOf = (block: number): number | undefined => (dropoutSeed === undefined ? undefined : dropoutSeed + block);
    for (let block = 0; block < blocks; block++)
      values = attentionBlock(tf, take(attentionTensors), values, values, {
        ...{ heads, bias, dropout },
        dropoutSeed: seedOf(block),
      });
    const token = (weights[0] as Tensor3D).add<Tensor3D>(tf.zeros([events, 1, width]));
    const withToken = tf.concat([token, values], 1);
    const tokenBias = tf.concat([tf.zeros([events, 1, 1, 1]), isPadding as Tensor4D], 3);
    const summary = attentionBlock(tf, take(attentionTensors), token, withToken, {
      ...{ heads, bias: tokenBias, dropout },
      dropoutSeed: seedOf(blocks),
    });
    return applyLayers(tf, weights.slice(next), summary.reshape([events, width]), { activation }) as Tensor2D;
  },
};
