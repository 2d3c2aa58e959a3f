import { endianness } from 'node:os';
import { CygnetError } from '@cygnet/columns';

/** A few of the verification's events, kept in an export with their scores, so that anybody can run them again. */
export interface ValidationEvents {
  /** Row-major, events x features. */
  readonly inputs: Float32Array;
  /** Row-major, events x outputs. */
  readonly expected: Float32Array;
  readonly events: number;
}

/** Names of the files, relative to the export's folder. */
export const validationNames = {
  inputs: 'validation/inputs.f32',
  expected: 'validation/expected.f32',
  shapes: 'validation/shapes.json',
};

const mostEvents = 500;

/** Every so many events, so that each sort is there. */
export const someEvents = ({ inputs, expected, events }: ValidationEvents): ValidationEvents => {
  const step = Math.ceil(events / mostEvents);
  const chosen = Array.from({ length: Math.ceil(events / step) }, (_, i) => i * step);
  const rowsOf = (values: Float32Array): Float32Array => {
    const width = values.length / events;
    const rows = new Float32Array(chosen.length * width);
    chosen.forEach((event, i) => rows.set(values.subarray(event * width, (event + 1) * width), i * width));
    return rows;
  };
  return { inputs: rowsOf(inputs), expected: rowsOf(expected), events: chosen.length };
};

/** Files of raw little-endian float32, and one that gives their shapes. */
export const validationFiles = ({
  inputs,
  expected,
  events,
}: ValidationEvents): { readonly [name: string]: Uint8Array } => {
  const shapes = {
    type: 'float32, little-endian, row-major',
    inputs: [events, inputs.length / events],
    expected: [events, expected.length / events],
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
export const readValidation = (
  inputs: Uint8Array,
  expected: Uint8Array,
  { features, outputs }: { readonly features: number; readonly outputs: number },
): ValidationEvents => {
  const events = expected.length / (4 * outputs);
  if (events === 0 || !Number.isInteger(events) || inputs.length !== 4 * events * features)
    throw new CygnetError(
      'bad-file',
      `The validation files hold ${inputs.length} and ${expected.length} bytes: not ${features} features and ${outputs === 1 ? 'one score' : `${outputs} scores`} an event.`,
    );
  return { inputs: floatsOf(inputs), expected: floatsOf(expected), events };
};

const inOrder = (bytes: Buffer): Buffer => (endianness() === 'BE' ? bytes.swap32() : bytes);

const bytesOf = (values: Float32Array): Uint8Array => inOrder(Buffer.from(values.slice().buffer));

const floatsOf = (bytes: Uint8Array): Float32Array => {
  const copy = inOrder(Buffer.from(bytes));
  return new Float32Array(copy.buffer.slice(copy.byteOffset, copy.byteOffset + copy.length));
};
