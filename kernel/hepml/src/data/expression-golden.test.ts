import { readFileSync } from 'node:fs';
import type { Column } from '@cygnet/columns';
import { expect, test } from 'vitest';
import { Table } from './index.ts';

type Numbers = readonly (number | boolean | null)[];
interface Golden {
  readonly counts: readonly number[];
  readonly columns: { readonly [name: string]: Numbers };
  readonly flat: { readonly [name: string]: Numbers };
  readonly results: { readonly [text: string]: { readonly counts?: readonly number[]; readonly values: Numbers } };
}
const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/tables/expressions.json', import.meta.url), 'utf8'),
) as Golden;

const numbers = (values: Numbers): Float64Array => Float64Array.from(values, (x) => (x === null ? NaN : Number(x)));
let at = 0;
const offsets = Int32Array.from([0, ...golden.counts.map((count) => (at += count))]);
const lists = (values: Numbers): Column => ({
  kind: 'jagged',
  offsets,
  content: { kind: 'flat', type: 'float64', values: numbers(values) },
});
const table = Table.from(
  new Map<string, Column | Float64Array>([
    ...Object.entries(golden.columns).map(([name, values]) => [name, lists(values)] as const),
    ...Object.entries(golden.flat).map(([name, values]) => [name, numbers(values)] as const),
  ]),
);

test.each(Object.entries(golden.results))('%s is what awkward-array gives', (text, wanted) => {
  const column = table.derive('result', text).column('result');
  const inner = column.kind === 'jagged' ? column.content : column;
  const counts =
    column.kind === 'jagged'
      ? Array.from(column.offsets.subarray(1), (end, i) => end - (column.offsets[i] ?? 0))
      : undefined;
  expect(counts).toEqual(wanted.counts);
  const found = inner.kind === 'flat' ? Float64Array.from(inner.values as Float64Array, Number) : [];
  const values = numbers(wanted.values);
  expect(found.length).toBe(values.length);
  values.forEach((value, i) => {
    const own = found[i] ?? NaN;
    if (Number.isNaN(value)) expect(own).toBeNaN();
    else expect(Math.abs(own - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
  });
});

test('the golden expressions are all there', () => expect(Object.keys(golden.results).length).toBe(21));
