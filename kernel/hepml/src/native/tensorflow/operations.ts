import type { Pointer } from '../pinned-library.ts';
import type { TensorFlowApi } from './c-api.ts';
import type { TensorMetadata, TensorStore } from './tensors.ts';

/** tfjs-node's numbers for the kinds of attribute (TF_AttrType in c_api.h). */
export const attributeType = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** One attribute of an operation, as tfjs-node writes it. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

const int64s = (values: readonly number[]): BigInt64Array => BigInt64Array.from(values, BigInt);

/** How an operation is given its attributes: the same for one that runs at once and for one of a graph. */
export type AttributeSetters = Pick<
  TensorFlowApi,
  | 'checked'
  | 'setType'
  | 'setTypeList'
  | 'setBool'
  | 'setInt'
  | 'setIntList'
  | 'setFloat'
  | 'setFloatList'
  | 'setString'
  | 'setShape'
>;

export const setAttribute = (api: AttributeSetters, op: Pointer, { name, type, value }: OperationAttribute): void => {
  switch (type) {
    case attributeType.type:
      if (Array.isArray(value)) api.setTypeList(op, name, Int32Array.from(value as number[]), value.length);
      else api.setType(op, name, value as number);
      return;
    case attributeType.bool:
      api.setBool(op, name, value ? 1 : 0);
      return;
    case attributeType.int:
      if (Array.isArray(value)) api.setIntList(op, name, int64s(value as number[]), value.length);
      else api.setInt(op, name, value as number);
      return;
    case attributeType.float:
      if (Array.isArray(value)) api.setFloatList(op, name, Float32Array.from(value as number[]), value.length);
      else api.setFloat(op, name, value as number);
      return;
    case attributeType.string: {
      const bytes = new TextEncoder().encode(value as string);
      api.setString(op, name, bytes, bytes.length);
      return;
    }
    case attributeType.shape: {
      const dims = int64s(value as number[]);
      api.checked(`shape of ${name}`, (status) => api.setShape(op, name, dims, dims.length, status));
      return;
    }
    default:
      throw new Error(`TensorFlow attribute "${name}" has kind ${type}, which this binding does not know`);
  }
};

/** Runs operations of TensorFlow, one at a time, on tensors of a store. */
export const operationRunner = (api: TensorFlowApi, tensors: TensorStore) => {
  const options = api.newContextOptions();
  const context = api.checked('start', (status) => api.newContext(options, status));
  api.deleteContextOptions(options);
  const outputs = new BigUint64Array(256);
  const outputCount = new Int32Array(1);
  return (
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    count: number,
  ): TensorMetadata[] => {
    const op = api.checked(name, (status) => api.newOp(context, name, status));
    try {
      for (const id of inputs) api.checked(name, (status) => api.addInput(op, tensors.handle(id), status));
      for (const attribute of attributes) setAttribute(api, op, attribute);
      outputCount[0] = count;
      api.checked(name, (status) => api.execute(op, outputs, outputCount, status));
    } finally {
      api.deleteOp(op);
    }
    return Array.from(outputs.subarray(0, outputCount[0]), (handle) => tensors.adopt(handle));
  };
};
