import type { Pointer } from '../../pinned-library.ts';
import type { TensorFlowApi } from '../c-api.ts';
import { attributeType, setAttribute, type OperationAttribute } from '../operations.ts';
import { dataType } from '../tensors.ts';
import type { GraphApi, GraphOutput } from './graph-api.ts';
import { newNativeTensor } from './graph-tensor.ts';

/** A graph that grows, operation by operation. */
export interface GraphBuilder {
  readonly graph: Pointer;
  placeholder(dtype: number, shape: readonly number[]): GraphOutput;
  constant(dtype: number, shape: readonly number[], values: NodeJS.TypedArray): GraphOutput;
  /** Outputs of a new operation. */
  operation(
    type: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly GraphOutput[],
    outputs: number,
  ): readonly GraphOutput[];
  /** @throws Error when TensorFlow cannot tell the shape before the graph runs. */
  shapeOf(output: GraphOutput): number[];
  typeOf(output: GraphOutput): number;
}

/** Outputs as TensorFlow reads them from memory: the operation's address and the output's number. */
export const packOutputs = (outputs: readonly GraphOutput[]): BigUint64Array =>
  BigUint64Array.from(outputs.flatMap(({ oper, index }) => [oper, BigInt(index)]));

/** Operations whose first inputs are a list; its length is their attribute "N". */
const takesList: ReadonlySet<string> = new Set(['AddN', 'ConcatV2', 'Pack']);

export const graphBuilder = (api: TensorFlowApi, graphs: GraphApi): GraphBuilder => {
  const graph = graphs.newGraph();
  let count = 0;
  const add = (type: string, fill: (operation: Pointer) => void): Pointer => {
    const operation = graphs.newOperation(graph, type, `${type}_${count++}`);
    fill(operation);
    return api.checked(type, (status) => graphs.finish(operation, status));
  };
  const type = (name: string, value: number): OperationAttribute => ({ name, type: attributeType.type, value });
  return {
    graph,
    placeholder: (dtype, shape) => ({
      oper: add('Placeholder', (operation) => {
        setAttribute(graphs, operation, type('dtype', dtype));
        setAttribute(graphs, operation, { name: 'shape', type: attributeType.shape, value: shape });
      }),
      index: 0,
    }),
    constant: (dtype, shape, values) => ({
      oper: add('Const', (operation) => {
        const tensor = newNativeTensor(api, dtype, shape, values);
        try {
          setAttribute(graphs, operation, type('dtype', dtype));
          api.checked('Const', (status) => graphs.setTensor(operation, 'value', tensor, status));
        } finally {
          api.deleteTensor(tensor);
        }
      }),
      index: 0,
    }),
    operation: (name, attributes, inputs, outputs) => {
      const listed = takesList.has(name) ? Number(attributes.find((attribute) => attribute.name === 'N')?.value) : 0;
      const oper = add(name, (operation) => {
        if (listed > 0) graphs.addInputList(operation, packOutputs(inputs.slice(0, listed)), listed);
        inputs.slice(listed).forEach((input) => graphs.addInput(operation, input));
        for (const attribute of attributes)
          if (listed === 0 || attribute.name !== 'N') setAttribute(graphs, operation, attribute);
      });
      return Array.from({ length: outputs }, (_, index) => ({ oper, index }));
    },
    shapeOf: (output) => {
      const rank = api.checked('rank', (status) => graphs.rank(graph, output, status));
      if (rank < 0) throw new Error('its rank is known only when it runs');
      const dims = new BigInt64Array(rank);
      if (rank > 0) api.checked('shape', (status) => graphs.shape(graph, output, dims, rank, status));
      const shape = Array.from(dims, Number);
      if (shape.some((length) => length < 0)) throw new Error('its shape is known only when it runs');
      return shape;
    },
    typeOf: (output) => graphs.outputType(output),
  };
};

/** Uniform numbers in [0, 1) that follow from the seed alone (Philox: Salmon et al., SC 2011). */
export const statelessUniform = (builder: GraphBuilder, shape: readonly number[], seed: GraphOutput): GraphOutput => {
  const dims = builder.constant(dataType.int32, [shape.length], Int32Array.from(shape));
  const attributes = [
    { name: 'dtype', type: attributeType.type, value: dataType.float },
    { name: 'T', type: attributeType.type, value: dataType.int32 },
    { name: 'Tseed', type: attributeType.type, value: dataType.int32 },
  ];
  return builder.operation('StatelessRandomUniform', attributes, [dims, seed], 1)[0] as GraphOutput;
};
