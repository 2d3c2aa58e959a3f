import { ProtobufWriter } from './protobuf-writer.ts';

/** What a node's attribute can hold here. */
export type OnnxAttribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly string: string }
  | { readonly floats: Iterable<number> }
  | { readonly ints: Iterable<number> }
  | { readonly strings: Iterable<string> };

/** A float tensor at the graph's rim. A text is a dimension that is known when the model runs. */
export interface OnnxTensorShape {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly description: string;
}

/** Facts about the file as a whole. */
export interface OnnxHeader {
  readonly graphName: string;
  readonly description: string;
  readonly producerVersion: string;
  readonly metadata: { readonly [key: string]: string };
}

/** IR 8 and opset 15 (ai.onnx.ml 3): read by every ONNX Runtime since 1.10 and by experiments' frameworks of today. */
export const onnxVersions = { ir: 8, opset: 15, mlOpset: 3 };

/** `AttributeProto.AttributeType` */
const attributeTypes = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 };
/** `TensorProto.DataType.FLOAT` */
const floatType = 1;

/**
 * An ONNX graph as it grows: nodes in the order they run, each with one output. Field numbers are those of
 * `onnx.proto` (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
export class OnnxGraph {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants: ProtobufWriter[] = [];
  #usesMl = false;

  /** A constant float tensor; returns its name. */
  constant(name: string, shape: readonly number[], values: Float32Array): string {
    const tensor = new ProtobufWriter();
    for (const size of shape) tensor.int(1, size);
    tensor.int(2, floatType).string(8, name);
    const raw = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, i) => raw.setFloat32(4 * i, value, true));
    this.#constants.push(tensor.bytes(9, new Uint8Array(raw.buffer)));
    return name;
  }

  /** A node of the given operator; returns the name of its output. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: { readonly [name: string]: OnnxAttribute } = {},
    domain: '' | 'ai.onnx.ml' = '',
  ): string {
    const node = new ProtobufWriter();
    for (const input of inputs) node.string(1, input);
    node.string(2, output).string(3, `make_${output}`).string(4, operator);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    if (domain) node.string(7, domain);
    this.#usesMl ||= domain === 'ai.onnx.ml';
    this.#nodes.push(node);
    return output;
  }

  /** The whole file. */
  encode(input: OnnxTensorShape, output: OnnxTensorShape, header: OnnxHeader): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, header.graphName);
    for (const constant of this.#constants) graph.message(5, constant);
    graph.message(11, valueInfo(input)).message(12, valueInfo(output));
    const model = new ProtobufWriter()
      .int(1, onnxVersions.ir)
      .string(2, 'cygnet')
      .string(3, header.producerVersion)
      .string(6, header.description)
      .message(7, graph)
      .message(8, new ProtobufWriter().string(1, '').int(2, onnxVersions.opset));
    if (this.#usesMl) model.message(8, new ProtobufWriter().string(1, 'ai.onnx.ml').int(2, onnxVersions.mlOpset));
    for (const [key, value] of Object.entries(header.metadata))
      model.message(14, new ProtobufWriter().string(1, key).string(2, value));
    return model.finish();
  }
}

const attribute = (name: string, value: OnnxAttribute): ProtobufWriter => {
  const message = new ProtobufWriter().string(1, name);
  if ('float' in value) return message.float(2, value.float).int(20, attributeTypes.float);
  if ('int' in value) return message.int(3, value.int).int(20, attributeTypes.int);
  if ('string' in value) return message.string(4, value.string).int(20, attributeTypes.string);
  if ('floats' in value) {
    for (const item of value.floats) message.float(7, item);
    return message.int(20, attributeTypes.floats);
  }
  if ('ints' in value) {
    for (const item of value.ints) message.int(8, item);
    return message.int(20, attributeTypes.ints);
  }
  for (const item of value.strings) message.string(9, item);
  return message.int(20, attributeTypes.strings);
};

const valueInfo = ({ name, shape, description }: OnnxTensorShape): ProtobufWriter => {
  const dimensions = new ProtobufWriter();
  for (const size of shape)
    dimensions.message(
      1,
      typeof size === 'number' ? new ProtobufWriter().int(1, size) : new ProtobufWriter().string(2, size),
    );
  const tensor = new ProtobufWriter().int(1, floatType).message(2, dimensions);
  return new ProtobufWriter()
    .string(1, name)
    .message(2, new ProtobufWriter().message(1, tensor))
    .string(3, description);
};
