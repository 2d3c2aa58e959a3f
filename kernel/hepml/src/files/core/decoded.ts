import { CygnetError, columnLength, takeColumn } from '@cygnet/columns';
import type { Column, NumericArray, NumericType } from '@cygnet/columns';

/** A column as a file has it: values may be missing. `missing[i]` is 1 where entry `i` has no value. */
export type Decoded = (
  | { readonly kind: 'flat'; readonly type: NumericType; readonly values: NumericArray }
  | { readonly kind: 'string'; readonly values: readonly string[] }
  | { readonly kind: 'jagged'; readonly offsets: Int32Array; readonly content: Decoded }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Decoded> }
) & { readonly missing?: Uint8Array };

/** What stands in for a missing value. */
export type Filler = number | bigint | string | boolean;

/**
 * What to do where a file has no value. Floats always become NaN. Everything else has no value that could say "none", so
 * by default (`error`) reading fails and names the column; `drop` leaves such rows out; an object gives a value by
 * column. NaN as value of a column of integers or booleans makes it `float64`.
 */
export type MissingPolicy = 'error' | 'drop' | { readonly [column: string]: Filler };

const isFloat = (type: NumericType): boolean => type === 'float32' || type === 'float64';

const refuse = (name: string, what: string, index: number): CygnetError =>
  new CygnetError(
    'unsupported',
    `Column "${name}" has no value in row ${index} of a piece, and ${what} cannot say so. Leave such rows out with ` +
      `{ missing: 'drop' }, or give a value: { missing: { ${JSON.stringify(name)}: ${what === 'text' ? "''" : 'NaN'} } }.`,
  );

const firstMissing = (missing: Uint8Array | undefined): number => missing?.indexOf(1) ?? -1;

const withFiller = (values: NumericArray, missing: Uint8Array, filler: Filler): NumericArray => {
  const filled = values.slice() as Float64Array;
  const value = filled instanceof BigInt64Array || filled instanceof BigUint64Array ? BigInt(filler) : Number(filler);
  for (let i = 0; i < missing.length; i++) if (missing[i] === 1) filled[i] = value as number;
  return filled;
};

const checkFiller = (name: string, type: NumericType, filler: Filler): void => {
  const isOk =
    type === 'bool'
      ? typeof filler === 'boolean' || filler === 0 || filler === 1
      : typeof filler === 'bigint' || (typeof filler === 'number' && Number.isInteger(filler));
  if (!isOk) throw new TypeError(`missing: ${String(filler)} is no value for column "${name}" of ${type}.`);
};

/** NaN where there is no value: what stands there in the file may be anything. */
const asFloat64 = (name: string, values: NumericArray, missing: Uint8Array | undefined): Float64Array =>
  Float64Array.from(values as ArrayLike<number | bigint>, (value, i) => {
    if (missing?.[i] === 1) return NaN;
    const number = Number(value);
    if (typeof value === 'bigint' && !Number.isSafeInteger(number))
      throw new CygnetError('unsupported', `Column "${name}" holds ${value}, which float64 cannot hold exactly.`);
    return number;
  });

/** Rows of the outermost level that have to go, if any: `drop[i]` is 1. */
interface Resolution {
  readonly column: Column;
  readonly drop?: Uint8Array;
}

const resolveLevel = (name: string, decoded: Decoded, policy: MissingPolicy, isTop: boolean): Resolution => {
  const filler = typeof policy === 'object' && Object.hasOwn(policy, name) ? policy[name] : undefined;
  const at = firstMissing(decoded.missing);
  const dropping = policy === 'drop' && isTop && at >= 0 && decoded.missing ? { drop: decoded.missing } : {};
  switch (decoded.kind) {
    case 'flat': {
      const { type, values, missing } = decoded;
      if (isFloat(type)) {
        const fill = filler === undefined ? NaN : Number(filler);
        return {
          column: { kind: 'flat', type, values: at < 0 || !missing ? values : withFiller(values, missing, fill) },
        };
      }
      if (typeof filler === 'number' && Number.isNaN(filler) && type !== 'timestamp') {
        const floats = asFloat64(name, values, missing);
        return { column: { kind: 'flat', type: 'float64', values: floats } };
      }
      if (at < 0 || !missing) return { column: { kind: 'flat', type, values } };
      if (filler !== undefined) {
        checkFiller(name, type, filler);
        return { column: { kind: 'flat', type, values: withFiller(values, missing, filler) } };
      }
      if (dropping.drop) return { column: { kind: 'flat', type, values }, ...dropping };
      throw refuse(name, type, at);
    }
    case 'string': {
      const { values, missing } = decoded;
      if (at < 0 || !missing) return { column: { kind: 'string', values } };
      if (filler !== undefined) {
        if (typeof filler !== 'string')
          throw new TypeError(`missing: ${String(filler)} is no value for column "${name}" of text.`);
        return { column: { kind: 'string', values: values.map((value, i) => (missing[i] === 1 ? filler : value)) } };
      }
      if (dropping.drop) return { column: { kind: 'string', values }, ...dropping };
      throw refuse(name, 'text', at);
    }
    case 'jagged': {
      if (at >= 0 && !dropping.drop) throw refuse(name, 'a list', at);
      const { column: content } = resolveLevel(name, decoded.content, policy, false);
      return { column: { kind: 'jagged', offsets: decoded.offsets, content }, ...dropping };
    }
    case 'record': {
      const drops: Uint8Array[] = dropping.drop ? [dropping.drop] : [];
      const fields = [...decoded.fields].map(([field, part]): [string, Column] => {
        const { column, drop } = resolveLevel(`${name}.${field}`, withMissing(part, decoded.missing), policy, isTop);
        if (drop) drops.push(drop);
        return [field, column];
      });
      return { column: { kind: 'record', fields: new Map(fields) }, ...joined(drops) };
    }
  }
};

