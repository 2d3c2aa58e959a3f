import type { TensorFlowApi } from './c-api.ts';
import { attributeType, operationRunner } from './operations.ts';
import { dataType, tensorStore } from './tensors.ts';

const noSavedModels = (): never => {
  throw new Error('TensorFlow SavedModels cannot be loaded by this binding. Export the model to ONNX instead.');
};

/**
 * What tfjs-node expects of its compiled addon, on top of TensorFlow's C API: no compiler is needed to bind a wheel.
 * Not offered: string tensors, SavedModels, placement on a GPU.
 */
export const tensorFlowBinding = (api: TensorFlowApi) => {
  const tensors = tensorStore(api);
  return {
    TF_FLOAT: dataType.float,
    TF_INT32: dataType.int32,
    TF_INT64: dataType.int64,
    TF_BOOL: dataType.bool,
    TF_COMPLEX64: dataType.complex64,
    TF_STRING: dataType.string,
    TF_RESOURCE: dataType.resource,
    TF_UINT8: dataType.uint8,
    TF_ATTR_STRING: attributeType.string,
    TF_ATTR_INT: attributeType.int,
    TF_ATTR_FLOAT: attributeType.float,
    TF_ATTR_BOOL: attributeType.bool,
    TF_ATTR_TYPE: attributeType.type,
    TF_ATTR_SHAPE: attributeType.shape,
    TF_Version: api.version,
    createTensor: tensors.create,
    deleteTensor: tensors.delete,
    tensorDataSync: tensors.read,
    executeOp: operationRunner(api, tensors),
    isUsingGpuDevice: () => false,
    getNumOfTensors: () => tensors.size,
    getNumOfSavedModels: () => 0,
    loadSavedModel: noSavedModels,
    deleteSavedModel: noSavedModels,
    runSavedModel: noSavedModels,
  };
};

export type TensorFlowBinding = ReturnType<typeof tensorFlowBinding>;
