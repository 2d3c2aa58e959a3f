import { CygnetError } from '@cygnet/columns';
import type { NumericType } from '@cygnet/columns';
import type { FixedField, FixedLayout } from '../core/fixed-layout.ts';
import type { PythonLiteral } from './python-literal.ts';

const numbers: { readonly [code: string]: NumericType } = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f4: 'float32',
  f8: 'float64',
};

/** Microseconds a unit, units a microsecond. */
const timeUnits: { readonly [unit: string]: readonly [perUnit: bigint, unitsPer: bigint] } = {
  W: [604_800_000_000n, 1n],
  D: [86_400_000_000n, 1n],
  h: [3_600_000_000n, 1n],
  m: [60_000_000n, 1n],
  s: [1_000_000n, 1n],
  ms: [1000n, 1n],
  us: [1n, 1n],
  ns: [1n, 1000n],
};

const layoutOfCode = (code: string): FixedLayout => {
  const [, order = '', kind = '', size = '', unit] = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[(\w+)\])?$/.exec(code) ?? [];
  const isBigEndian = order === '>';
  const type = numbers[kind + size];
  if (type !== undefined) return { kind: 'number', type, bytes: Number(size), isBigEndian };
  if (kind === 'f' && size === '2') return { kind: 'half', bytes: 2, isBigEndian };
  const length = Number(size);
  if (length > 1 << 24) throw new CygnetError('corrupt-data', `A NumPy array of texts of ${size} characters each.`);
  if (kind === 'U' && size !== '') return { kind: 'text', bytes: 4 * length, isBigEndian, encoding: 'utf-32' };
  if ((kind === 'S' || kind === 'a') && size !== '')
    return { kind: 'text', bytes: length, isBigEndian: false, encoding: 'utf-8' };
  const times = kind === 'M' && size === '8' ? timeUnits[unit ?? ''] : undefined;
  if (times !== undefined) return { kind: 'time', bytes: 8, isBigEndian, perUnit: times[0], unitsPer: times[1] };
  const why =
    kind === 'O'
      ? 'it holds pickled Python objects, which are programs and are never run'
      : `type "${code}" is not known here`;
  throw new CygnetError('unsupported', `A NumPy array is not read: ${why}.`);
};

const product = (shape: PythonLiteral): number => {
  const sizes = Array.isArray(shape) ? (shape as readonly PythonLiteral[]) : [shape];
  return sizes.reduce((count: number, size) => {
    if (typeof size !== 'number' || size < 0 || count * size > 2 ** 31 - 1)
      throw new CygnetError('corrupt-data', 'A NumPy header has an impossible shape.');
    return count * size;
  }, 1);
};

/** Lists in lists, outermost dimension first. */
export const arraysOf = (item: FixedLayout, shape: readonly number[]): FixedLayout =>
  shape.reduceRight<FixedLayout>(
    (inner, count) => ({ kind: 'array', count, item: inner, bytes: count * inner.bytes }),
    item,
  );

/**
 * The layout that a header's `descr` describes.
 *
 * @throws CygnetError `unsupported` for complex numbers, Python objects and others; `corrupt-data`.
 */
export const layoutOfDescr = (descr: PythonLiteral): FixedLayout => {
  if (typeof descr === 'string') return layoutOfCode(descr);
  if (!Array.isArray(descr)) throw new CygnetError('corrupt-data', 'A NumPy header describes no type.');
  const fields: FixedField[] = [];
  let offset = 0;
  for (const entry of descr as readonly PythonLiteral[]) {
    if (!Array.isArray(entry)) throw new CygnetError('corrupt-data', 'A NumPy header describes a field badly.');
    const [title, inner, shape] = entry as readonly PythonLiteral[];
    const name = Array.isArray(title) ? (title as readonly PythonLiteral[])[1] : title;
    if (typeof name !== 'string' || inner === undefined)
      throw new CygnetError('corrupt-data', 'A NumPy header describes a field badly.');
    const padding = typeof inner === 'string' ? /^\|V(\d+)$/.exec(inner)?.[1] : undefined;
    if (padding !== undefined && name === '') {
      offset += Number(padding);
      continue;
    }
    const item = layoutOfDescr(inner);
    const sizes = shape === undefined ? [] : Array.isArray(shape) ? (shape as readonly number[]) : [shape as number];
    product(sizes);
    const layout = arraysOf(item, sizes);
    fields.push({ name, offset, layout });
    offset += layout.bytes;
  }
  return { kind: 'struct', bytes: offset, fields };
};

/** Number of items of a shape. @throws CygnetError `corrupt-data` when that cannot be. */
export const shapeOf = (shape: PythonLiteral | undefined): readonly number[] => {
  if (
    !Array.isArray(shape) ||
    !shape.every((size) => typeof size === 'number' && size >= 0 && Number.isSafeInteger(size))
  )
    throw new CygnetError('corrupt-data', 'A NumPy header has an impossible shape.');
  return shape as readonly number[];
};
