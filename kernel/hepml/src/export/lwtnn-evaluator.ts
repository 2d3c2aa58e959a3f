import { CygnetError } from '@cygnet/columns';

/**
 * A second evaluator of lwtnn's sequential JSON, written from the format's definition
 * (https://github.com/lwtnn/lwtnn, `parse_json.cxx`, `Stack.cxx`, `InputPreprocessor.cxx`, `NanReplacer.cxx`) and from
 * nothing else: it knows neither our models nor the writer. As lwtnn, it computes in double precision.
 */

type Row = readonly number[];

const bad = (what: string): never => {
  throw new CygnetError('verification-failed', `The lwtnn file ${what}.`);
};

const record = (value: unknown, what: string): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: unknown })
    : bad(`has no object for ${what}`);
const list = (value: unknown, what: string): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : bad(`has no list of ${what}`);
const number = (value: unknown, what: string): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : bad(`has no number for ${what}`);
const numbers = (value: unknown, what: string): Row => list(value, what).map((item) => number(item, what));

const logistic = (x: number): number => (x < -30 ? 0 : x > 30 ? 1 : 1 / (1 + Math.exp(-x)));

const activationOf = (value: unknown): ((x: number) => number) => {
  const name = typeof value === 'string' ? value : record(value, 'an activation').function;
  switch (name) {
    case 'linear':
      return (x) => x;
    case 'rectified':
      return (x) => (x > 0 ? x : 0);
    case 'sigmoid':
      return logistic;
    case 'tanh':
      return Math.tanh;
    case 'elu': {
      const alpha = number(record(value, 'an activation').alpha, 'alpha of elu');
      return (x) => (x > 0 ? x : alpha * (Math.exp(x) - 1));
    }
    default:
      return bad(`has the unknown activation "${String(name)}"`);
  }
};

/** What a layer does to a row of a given width. */
const layerOf = (value: unknown, width: number): { readonly width: number; apply(row: Row): Row } => {
  const { architecture, activation, weights, bias } = record(value, 'a layer');
  const [w, b] = [numbers(weights, 'weights'), numbers(bias, 'bias')];
  if (architecture === 'normalization') {
    if (w.length !== width || b.length !== width) bad(`normalizes ${w.length} values where ${width} come in`);
    return { width, apply: (row) => row.map((x, i) => (w[i] as number) * (x + (b[i] as number))) };
  }
  if (architecture !== 'dense') bad(`has the unknown architecture "${String(architecture)}"`);
  if (w.length !== width * b.length) bad(`has ${w.length} weights for ${width} inputs and ${b.length} outputs`);
  const act = activationOf(activation);
  const apply = (row: Row): Row =>
    b.map((start, output) =>
      act(row.reduce((sum, x, input) => sum + x * (w[output * width + input] as number), 0) + start),
    );
  return { width: b.length, apply };
};

/**
 * First output for each event; inputs are found by their names, missing values (NaN) replaced by the file's defaults.
 * @param events Row-major, events x names.
 * @throws CygnetError `verification-failed` for a file that is no such network.
 */
export const evaluateLwtnn = (text: string, events: Float32Array, names: readonly string[]): Float32Array => {
  const file = record(parse(text), 'the network');
  const defaults = file.defaults === undefined ? undefined : record(file.defaults, 'defaults');
  const inputs = list(file.inputs, 'inputs').map((value) => {
    const input = record(value, 'an input');
    const { name, offset, scale } = input;
    const column = names.indexOf(String(name));
    if (column === -1) bad(`asks for the unknown input "${String(name)}"`);
    return {
      column,
      offset: number(offset, 'offset'),
      scale: number(scale, 'scale'),
      missing: number(defaults ? defaults[String(name)] : input.default, `the default of "${String(name)}"`),
    };
  });
  let width = inputs.length;
  const layers = list(file.layers, 'layers').map((value) => {
    const layer = layerOf(value, width);
    width = layer.width;
    return layer;
  });
  if (list(file.outputs, 'outputs').length !== width) bad(`names another number of outputs than ${width}`);
  return Float32Array.from({ length: events.length / names.length }, (_, event) => {
    const row: Row = inputs.map(({ column, offset, scale, missing }) => {
      const value = events[event * names.length + column] as number;
      return ((Number.isNaN(value) ? missing : value) + offset) * scale;
    });
    return layers.reduce<Row>((values, layer) => layer.apply(values), row)[0] as number;
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CygnetError('verification-failed', 'The lwtnn file is not JSON.', { cause });
  }
};
