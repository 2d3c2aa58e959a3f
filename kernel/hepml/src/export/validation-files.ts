import { endianness } from 'node:os';
import { CygnetError } from '@cygnet/columns';

/** A few of the verification's events, kept in an export with their scores, so that anybody can run them again. */
export interface ValidationEvents {
  /** Row-major, events x features. */
  readonly inputs: Float32Array;
  readonly expected: Float32Array;
}

/** Names of the files, relative to the export's folder. */
export const validationNames = {
  inputs: 'validation/inputs.f32',
  expected: 'validation/expected.f32',
  shapes: 'validation/shapes.json',
};

const mostEvents = 500;

/** Every so many events, so that each sort is there. */
export const someEvents = (inputs: Float32Array, expected: Float32Array): ValidationEvents => {
  const width = inputs.length / expected.length;
  const step = Math.ceil(expected.length / mostEvents);
  const chosen = Array.from({ length: Math.ceil(expected.length / step) }, (_, i) => i * step);
  const some = new Float32Array(chosen.length * width);
  chosen.forEach((event, i) => some.set(inputs.subarray(event * width, (event + 1) * width), i * width));
  return { inputs: some, expected: Float32Array.from(chosen, (event) => expected[event] as number) };
};

/** Files of raw little-endian float32, and one that gives their shapes. */
export const validationFiles = ({ inputs, expected }: ValidationEvents): { readonly [name: string]: Uint8Array } => {
  const shapes = {
    type: 'float32, little-endian, row-major',
    inputs: [expected.length, inputs.length / expected.length],
    expected: [expected.length, 1],
  };
  return {
    [validationNames.inputs]: bytesOf(inputs),
    [validationNames.expected]: bytesOf(expected),
    [validationNames.shapes]: Buffer.from(`${JSON.stringify(shapes, null, 2)}\n`),
  };
};

/**
 * The events back from their files.
 * @throws CygnetError `bad-file` when their sizes do not fit the number of features.
 */
export const readValidation = (inputs: Uint8Array, expected: Uint8Array, width: number): ValidationEvents => {
  if (expected.length === 0 || expected.length % 4 !== 0 || inputs.length !== expected.length * width)
    throw new CygnetError(
      'bad-file',
      `The validation files hold ${inputs.length} and ${expected.length} bytes: not ${width} features and one score an event.`,
    );
  return { inputs: floatsOf(inputs), expected: floatsOf(expected) };
};

const inOrder = (bytes: Buffer): Buffer => (endianness() === 'BE' ? bytes.swap32() : bytes);

const bytesOf = (values: Float32Array): Uint8Array => inOrder(Buffer.from(values.slice().buffer));

const floatsOf = (bytes: Uint8Array): Float32Array => {
  const copy = inOrder(Buffer.from(bytes));
  return new Float32Array(copy.buffer.slice(copy.byteOffset, copy.byteOffset + copy.length));
};
