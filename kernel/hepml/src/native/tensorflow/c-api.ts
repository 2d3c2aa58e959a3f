import { loadPinnedLibrary, type Pointer, type SharedLibrary } from '../pinned-library.ts';
import { withoutStartUpNotes } from './start-up-notes.ts';
import { requireWheelLibrary } from '../python-environment.ts';
import { tensorFlowFrameworkLibrary, tensorFlowLibrary } from '../wheel-libraries.ts';

type Status = Pointer;
type Call<Arguments extends readonly unknown[], Result = void> = (...args: Arguments) => Result;

/** The functions of TensorFlow's C API (tensorflow/c/c_api.h and tensorflow/c/eager/c_api.h) that the binding uses. */
export interface TensorFlowApi {
  readonly version: string;
  /** The library that has graphs and sessions, for declaring more of its functions. */
  readonly library: SharedLibrary;
  readonly newStatus: Call<[], Status>;
  readonly deleteStatus: Call<[status: Status]>;
  /** @throws Error with TensorFlow's message when the status tells of a failure. */
  check(what: string, status: Status): void;
  /** Runs a call with the shared status object and throws its message when it failed. */
  checked<Result>(what: string, call: (status: Status) => Result): Result;
  readonly allocateTensor: Call<[dtype: number, dims: BigInt64Array, rank: number, bytes: number], Pointer>;
  readonly tensorData: Call<[tensor: Pointer], Pointer>;
  readonly tensorBytes: Call<[tensor: Pointer], number | bigint>;
  readonly deleteTensor: Call<[tensor: Pointer]>;
  readonly newContextOptions: Call<[], Pointer>;
  readonly deleteContextOptions: Call<[options: Pointer]>;
  readonly newContext: Call<[options: Pointer, status: Status], Pointer>;
  readonly newHandle: Call<[tensor: Pointer, status: Status], Pointer>;
  readonly deleteHandle: Call<[handle: Pointer]>;
  readonly resolveHandle: Call<[handle: Pointer, status: Status], Pointer>;
  readonly handleType: Call<[handle: Pointer], number>;
  readonly handleRank: Call<[handle: Pointer, status: Status], number>;
  readonly handleDim: Call<[handle: Pointer, axis: number, status: Status], number | bigint>;
  readonly newOp: Call<[context: Pointer, name: string, status: Status], Pointer>;
  readonly deleteOp: Call<[op: Pointer]>;
  readonly addInput: Call<[op: Pointer, handle: Pointer, status: Status]>;
  readonly setType: Call<[op: Pointer, name: string, value: number]>;
  readonly setTypeList: Call<[op: Pointer, name: string, values: Int32Array, count: number]>;
  readonly setBool: Call<[op: Pointer, name: string, value: number]>;
  readonly setInt: Call<[op: Pointer, name: string, value: number | bigint]>;
  readonly setIntList: Call<[op: Pointer, name: string, values: BigInt64Array, count: number]>;
  readonly setFloat: Call<[op: Pointer, name: string, value: number]>;
  readonly setFloatList: Call<[op: Pointer, name: string, values: Float32Array, count: number]>;
  readonly setString: Call<[op: Pointer, name: string, value: Uint8Array, bytes: number]>;
  readonly setShape: Call<[op: Pointer, name: string, dims: BigInt64Array, rank: number, status: Status]>;
  readonly execute: Call<[op: Pointer, outputs: BigUint64Array, outputCount: Int32Array, status: Status]>;
}

/**
 * Loads TensorFlow's shared libraries out of the environment's wheel.
 *
 * @throws CygnetError `engine-missing` when there is none.
 */
export const loadTensorFlowApi = (): TensorFlowApi => {
  const paths = [tensorFlowFrameworkLibrary, tensorFlowLibrary].map((library) => requireWheelLibrary(library));
  const [base, main] = withoutStartUpNotes(() => paths.map(loadPinnedLibrary)) as [SharedLibrary, SharedLibrary];
  const newStatus = base.func('void *TF_NewStatus()') as Call<[], Status>;
  const code = base.func('int TF_GetCode(void *status)') as Call<[Status], number>;
  const message = base.func('const char *TF_Message(void *status)') as Call<[Status], string>;
  const version = main.func('const char *TF_Version()') as Call<[], string>;
  const status = newStatus();
  const check = (what: string, result: Status): void => {
    if (code(result) !== 0) throw new Error(`TensorFlow, ${what}: ${message(result)}`);
  };
  return {
    version: version(),
    library: main,
    newStatus,
    deleteStatus: base.func('void TF_DeleteStatus(void *status)'),
    check,
    checked: (what, call) => {
      const result = call(status);
      check(what, status);
      return result;
    },
    allocateTensor: base.func('void *TF_AllocateTensor(int dtype, const int64_t *dims, int rank, size_t bytes)'),
    tensorData: base.func('void *TF_TensorData(void *tensor)'),
    tensorBytes: base.func('size_t TF_TensorByteSize(void *tensor)'),
    deleteTensor: base.func('void TF_DeleteTensor(void *tensor)'),
    newContextOptions: main.func('void *TFE_NewContextOptions()'),
    deleteContextOptions: main.func('void TFE_DeleteContextOptions(void *options)'),
    newContext: main.func('void *TFE_NewContext(void *options, void *status)'),
    newHandle: main.func('void *TFE_NewTensorHandle(void *tensor, void *status)'),
    deleteHandle: main.func('void TFE_DeleteTensorHandle(void *handle)'),
    resolveHandle: main.func('void *TFE_TensorHandleResolve(void *handle, void *status)'),
    handleType: main.func('int TFE_TensorHandleDataType(void *handle)'),
    handleRank: main.func('int TFE_TensorHandleNumDims(void *handle, void *status)'),
    handleDim: main.func('int64_t TFE_TensorHandleDim(void *handle, int axis, void *status)'),
    newOp: main.func('void *TFE_NewOp(void *context, const char *name, void *status)'),
    deleteOp: main.func('void TFE_DeleteOp(void *op)'),
    addInput: main.func('void TFE_OpAddInput(void *op, void *handle, void *status)'),
    setType: main.func('void TFE_OpSetAttrType(void *op, const char *name, int value)'),
    setTypeList: main.func('void TFE_OpSetAttrTypeList(void *op, const char *name, const int *values, int count)'),
    setBool: main.func('void TFE_OpSetAttrBool(void *op, const char *name, uint8_t value)'),
    setInt: main.func('void TFE_OpSetAttrInt(void *op, const char *name, int64_t value)'),
    setIntList: main.func('void TFE_OpSetAttrIntList(void *op, const char *name, const int64_t *values, int count)'),
    setFloat: main.func('void TFE_OpSetAttrFloat(void *op, const char *name, float value)'),
    setFloatList: main.func('void TFE_OpSetAttrFloatList(void *op, const char *name, const float *values, int count)'),
    setString: main.func('void TFE_OpSetAttrString(void *op, const char *name, const void *value, size_t bytes)'),
    setShape: main.func(
      'void TFE_OpSetAttrShape(void *op, const char *name, const int64_t *dims, int rank, void *status)',
    ),
    execute: main.func('void TFE_Execute(void *op, void *outputs, void *outputCount, void *status)'),
  };
};
