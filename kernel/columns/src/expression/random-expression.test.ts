import { expect, test } from 'vitest';
import type { Column } from '../column.ts';
import { compileExpression, parseExpression } from './index.ts';
import type { Expression } from './index.ts';

/** One entry's value, worked out the simplest way: a number, nothing, or a list of them. */
type Value = number | null | readonly Value[];
type Row = { readonly [column: string]: Value };

/** Small and seeded (mulberry32). */
const randomSource = (seed: number): ((bound: number) => number) => {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
};

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const holds = (value: number): boolean => value !== 0 && !Number.isNaN(value);

/** Item by item, plain numbers repeated for each item. */
const each = (values: readonly Value[], of: (...numbers: readonly (number | null)[]) => number | null): Value => {
  const list = values.find(isList);
  if (list === undefined) return of(...(values as readonly (number | null)[]));
  return list.map((_, i) =>
    each(
      values.map((value) => (isList(value) ? (value[i] as Value) : value)),
      of,
    ),
  );
};
const whenThere =
  (of: (...numbers: readonly number[]) => number) =>
  (...numbers: readonly (number | null)[]): number | null =>
    numbers.includes(null) ? null : of(...(numbers as readonly number[]));

const binary: { readonly [operator: string]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => Number(a < b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};
const reduce: { readonly [name: string]: (there: readonly number[]) => number | null } = {
  sum: (there) => there.reduce((sum, one) => sum + one, 0),
  count: (there) => there.length,
  min: (there) => (there.length === 0 ? null : Math.min(...there)),
  max: (there) => (there.length === 0 ? null : Math.max(...there)),
  any: (there) => Number(there.some(holds)),
  all: (there) => Number(there.every(holds)),
};

const work = (expression: Expression, row: Row): Value => {
  const of = (inner: Expression): Value => work(inner, row);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'column':
      return row[expression.name] as Value;
    case 'unary':
      return each(
        [of(expression.operand)],
        whenThere((x) => (expression.operator === '-' ? -x : Number(x === 0))),
      );
    case 'binary': {
      const { operator } = expression;
      const inputs = [of(expression.left), of(expression.right)];
      if (operator === '&&') {
        return each(inputs, (...both) => {
          if (both.some((x) => x !== null && !holds(x))) return 0;
          return both.includes(null) ? null : 1;
        });
      }
      if (operator === '||') {
        return each(inputs, (...both) => {
          if (both.some((x) => x !== null && holds(x))) return 1;
          return both.includes(null) ? null : 0;
        });
      }
      return each(inputs, whenThere(binary[operator] as (...numbers: readonly number[]) => number));
    }
    case 'choice':
      return each([of(expression.condition), of(expression.yes), of(expression.no)], (condition, yes, no) =>
        condition === null ? null : ((holds(condition) ? yes : no) ?? null),
      );
    case 'index': {
      const [list, at] = [of(expression.list) as readonly Value[], of(expression.at)];
      if (isList(at)) return list.filter((_, i) => at[i] !== null && holds(at[i] as number));
      const found = at === null ? undefined : list[Math.trunc(at)];
      return found ?? null;
    }
    case 'call': {
      const inputs = expression.inputs.map(of);
      if (expression.name === 'Alt$') return each(inputs, (first, second) => first ?? second ?? null);
      const reduction = inputs.length === 1 ? reduce[expression.name] : undefined;
      const [list] = inputs;
      if (reduction !== undefined && list !== undefined && isList(list)) {
        return reduction(list.filter((x): x is number => typeof x === 'number'));
      }
      const apply = { abs: Math.abs, min: Math.min, max: Math.max, floor: Math.floor }[expression.name];
      if (apply === undefined) throw new Error(expression.name);
      return each(inputs, whenThere(apply));
    }
    case 'text':
      throw new Error('not made here');
  }
};

