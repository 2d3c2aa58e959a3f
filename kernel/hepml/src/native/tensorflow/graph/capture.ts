import { CygnetError } from '@cygnet/columns';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import type { TensorFlowBinding } from '../binding.ts';
import type { TensorFlowApi } from '../c-api.ts';
import { attributeType, type OperationAttribute } from '../operations.ts';
import { asTensorArray, dataType, type TensorMetadata } from '../tensors.ts';
import type { GraphApi, GraphOutput } from './graph-api.ts';
import { graphBuilder, statelessUniform, type GraphBuilder } from './graph-builder.ts';
import type { FinishedGraph } from './graph-function.ts';

/** What tfjs-node's backend keeps of a tensor. */
interface BackendTensor {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly id: number;
  readonly values: null;
  readonly refCount: number;
}

/** The parts of tfjs-node's backend that a capture touches (nodejs_kernel_backend.ts). */
interface NodeBackend {
  binding: TensorFlowBinding;
  readonly tensorMap: { set(dataId: object, tensor: BackendTensor): void };
  createOutputTensor(metadata: TensorMetadata): TensorFlowJs.Tensor;
  getInputTensorIds(tensors: readonly TensorFlowJs.Tensor[]): number[];
  write?: (values: object, shape: number[], dtype: string) => object;
}

/** The parts of tfjs' engine that a capture touches (tfjs-core's engine.ts). */
interface Engine {
  /** The operations under way, outermost first. */
  readonly state: { readonly scopeStack: readonly { readonly name: string }[] };
  /** Called with each tensor that is made. */
  trackTensor?: (tensor: TensorFlowJs.Tensor, backend: unknown) => void;
}

/** Numbers of tensors that exist only in the graph; those of real ones are small. */
const firstSymbol = 2 ** 30;

/** Operations of tfjs that draw random numbers in JavaScript: captured as they are, they would repeat at each run. */
const drawsInJavaScript = /^(rand|random[A-Z]\w*|truncatedNormal)$/;
/** Operations of TensorFlow that keep a random state. */
const keepsRandomState = /^(Random|Multinomial|TruncatedNormal|ParameterizedTruncatedNormal)/;

const madeOutside = 'it uses a tensor that was made outside of the step';

/** Hands out numbers for outputs of the graph. */
const symbolTable = (builder: GraphBuilder) => {
  const outputs: GraphOutput[] = [];
  return {
    metadata: (output: GraphOutput): TensorMetadata => {
      const [shape, dtype] = [builder.shapeOf(output), builder.typeOf(output)];
      outputs.push(output);
      return { id: firstSymbol + outputs.length - 1, shape, dtype };
    },
    output: (id: number): GraphOutput => {
      const output = outputs[id - firstSymbol];
      if (output === undefined) throw new Error(madeOutside);
      return output;
    },
  };
};

/**
 * Runs a function of tensors once, on tensors without values, and writes down what tfjs asks TensorFlow to do: forward
 * pass, gradients and optimiser alike. Dropout draws its masks in the graph, anew at each run; whatever else cannot be
 * part of a graph (reading values, other random numbers, tensors from outside) is refused.
 *
 * @throws CygnetError `unsupported` naming the operation and the reason.
 */
export const capture = (
  api: TensorFlowApi,
  graphs: GraphApi,
  tf: typeof TensorFlowJs,
  shapes: readonly (readonly number[])[],
  body: (inputs: readonly TensorFlowJs.Tensor[]) => readonly TensorFlowJs.Tensor[],
): FinishedGraph => {
  const backend = tf.backend() as unknown as NodeBackend;
  const engine = tf.engine() as unknown as Engine;
  const scopes = (): readonly string[] =>
    engine.state.scopeStack.flatMap(({ name }) => (name.endsWith('__op') ? [name.slice(0, -'__op'.length)] : []));
  const eager = backend.binding;
  const builder = graphBuilder(api, graphs);
  const symbols = symbolTable(builder);
  const inputs = shapes.map((shape) => builder.placeholder(dataType.float, shape));
  const seed = builder.placeholder(dataType.int32, [2]);
  /** Values of the tensors that the function itself makes: constants of the graph. */
  const written = new WeakSet<object>();
  let operations = 0;
  let masks = 0;
  let blamed = 'the step';

  const dropoutMask = (shape: readonly number[]): GraphOutput => {
    const ordinal = builder.constant(dataType.int32, [2], Int32Array.of(0, ++masks));
    const attributes = [{ name: 'T', type: attributeType.type, value: dataType.int32 }];
    const own = builder.operation('AddV2', attributes, [seed, ordinal], 1)[0] as GraphOutput;
    return statelessUniform(builder, shape, own);
  };
  const binding: TensorFlowBinding = {
    ...eager,
    createTensor: (shape, dtype, values) => {
      // Attributes of operations that TensorFlow wants as int64 tensors come past the backend's own tensors.
      if (dtype !== dataType.int64 && !written.has(values)) {
        blamed = scopes().at(-1) ?? blamed;
        throw new Error(madeOutside);
      }
      return symbols.metadata(builder.constant(dtype, shape, asTensorArray(dtype, values))).id;
    },
    deleteTensor: (id) => {
      if (id < firstSymbol) eager.deleteTensor(id);
    },
    tensorDataSync: (id) => {
      if (id < firstSymbol) return eager.tensorDataSync(id);
      blamed = scopes().at(-1) ?? blamed;
      throw new Error('it reads values, which exist only when the graph runs');
    },
    executeOp: (name: string, attributes: readonly OperationAttribute[], ids: readonly number[], count: number) => {
      blamed = name;
      if (keepsRandomState.test(name)) throw new Error('its random numbers would not follow the seed');
      const outputs = builder.operation(name, attributes, ids.map(symbols.output), count);
      operations++;
      const metadata = outputs.map(symbols.metadata);
      blamed = 'the step';
      return metadata;
    },
  };
  const write = (values: object, shape: number[], dtype: string): object => {
    const names = scopes();
    const drawing = names.findIndex((name) => drawsInJavaScript.test(name));
    if (drawing < 0) {
      written.add(values);
      return original.call(backend, values, shape, dtype);
    }
    if (names[drawing] !== 'randomUniform' || names[drawing - 1] !== 'dropout') {
      blamed = names[drawing] as string;
      throw new Error('its random numbers would be the same at each step');
    }
    const dataId = {};
    backend.tensorMap.set(dataId, { ...symbols.metadata(dropoutMask(shape)), values: null, refCount: 1 });
    return dataId;
  };
  const original = backend.write as NonNullable<NodeBackend['write']>;
  const made: TensorFlowJs.Tensor[] = [];
  const track = engine.trackTensor as NonNullable<Engine['trackTensor']>;

  backend.binding = binding;
  backend.write = write;
  engine.trackTensor = (tensor, on) => {
    made.push(tensor);
    track.call(engine, tensor, on);
  };
  try {
    let outputs: readonly GraphOutput[] = [];
    tf.tidy(() => {
      const tensors = inputs.map((input) => backend.createOutputTensor(symbols.metadata(input)));
      outputs = backend.getInputTensorIds([...body(tensors)]).map(symbols.output);
    });
    return { builder, operations, inputs, seed, outputs };
  } catch (cause) {
    // What the forward pass keeps for the gradients is otherwise freed by them.
    made.forEach((tensor) => tensor.dispose());
    graphs.deleteGraph(builder.graph);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CygnetError('unsupported', `${blamed} cannot be part of a graph: ${reason}`, { cause });
  } finally {
    backend.binding = eager;
    delete backend.write;
    delete engine.trackTensor;
  }
};
