import { CygnetError } from '@cygnet/columns';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs';
import type { NetworkFrame, Tf } from './network.ts';

/** Particles of a batch of events. */
export interface Particles {
  readonly events: number;
  /** Places for particles in an event, padding included. */
  readonly places: number;
  /** Features as they are in the data, 0 in padding: [events, places, features]. */
  readonly raw: Tensor3D;
  /** Standardised features, 0 in padding. */
  readonly features: Tensor3D;
  /** 1 for a particle and 0 for padding: [events, places, 1]. */
  readonly mask: Tensor3D;
}

/** Takes padded particles apart; the mask is the last number of each. */
export const splitParticles = (
  tf: Tf,
  inputs: Tensor,
  { features: names, mean, inverseScale }: NetworkFrame,
): Particles => {
  const [events, places] = inputs.shape as [number, number, number];
  const width = names.length;
  const [raw, mask] = tf.split(inputs, [width, 1], 2) as [Tensor3D, Tensor3D];
  const features = raw
    .sub(tf.tensor1d([...mean]))
    .mul(tf.tensor1d([...inverseScale]))
    .mul<Tensor3D>(mask);
  return { events, places, raw, features, mask };
};

/** A function of the last axis, which sees particles (or pairs) one below the other. */
export const perParticle = (values: Tensor, apply: (rows: Tensor) => Tensor): Tensor => {
  const outer = values.shape.slice(0, -1);
  const rows = apply(values.reshape([-1, values.shape.at(-1) as number]));
  return rows.reshape([...outer, rows.shape[1] as number]);
};

/** Mean over the particles of an event; 0 of an event without any. */
export const meanOverParticles = (tf: Tf, values: Tensor, mask: Tensor): Tensor =>
  values
    .mul(mask)
    .sum(1)
    .div(tf.maximum(mask.sum(1), 1));

/** Places of columns among the features. @throws CygnetError `training-failed` naming one that is missing. */
export const placesOf = (owner: string, columns: readonly string[], { features }: NetworkFrame): readonly number[] =>
  columns.map((column) => {
    const place = features.indexOf(column);
    if (place >= 0) return place;
    throw new CygnetError(
      'training-failed',
      `${owner} needs column "${column}" among the features, which are: ${features.join(', ')}.`,
    );
  });

/** Some features of each particle. */
export const takeFeatures = (tf: Tf, values: Tensor3D, places: readonly number[]): Tensor3D => {
  const columns = tf.split(values, values.shape[2], 2);
  return tf.concat(
    places.map((place) => columns[place] as Tensor3D),
    2,
  );
};

/** Squared distance of each pair: [events, places, places]. */
export const squaredDistances = (points: Tensor3D): Tensor3D => {
  const [events, places] = points.shape;
  const square = points.square().sum(2);
  const products = points.matMul(points, false, true);
  return square
    .reshape([events, places, 1])
    .add(square.reshape([events, 1, places]))
    .sub(products.mul(2))
    .maximum(0);
};