/** A random expression that makes sense: of conditions or numbers, flat or in lists. */
const write = (pick: (bound: number) => number, depth: number, isBool: boolean, inLists: boolean): string => {
  const some = <T>(...choices: readonly (() => T)[]): T => (choices[pick(choices.length)] as () => T)();
  const number = (lists: boolean): string => write(pick, depth - 1, false, lists);
  const bool = (lists: boolean): string => write(pick, depth - 1, true, lists);
  const other = (): boolean => inLists && pick(3) > 0;
  if (depth <= 0) {
    if (isBool)
      return inLists
        ? 'tight'
        : some(
            () => 'n == 1',
            () => 'x >= 0',
          );
    if (inLists)
      return some(
        () => 'a',
        () => 'b',
      );
    return some(
      () => 'x',
      () => 'n',
      () => String(pick(4)),
      () => 'a[0]',
      () => 'sum(b)',
    );
  }
  if (isBool) {
    return some(
      () => `(${number(inLists)} ${['<', '>=', '==', '!='][pick(4)]} ${number(other())})`,
      () => `(${bool(other())} ${['&&', '||'][pick(2)]} ${bool(inLists)})`,
      () => `!${bool(inLists)}`,
      () => (inLists ? bool(true) : `${['any', 'all'][pick(2)]}(${bool(true)})`),
      () => `(${bool(inLists)} ? ${bool(other())} : ${bool(other())})`,
    );
  }
  return some(
    () => `(${number(inLists)} ${['+', '-', '*', '/', '%'][pick(5)]} ${number(other())})`,
    () => `(-${number(inLists)})`,
    () => `abs(${number(inLists)})`,
    () => `${['min', 'max'][pick(2)]}(${number(other())}, ${number(inLists)})`,
    () => `(${bool(inLists)} ? ${number(other())} : ${number(other())})`,
    () => `Alt$(${number(inLists)}, ${number(false)})`,
    () => (inLists ? number(true) : `${['sum', 'count', 'min', 'max'][pick(4)]}(${number(true)})`),
    () => (inLists ? number(true) : `${number(true)}[${number(false)}]`),
    () => (inLists ? number(true) : `sum(a[${bool(true)}])`),
  );
};

test('2000 random expressions give what the simplest evaluation of each entry gives', () => {
  const pick = randomSource(17);
  const entries = 40;
  const lengths = Array.from({ length: entries }, () => pick(4));
  const rows: Row[] = lengths.map((length) => {
    const list = (bound: number): readonly number[] => Array.from({ length }, () => pick(bound) - (bound > 2 ? 2 : 0));
    return { x: pick(9) - 4, n: pick(4) - 1, a: list(7), b: list(5), tight: list(2) };
  });
  const flat = (type: 'float64' | 'int32' | 'bool', numbers: readonly number[]): Column => ({
    kind: 'flat',
    type,
    values:
      type === 'bool'
        ? Uint8Array.from(numbers)
        : type === 'int32'
          ? Int32Array.from(numbers)
          : Float64Array.from(numbers),
  });
  let at = 0;
  const offsets = Int32Array.from([0, ...lengths.map((length) => (at += length))]);
  const lists = (name: string, type: 'float64' | 'int32' | 'bool'): Column => ({
    kind: 'jagged',
    offsets,
    content: flat(
      type,
      rows.flatMap((row) => row[name] as readonly number[]),
    ),
  });
  const columns = new Map<string, Column>([
    [
      'x',
      flat(
        'float64',
        rows.map((row) => row['x'] as number),
      ),
    ],
    [
      'n',
      flat(
        'int32',
        rows.map((row) => row['n'] as number),
      ),
    ],
    ['a', lists('a', 'float64')],
    ['b', lists('b', 'int32')],
    ['tight', lists('tight', 'bool')],
  ]);
  const isSame = (found: unknown, wanted: Value, isBool: boolean): boolean => {
    if (isList(wanted)) {
      return (
        Array.isArray(found) && found.length === wanted.length && wanted.every((w, i) => isSame(found[i], w, isBool))
      );
    }
    // A condition without a value is false in a column; -0 is 0.
    return Object.is(Number(found) + 0, wanted === null ? (isBool ? 0 : NaN) : wanted + 0);
  };
  const rowOf = (column: Column, i: number): unknown => {
    if (column.kind === 'flat') return Number(column.values[i]);
    if (column.kind !== 'jagged') return undefined;
    const found: unknown[] = [];
    for (let item = column.offsets[i] as number; item < (column.offsets[i + 1] as number); item++) {
      found.push(rowOf(column.content, item));
    }
    return found;
  };
  let values = 0;
  for (let round = 0; round < 2000; round++) {
    const text = write(pick, 1 + pick(4), pick(2) === 0, pick(2) === 0);
    const tree = parseExpression(text);
    // 'tight' alone may count as a list of numbers by accident of the grammar; conditions are never indices here.
    const compiled = compileExpression(text);
    const column = compiled.evaluateColumn(columns, entries);
    const inner = column.kind === 'jagged' ? column.content : column;
    const isBool = inner.kind === 'flat' && inner.type === 'bool';
    rows.forEach((row, i) => {
      const wanted = work(tree, row);
      if (!isSame(rowOf(column, i), wanted, isBool)) {
        expect.fail(
          `${text}\nentry ${i} ${JSON.stringify(row)}: ${JSON.stringify(rowOf(column, i))}, not ${JSON.stringify(wanted)}`,
        );
      }
      values++;
    });
    if (column.kind === 'flat') {
      const chosen = rows.flatMap((row, i) => {
        const wanted = work(tree, row);
        return typeof wanted === 'number' && holds(wanted) ? [i] : [];
      });
      expect([...compiled.select(columns, entries)], text).toEqual(chosen);
    }
  }
  expect(values).toBe(80_000);
});
