import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from './network.ts';
import { squaredDistances } from './particles.ts';

/** Farther away than any particle; small enough that float32 keeps distances beside it apart from it. */
const far = 1e9;

/**
 * The nearest particles of each particle, itself left out, as rows that select them: [events, places, neighbours, places]
 * of 0 and 1. A neighbour that would be padding is a row of zeros. The choice has no gradient, as in any kNN graph, and products
 * with it have one: gathering by index would need to read the indices back.
 */
export const nearestNeighbours = (tf: Tf, points: Tensor3D, mask: Tensor3D, neighbours: number): Tensor4D => {
  const [events, places] = points.shape;
  const count = Math.min(neighbours, places);
  const choose = tf.customGrad((input: Tensor | ((tensors: Tensor[]) => void)) => {
    const own = input as Tensor3D;
    const isThere = mask.reshape([events, 1, places]);
    const apart = squaredDistances(own)
      .add(isThere.neg().add(1).mul(far))
      .add(tf.eye(places).reshape([1, places, places]).mul(far));
    const { values, indices } = tf.topk(apart.neg(), count, true);
    const isNeighbour = values.greater(-far / 2).cast('float32');
    const rows = tf.oneHot(indices, places).cast('float32').mul(isNeighbour.expandDims(3));
    return { value: rows, gradFunc: () => tf.zerosLike(own) };
  });
  return choose(points) as Tensor4D;
};
