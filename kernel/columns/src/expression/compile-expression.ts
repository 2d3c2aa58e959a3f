import { didYouMean } from '../close-names.ts';
import type { Column } from '../column.ts';
import type { ColumnLookup } from '../find-column.ts';
import { columnLength, columnTypeName } from '../column-operations.ts';
import { BadExpression } from './bad-expression.ts';
import { parseExpression } from './parse-expression.ts';
import { binaryFunctions, constants, unaryFunctions } from './syntax.ts';
import type { BinaryFunction, BinaryOperator, Expression, UnaryFunction } from './syntax.ts';

/** Entries worked on at a time: the intermediate results stay in the processor's cache. */
const blockLength = 2048;

/** Gives the values of entries `[start, start + count)`, in an array of its own that the next call overwrites. */
type Block = (start: number, count: number) => Float64Array;

const operations: { readonly [operator in BinaryOperator]: (x: number, y: number) => number } = {
  '||': (x, y) => (x !== 0 || y !== 0 ? 1 : 0),
  '&&': (x, y) => (x !== 0 && y !== 0 ? 1 : 0),
  '==': (x, y) => (x === y ? 1 : 0),
  '!=': (x, y) => (x !== y ? 1 : 0),
  '<': (x, y) => (x < y ? 1 : 0),
  '<=': (x, y) => (x <= y ? 1 : 0),
  '>': (x, y) => (x > y ? 1 : 0),
  '>=': (x, y) => (x >= y ? 1 : 0),
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '%': (x, y) => x % y,
  '**': (x, y) => x ** y,
};

const mapOne = (operand: Block, operation: (x: number) => number): Block => {
  const result = new Float64Array(blockLength);
  return (start, count) => {
    const values = operand(start, count);
    for (let i = 0; i < count; i++) result[i] = operation(values[i] as number);
    return result;
  };
};

const mapTwo = (left: Block, right: Block, operation: (x: number, y: number) => number): Block => {
  const result = new Float64Array(blockLength);
  return (start, count) => {
    const a = left(start, count);
    const b = right(start, count);
    for (let i = 0; i < count; i++) result[i] = operation(a[i] as number, b[i] as number);
    return result;
  };
};

const columnBlock = (column: Extract<Column, { readonly kind: 'flat' }>): Block => {
  const result = new Float64Array(blockLength);
  const { values } = column;
  return (start, count) => {
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      for (let i = 0; i < count; i++) result[i] = Number(values[start + i]);
    } else {
      for (let i = 0; i < count; i++) result[i] = values[start + i] as number;
    }
    return result;
  };
};

/** An expression, ready to be worked out over any columns that have its names. */
export interface CompiledExpression {
  readonly text: string;
  /** The columns it reads, each once; names of constants too, which a column may replace (`isConstantName`). */
  readonly columns: readonly string[];
  /**
   * Its value for each entry; comparisons give 1 and 0.
   *
   * @param length Needed only when the expression reads no column.
   * @throws BadExpression for a column that is missing or has not one number an entry.
   */
  evaluate(columns: ColumnLookup, length?: number): Float64Array;
  /** The entries for which it is neither 0 nor NaN. */
  select(columns: ColumnLookup, length?: number): Int32Array;
}

const namesIn = (expression: Expression, names: Set<string>): Set<string> => {
  switch (expression.kind) {
    case 'number':
      break;
    case 'column':
      names.add(expression.name);
      break;
    case 'unary':
      namesIn(expression.operand, names);
      break;
    case 'binary':
      namesIn(expression.left, names);
      namesIn(expression.right, names);
      break;
    case 'call':
      expression.inputs.forEach((input) => namesIn(input, names));
  }
  return names;
};

const bind = (expression: Expression, text: string, columns: ColumnLookup): Block => {
  switch (expression.kind) {
    case 'number': {
      const result = new Float64Array(blockLength).fill(expression.value);
      return () => result;
    }
    case 'column': {
      const { name, position } = expression;
      const column = columns.get(name);
      if (column === undefined) {
        const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
        if (constant !== undefined) return bind({ kind: 'number', value: constant, position }, text, columns);
        throw new BadExpression(
          `There is no column "${name}". ${didYouMean(name, columns.keys())} Found`,
          text,
          position,
        );
      }
      if (column.kind === 'flat') return columnBlock(column);
      throw new BadExpression(
        `Column "${name}" holds a ${columnTypeName(column)} an entry, not one number. Found`,
        text,
        position,
      );
    }
    case 'unary': {
      const operand = bind(expression.operand, text, columns);
      return mapOne(operand, expression.operator === '-' ? (x) => -x : (x) => (x === 0 ? 1 : 0));
    }
    case 'binary':
      return mapTwo(
        bind(expression.left, text, columns),
        bind(expression.right, text, columns),
        operations[expression.operator],
      );
    case 'call': {
      const [first, ...more] = expression.inputs.map((input) => bind(input, text, columns));
      if (more.length === 0) return mapOne(first as Block, unaryFunctions[expression.name as UnaryFunction]);
      const operation = binaryFunctions[expression.name as BinaryFunction];
      return more.reduce((left, right) => mapTwo(left, right, operation), first as Block);
    }
  }
};

/** Number of entries: that of the first column there is, else what was given. */
const lengthOf = (
  text: string,
  names: readonly string[],
  columns: ColumnLookup,
  length: number | undefined,
): number => {
  for (const name of names) {
    const column = columns.get(name);
    if (column !== undefined) length ??= columnLength(column);
  }
  if (length === undefined) throw new BadExpression('It reads no column, so the number of entries is unknown', text, 0);
  return length;
};

/**
 * Prepares an expression for columns.
 *
 * @throws BadExpression (a CygnetError `bad-expression`) with the position of the trouble.
 * @example
 * compileExpression('pt > 20 && abs(eta) < 2.4').select(new Map([['pt', pt], ['eta', eta]]));
 */
export const compileExpression = (text: string): CompiledExpression => {
  const expression = parseExpression(text);
  const names = [...namesIn(expression, new Set())];
  const forEachBlock = (
    columns: ColumnLookup,
    given: number | undefined,
    visit: (block: Float64Array, start: number, count: number) => void,
  ): number => {
    const block = bind(expression, text, columns);
    const length = lengthOf(text, names, columns, given);
    for (let start = 0; start < length; start += blockLength) {
      const count = Math.min(blockLength, length - start);
      visit(block(start, count), start, count);
    }
    return length;
  };
  return {
    text,
    columns: names,
    evaluate(columns, given) {
      const result = new Float64Array(lengthOf(text, names, columns, given));
      forEachBlock(columns, given, (block, start, count) => result.set(block.subarray(0, count), start));
      return result;
    },
    select(columns, given) {
      const kept: number[] = [];
      forEachBlock(columns, given, (block, start, count) => {
        for (let i = 0; i < count; i++) {
          const value = block[i] as number;
          if (value !== 0 && !Number.isNaN(value)) kept.push(start + i);
        }
      });
      return Int32Array.from(kept);
    },
  };
};
