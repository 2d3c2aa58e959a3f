import koffi from 'koffi';
import type { Pointer } from '../../pinned-library.ts';
import type { TensorFlowApi } from '../c-api.ts';
import type { AttributeSetters } from '../operations.ts';

/** An output of an operation in a graph (TF_Output). */
export interface GraphOutput {
  readonly oper: Pointer;
  readonly index: number;
}

type Call<Arguments extends readonly unknown[], Result = void> = (...args: Arguments) => Result;

/** Addresses of inputs and outputs lie in arrays, two words an output: the operation and its output's number. */
type RunArguments = [
  session: Pointer,
  options: null,
  inputs: BigUint64Array,
  inputTensors: BigUint64Array,
  inputCount: number,
  outputs: BigUint64Array,
  outputTensors: BigUint64Array,
  outputCount: number,
  targets: null,
  targetCount: number,
  metadata: null,
  status: Pointer,
];

/** The functions of TensorFlow's C API (tensorflow/c/c_api.h) that make graphs and run them. */
export interface GraphApi extends AttributeSetters {
  readonly newGraph: Call<[], Pointer>;
  readonly deleteGraph: Call<[graph: Pointer]>;
  readonly newOperation: Call<[graph: Pointer, type: string, name: string], Pointer>;
  readonly addInput: Call<[operation: Pointer, input: GraphOutput]>;
  readonly addInputList: Call<[operation: Pointer, inputs: BigUint64Array, count: number]>;
  readonly setTensor: Call<[operation: Pointer, name: string, tensor: Pointer, status: Pointer]>;
  readonly finish: Call<[operation: Pointer, status: Pointer], Pointer>;
  readonly rank: Call<[graph: Pointer, output: GraphOutput, status: Pointer], number>;
  readonly shape: Call<[graph: Pointer, output: GraphOutput, dims: BigInt64Array, rank: number, status: Pointer]>;
  readonly outputType: Call<[output: GraphOutput], number>;
  readonly newSessionOptions: Call<[], Pointer>;
  readonly deleteSessionOptions: Call<[options: Pointer]>;
  readonly newSession: Call<[graph: Pointer, options: Pointer, status: Pointer], Pointer>;
  readonly closeSession: Call<[session: Pointer, status: Pointer]>;
  readonly deleteSession: Call<[session: Pointer, status: Pointer]>;
  /** Runs on a thread of libuv's pool. The caller keeps the arrays until then. */
  readonly run: { readonly async: (...args: [...RunArguments, done: (error: unknown) => void]) => void };
}

export const graphApi = (api: TensorFlowApi): GraphApi => {
  const main = api.library;
  const output = koffi.struct({ oper: 'void *', index: 'int' });
  return {
    checked: (what, call) => api.checked(what, call),
    newGraph: main.func('void *TF_NewGraph()'),
    deleteGraph: main.func('void TF_DeleteGraph(void *graph)'),
    newOperation: main.func('void *TF_NewOperation(void *graph, const char *type, const char *name)'),
    addInput: main.func('TF_AddInput', 'void', ['void *', output]),
    addInputList: main.func('void TF_AddInputList(void *operation, void *inputs, int count)'),
    setTensor: main.func('void TF_SetAttrTensor(void *operation, const char *name, void *tensor, void *status)'),
    finish: main.func('void *TF_FinishOperation(void *operation, void *status)'),
    rank: main.func('TF_GraphGetTensorNumDims', 'int', ['void *', output, 'void *']),
    shape: main.func('TF_GraphGetTensorShape', 'void', ['void *', output, 'void *', 'int', 'void *']),
    outputType: main.func('TF_OperationOutputType', 'int', [output]),
    newSessionOptions: main.func('void *TF_NewSessionOptions()'),
    deleteSessionOptions: main.func('void TF_DeleteSessionOptions(void *options)'),
    newSession: main.func('void *TF_NewSession(void *graph, void *options, void *status)'),
    closeSession: main.func('void TF_CloseSession(void *session, void *status)'),
    deleteSession: main.func('void TF_DeleteSession(void *session, void *status)'),
    run: main.func(
      'void TF_SessionRun(void *session, void *options, void *inputs, void *inputTensors, int inputCount, void *outputs, void *outputTensors, int outputCount, void *targets, int targetCount, void *metadata, void *status)',
    ),
    setType: main.func('void TF_SetAttrType(void *operation, const char *name, int value)'),
    setTypeList: main.func('void TF_SetAttrTypeList(void *operation, const char *name, const int *values, int count)'),
    setBool: main.func('void TF_SetAttrBool(void *operation, const char *name, uint8_t value)'),
    setInt: main.func('void TF_SetAttrInt(void *operation, const char *name, int64_t value)'),
    setIntList: main.func(
      'void TF_SetAttrIntList(void *operation, const char *name, const int64_t *values, int count)',
    ),
    setFloat: main.func('void TF_SetAttrFloat(void *operation, const char *name, float value)'),
    setFloatList: main.func(
      'void TF_SetAttrFloatList(void *operation, const char *name, const float *values, int count)',
    ),
    setString: main.func('void TF_SetAttrString(void *operation, const char *name, const void *value, size_t bytes)'),
    setShape: main.func('void TF_SetAttrShape(void *operation, const char *name, const int64_t *dims, int rank)'),
  };
};
