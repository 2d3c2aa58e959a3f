import type { DuckDBVector } from '@duckdb/node-api';
import { newNumericArray } from '@cygnet/columns';
import type { NumericArray } from '@cygnet/columns';
import type { ColumnType } from '../core/column-type.ts';
import { sliceDecoded, takeDecoded } from '../core/decoded.ts';
import type { Decoded } from '../core/decoded.ts';

/**
 * The arrays behind DuckDB's vectors. Its typings call some of them private; going through `getItem` instead would make
 * an object of each value.
 */
interface VectorArrays {
  readonly items?: NumericArray;
  readonly dataView?: DataView;
  readonly validity: { readonly data: BigUint64Array | null };
  readonly entryData?: BigUint64Array;
  readonly childVector?: DuckDBVector;
  entryVectorAt?(index: number): DuckDBVector;
}

const missingIn = (data: BigUint64Array | null, count: number): { readonly missing?: Uint8Array } => {
  if (data === null) return {};
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let missing: Uint8Array | undefined;
  for (let i = 0; i < count; i++)
    if (((bytes[i >> 3] as number) & (1 << (i & 7))) === 0) (missing ??= new Uint8Array(count))[i] = 1;
  return missing ? { missing } : {};
};

/** The values of a vector, copied: DuckDB uses its memory again. */
export const decodeVector = (vector: DuckDBVector, type: ColumnType): Decoded => {
  const arrays = vector as unknown as VectorArrays;
  const count = vector.itemCount;
  const missing = missingIn(arrays.validity.data, count);
  switch (type.kind) {
    case 'flat': {
      if (type.type === 'bool') {
        const view = arrays.dataView as DataView;
        const values = new Uint8Array(view.buffer, view.byteOffset, count).slice();
        if (missing.missing) missing.missing.forEach((is, i) => is === 1 && (values[i] = 0));
        return { kind: 'flat', type: 'bool', values, ...missing };
      }
      const values = newNumericArray(type.type, count);
      (values as Float64Array).set(arrays.items as Float64Array);
      return { kind: 'flat', type: type.type, values, ...missing };
    }
    case 'string':
      return {
        kind: 'string',
        values: Array.from({ length: count }, (_, i) => (vector.getItem(i) as string | null) ?? ''),
        ...missing,
      };
    case 'jagged': {
      const entries = arrays.entryData as BigUint64Array;
      const content = decodeVector(arrays.childVector as DuckDBVector, type.content);
      const offsets = new Int32Array(count + 1);
      const starts = new Int32Array(count);
      let isInOrder = true;
      for (let i = 0; i < count; i++) {
        const isMissing = missing.missing?.[i] === 1;
        const length = isMissing ? 0 : Number(entries[2 * i + 1]);
        starts[i] = length === 0 ? 0 : Number(entries[2 * i]);
        offsets[i + 1] = (offsets[i] as number) + length;
        isInOrder &&= length === 0 || starts[i] === (offsets[i] as number);
      }
      const total = offsets[count] as number;
      if (isInOrder) return { kind: 'jagged', offsets, content: sliceDecoded(content, 0, total), ...missing };
      const indices = new Int32Array(total);
      for (let i = 0; i < count; i++)
        for (let at = offsets[i] as number, from = starts[i] as number; at < (offsets[i + 1] as number); at++)
          indices[at] = from++;
      return { kind: 'jagged', offsets, content: takeDecoded(content, indices), ...missing };
    }
    case 'record': {
      const fields = [...type.fields].map(([name, field], i): [string, Decoded] => [
        name,
        decodeVector(arrays.entryVectorAt?.(i) as DuckDBVector, field),
      ]);
      return { kind: 'record', fields: new Map(fields), ...missing };
    }
  }
};
