import { CygnetError } from '@cygnet/columns';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Convolution } from '../../models/index.ts';
import { activate, applyLayers, initialiseLayers, initialWeights, zeroBias } from './dense-layers.ts';
import type { NetworkKind } from './network.ts';

/** Side lengths of filters and pools: a sequence is an image of height 1. */
const sides = ({ shape }: Convolution, length: number): [number, number] =>
  shape[0] === 1 ? [1, length] : [length, length];

/** Height and width behind each convolution with its pooling. */
const pooled = (model: Convolution): readonly (readonly [number, number])[] => {
  const [down, across] = sides(model, model.pool);
  let [height, width] = model.shape;
  return model.filters.map(() => [(height = Math.floor(height / down)), (width = Math.floor(width / across))]);
};

/** Convolutions with bias and pooling, then dense layers. */
export const convolutionNetwork: NetworkKind<Convolution> = {
  kernels: ['Conv2DBackpropFilter', 'Conv2DBackpropInput', 'MaxPoolGrad'],
  layout: ({ shape }) => ({ kind: 'image', shape }),
  initialise: (model, { outputs }, random) => {
    const [height, width] = pooled(model).at(-1) as readonly [number, number];
    if (height * width === 0)
      throw new CygnetError(
        'training-failed',
        `models.convolution: ${model.filters.length} poolings by ${model.pool} leave nothing of an image of ${model.shape[0]} x ${model.shape[1]} pixels. Give fewer filters, or a smaller pool.`,
      );
    const [rows, columns] = sides(model, model.kernel);
    const channels = [model.shape[2], ...model.filters];
    const convolutions = model.filters.flatMap((filters, layer) => {
      const inputs = rows * columns * (channels[layer] as number);
      const fan = { inputs, outputs: rows * columns * filters };
      const shape = [rows, columns, channels[layer] as number, filters];
      return [initialWeights(shape, fan, model.activation === 'relu', random), zeroBias(filters)];
    });
    const flat = height * width * (model.filters.at(-1) as number);
    return [...convolutions, ...initialiseLayers([flat, ...model.hidden, outputs], model.activation, random)];
  },
  outputs: (tf, model, weights, inputs, _, dropoutSeed) => {
    const { activation, dropout, filters, pool } = model;
    let image = inputs as Tensor4D;
    filters.forEach((__, layer) => {
      const [filter, bias] = [weights[2 * layer] as Tensor4D, weights[2 * layer + 1] as Tensor];
      image = activate(tf, activation, tf.conv2d(image, filter, 1, 'same').add(bias)) as Tensor4D;
      if (pool > 1) image = tf.maxPool(image, sides(model, pool), sides(model, pool), 'valid');
    });
    const flat = image.reshape([inputs.shape[0], -1]);
    return applyLayers(tf, weights.slice(2 * filters.length), flat, { activation, dropout, dropoutSeed }) as Tensor2D;
  },
};
