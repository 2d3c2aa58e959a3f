import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { RandomSource } from '../../data/index.ts';
import { applyLayers, initialiseLayers } from './dense-layers.ts';
import type { NetworkParameter, Tf } from './network.ts';
import { perParticle } from './particles.ts';

/** Gain and bias of a layer normalisation. */
const normalisation = (width: number): readonly NetworkParameter[] => [
  { shape: [width], values: new Float32Array(width).fill(1) },
  { shape: [width], values: new Float32Array(width) },
];

/** Mean 0 and deviation 1 over the last axis, then gain and bias (J. Ba et al., arXiv 1607.06450). */
const normalise = (values: Tensor, [gain, bias]: readonly [Tensor, Tensor]): Tensor => {
  const centred = values.sub(values.mean(-1, true));
  return centred.div(centred.square().mean(-1, true).add(1e-5).sqrt()).mul(gain).add(bias);
};

/** Weight tensors of {@link attentionBlock}. */
export const attentionTensors = 2 + 8 + 2 + 4;

/** Of a block: normalisation, query, key, value and output, normalisation, two feed-forward layers. */
export const initialiseAttention = (width: number, random: RandomSource): readonly NetworkParameter[] => [
  ...normalisation(width),
  ...[0, 1, 2, 3].flatMap(() => initialiseLayers([width, width], 'linear', random)),
  ...normalisation(width),
  ...initialiseLayers([width, 2 * width, width], 'relu', random),
];

/** Who looks at whom, and how. */
export interface AttentionRun {
  readonly heads: number;
  /** Added to the scores before the softmax: [events, heads or 1, askers, asked]. Very negative for padding. */
  readonly bias: Tensor;
  readonly dropout: number;
  readonly dropoutSeed?: number | undefined;
}

const split = (values: Tensor, heads: number): Tensor4D => {
  const [events, places, width] = values.shape as [number, number, number];
  return values.reshape([events, places, heads, width / heads]).transpose([0, 2, 1, 3]);
};

/**
 * `askers` attend to `asked` (the same for self-attention), then a feed-forward part; both are added to what came in
 * (A. Vaswani et al., arXiv 1706.03762).
 */
export const attentionBlock = (
  tf: Tf,
  weights: readonly Tensor[],
  askers: Tensor3D,
  asked: Tensor3D,
  { heads, bias, dropout, dropoutSeed }: AttentionRun,
): Tensor3D => {
  const pair = (at: number): readonly [Tensor, Tensor] => [weights[at] as Tensor, weights[at + 1] as Tensor];
  const linear = (values: Tensor, at: number): Tensor =>
    perParticle(values, (rows) => applyLayers(tf, pair(at), rows, { activation: 'linear' }));
  const [events, places, width] = askers.shape;
  const calmAskers = normalise(askers, pair(0));
  const calmAsked = askers === asked ? calmAskers : normalise(asked, pair(0));
  const [query, key, value] = [linear(calmAskers, 2), linear(calmAsked, 4), linear(calmAsked, 6)].map((values) =>
    split(values, heads),
  ) as [Tensor4D, Tensor4D, Tensor4D];
  const scores = query
    .matMul(key, false, true)
    .div(Math.sqrt(width / heads))
    .add(bias);
  const seen = tf
    .softmax(scores as Tensor4D)
    .matMul(value)
    .transpose([0, 2, 1, 3])
    .reshape([events, places, width]);
  const attended = askers.add(linear(seen, 8));
  const forward = perParticle(normalise(attended, pair(10)), (rows) =>
    applyLayers(tf, weights.slice(12, 16), rows, { activation: 'relu', dropout, dropoutSeed }),
  );
  return attended.add(forward);
};