const joined = (drops: readonly Uint8Array[]): { readonly drop?: Uint8Array } => {
  const [first, ...others] = drops;
  if (first === undefined) return {};
  return { drop: others.reduce((all, one) => all.map((is, i) => is | (one[i] ?? 0)), first) };
};

/** A record that is missing misses all its fields. */
const withMissing = (part: Decoded, above: Uint8Array | undefined): Decoded => {
  if (above === undefined) return part;
  const { missing } = part;
  return { ...part, missing: missing === undefined ? above : above.map((is, i) => is | (missing[i] ?? 0)) };
};

/**
 * Columns without missing values, as the policy says.
 *
 * @throws CygnetError `unsupported` naming the column that has none, with what can be done.
 */
export const resolveMissing = (
  piece: ReadonlyMap<string, Decoded>,
  policy: MissingPolicy,
): ReadonlyMap<string, Column> => {
  const drops: Uint8Array[] = [];
  const columns = new Map(
    [...piece].map(([name, decoded]): [string, Column] => {
      const { column, drop } = resolveLevel(name, decoded, policy, true);
      if (drop) drops.push(drop);
      return [name, column];
    }),
  );
  const { drop } = joined(drops);
  if (!drop) return columns;
  const kept: number[] = [];
  drop.forEach((is, i) => {
    if (is === 0) kept.push(i);
  });
  return new Map([...columns].map(([name, column]) => [name, takeColumn(column, kept)]));
};

/** Rows of a piece. */
export const pieceLength = (piece: ReadonlyMap<string, Decoded>): number => {
  for (const decoded of piece.values()) return columnLength(decoded);
  return 0;
};

const part = (missing: Uint8Array | undefined, change: (all: Uint8Array) => Uint8Array) =>
  missing === undefined ? {} : { missing: change(missing) };

/** Entries `[start, stop)`; numbers are shared. */
export const sliceDecoded = (decoded: Decoded, start: number, stop: number): Decoded => {
  const missing = part(decoded.missing, (all) => all.subarray(start, stop));
  switch (decoded.kind) {
    case 'flat':
      return { ...decoded, values: decoded.values.subarray(start, stop), ...missing };
    case 'string':
      return { ...decoded, values: decoded.values.slice(start, stop), ...missing };
    case 'jagged': {
      const first = decoded.offsets[start] ?? 0;
      const last = decoded.offsets[stop] ?? first;
      const offsets = decoded.offsets.slice(start, stop + 1).map((offset) => offset - first);
      return { kind: 'jagged', offsets, content: sliceDecoded(decoded.content, first, last), ...missing };
    }
    case 'record':
      return {
        kind: 'record',
        fields: new Map([...decoded.fields].map(([name, field]) => [name, sliceDecoded(field, start, stop)])),
        ...missing,
      };
  }
};

/** The entries at these indices; copied. */
export const takeDecoded = (decoded: Decoded, indices: ArrayLike<number>): Decoded => {
  const missing = part(decoded.missing, (all) => Uint8Array.from(indices, (i) => all[i] ?? 0));
  switch (decoded.kind) {
    case 'flat':
    case 'string':
      return { ...(takeColumn(decoded, indices) as typeof decoded), ...missing };
    case 'jagged': {
      const offsets = new Int32Array(indices.length + 1);
      const inner: number[] = [];
      for (let i = 0; i < indices.length; i++) {
        const entry = indices[i] as number;
        for (let at = decoded.offsets[entry] ?? 0; at < (decoded.offsets[entry + 1] ?? 0); at++) inner.push(at);
        offsets[i + 1] = inner.length;
      }
      return { kind: 'jagged', offsets, content: takeDecoded(decoded.content, inner), ...missing };
    }
    case 'record':
      return {
        kind: 'record',
        fields: new Map([...decoded.fields].map(([name, field]) => [name, takeDecoded(field, indices)])),
        ...missing,
      };
  }
};
