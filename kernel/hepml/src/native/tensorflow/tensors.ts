import { readMemory, writeMemory, type Pointer } from '../pinned-library.ts';
import type { TensorFlowApi } from './c-api.ts';

/** TensorFlow's numbers for element types (TF_DataType in tf_datatype.h). */
export const dataType = {
  float: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** Element type and shape of a tensor, under the number by which tfjs knows it. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

type TensorArray = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Array of `bytes` for the elements of a type; complex numbers are pairs. */
const newArray = (dtype: number, bytes: number): TensorArray => {
  switch (dtype) {
    case dataType.float:
    case dataType.complex64:
      return new Float32Array(bytes / 4);
    case dataType.int32:
      return new Int32Array(bytes / 4);
    case dataType.int64:
      return new BigInt64Array(bytes / 8);
    case dataType.bool:
    case dataType.uint8:
      return new Uint8Array(bytes);
    default:
      throw new Error(`TensorFlow element type ${dtype} cannot be exchanged with JavaScript by this binding`);
  }
};

/** Values as an array of the type that holds elements of `dtype`. */
export const asTensorArray = (dtype: number, values: ArrayLike<number>): TensorArray => {
  const sample = newArray(dtype, 0);
  if (ArrayBuffer.isView(values) && values.constructor === sample.constructor) return values as TensorArray;
  if (sample instanceof BigInt64Array) return BigInt64Array.from(Array.from(values), BigInt);
  if (sample instanceof Float32Array) return Float32Array.from(values);
  return sample instanceof Int32Array ? Int32Array.from(values) : Uint8Array.from(values);
};

/** The tensors that live in TensorFlow, under small numbers. */
export interface TensorStore {
  readonly create: (shape: readonly number[], dtype: number, values: ArrayLike<number>) => number;
  /** Takes over a handle that an operation produced. */
  readonly adopt: (handle: Pointer) => TensorMetadata;
  readonly handle: (id: number) => Pointer;
  readonly read: (id: number) => TensorArray;
  readonly delete: (id: number) => void;
  readonly size: number;
}

export const tensorStore = (api: TensorFlowApi): TensorStore => {
  const handles = new Map<number, Pointer>();
  let next = 0;
  const keep = (handle: Pointer): number => {
    handles.set(next, handle);
    return next++;
  };
  const handleOf = (id: number): Pointer => {
    const handle = handles.get(id);
    if (handle === undefined) throw new Error(`There is no tensor ${id} in TensorFlow: it was never made, or deleted`);
    return handle;
  };
  return {
    create: (shape, dtype, values) => {
      const array = asTensorArray(dtype, values);
      const tensor = api.allocateTensor(dtype, BigInt64Array.from(shape, BigInt), shape.length, array.byteLength);
      try {
        writeMemory(api.tensorData(tensor), array);
        return keep(api.checked('new tensor', (status) => api.newHandle(tensor, status)));
      } finally {
        api.deleteTensor(tensor);
      }
    },
    adopt: (handle) => {
      const rank = api.checked('rank', (status) => api.handleRank(handle, status));
      const shape = Array.from({ length: rank }, (_, axis) =>
        Number(api.checked('shape', (status) => api.handleDim(handle, axis, status))),
      );
      return { id: keep(handle), shape, dtype: api.handleType(handle) };
    },
    handle: handleOf,
    read: (id) => {
      const handle = handleOf(id);
      const tensor = api.checked('read tensor', (status) => api.resolveHandle(handle, status));
      try {
        const array = newArray(api.handleType(handle), Number(api.tensorBytes(tensor)));
        return readMemory(array, api.tensorData(tensor));
      } finally {
        api.deleteTensor(tensor);
      }
    },
    delete: (id) => {
      api.deleteHandle(handleOf(id));
      handles.delete(id);
    },
    get size() {
      return handles.size;
    },
  };
};
