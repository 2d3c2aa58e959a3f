import type { Link } from '../models/index.ts';

/** How raw outputs become predictions: scaled and shifted, then linked, output by output. */
export interface OutputScale {
  readonly link: Link;
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

const softmaxInPlace = (values: Float32Array): void => {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  values.forEach((value, i) => (sum += values[i] = Math.exp(value - largest)));
  values.forEach((value, i) => (values[i] = value / sum));
};

/** Raw outputs, row-major, become predictions in place. */
export const predictionsInPlace = (raw: Float32Array, { link, scale, shift }: OutputScale): Float32Array => {
  const width = scale.length;
  if (link === 'sigmoid') {
    for (let i = 0; i < raw.length; i++) raw[i] = 1 / (1 + Math.exp(-(raw[i] as number)));
    return raw;
  }
  if (link === 'softmax') {
    for (let at = 0; at < raw.length; at += width) softmaxInPlace(raw.subarray(at, at + width));
    return raw;
  }
  for (let i = 0; i < raw.length; i++) {
    const output = i % width;
    const value = (raw[i] as number) * (scale[output] as number) + (shift[output] as number);
    raw[i] = link === 'mean-and-sigma' && output === 1 ? Math.exp(value) : value;
  }
  return raw;
};
