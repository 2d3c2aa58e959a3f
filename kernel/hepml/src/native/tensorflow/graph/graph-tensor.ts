import { readMemory, writeMemory, type Pointer } from '../../pinned-library.ts';
import type { TensorFlowApi } from '../c-api.ts';
import { dataType } from '../tensors.ts';

/** A float32 tensor in TensorFlow's memory: goes into a graph and comes out of one, without a copy. */
export interface GraphTensor {
  readonly address: Pointer;
  /** A copy of the numbers. */
  values(): Float32Array;
  /** Frees the memory; asked for a second time, does nothing. */
  dispose(): void;
}

/** TensorFlow's own tensor (TF_Tensor) with the values of an array; the caller deletes it. */
export const newNativeTensor = (
  api: TensorFlowApi,
  dtype: number,
  shape: readonly number[],
  values: NodeJS.TypedArray,
): Pointer => {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length)
    throw new RangeError(`${values.length} values for a tensor of shape [${shape.join(', ')}]`);
  const tensor = api.allocateTensor(dtype, BigInt64Array.from(shape, BigInt), shape.length, values.byteLength);
  writeMemory(api.tensorData(tensor), values);
  return tensor;
};

/** Takes over a tensor of TensorFlow. */
export const adoptTensor = (api: TensorFlowApi, address: Pointer): GraphTensor => {
  let isAlive = true;
  return {
    address,
    values: () => {
      if (!isAlive) throw new Error('This tensor has been disposed of.');
      return readMemory(new Float32Array(Number(api.tensorBytes(address)) / 4), api.tensorData(address));
    },
    dispose: () => {
      if (isAlive) api.deleteTensor(address);
      isAlive = false;
    },
  };
};

export const newGraphTensor = (api: TensorFlowApi, shape: readonly number[], values: Float32Array): GraphTensor =>
  adoptTensor(api, newNativeTensor(api, dataType.float, shape, values));
