import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { TensorFlowApi } from '../c-api.ts';
import { capture } from './capture.ts';
import { graphApi } from './graph-api.ts';
import { graphFunction, type GraphFunction } from './graph-function.ts';
import { newGraphTensor, type GraphTensor } from './graph-tensor.ts';

/** Makes graphs out of functions of tensors, and tensors for them. */
export interface GraphEngine {
  tensor(shape: readonly number[], values: Float32Array): GraphTensor;
  /**
   * A function of float32 tensors of the given shapes as one graph. `body` is called once.
   * @throws CygnetError `unsupported` naming the operation that cannot be part of a graph, and why.
   */
  capture(
    shapes: readonly (readonly number[])[],
    body: (inputs: readonly TensorFlowJs.Tensor[]) => readonly TensorFlowJs.Tensor[],
  ): GraphFunction;
}

export const graphEngine = (api: TensorFlowApi, tf: typeof TensorFlowJs): GraphEngine => {
  const graphs = graphApi(api);
  return {
    tensor: (shape, values) => newGraphTensor(api, shape, values),
    capture: (shapes, body) => graphFunction(api, graphs, capture(api, graphs, tf, shapes, body)),
  };
};
