import type { Column } from '../column.ts';
import { columnLength } from '../column-operations.ts';
import { findColumn } from '../find-column.ts';
import type { ColumnLookup } from '../find-column.ts';
import { BadExpression } from './bad-expression.ts';
import { Binder } from './bind.ts';
import type { Compiled } from './compiled.ts';
import { parseExpression } from './parse-expression.ts';
import type { Expression } from './syntax.ts';
import type { Values } from './values.ts';

/** Entries worked on at a time: the intermediate results stay in the processor's cache. */
const blockLength = 2048;

export interface EvaluateOptions {
  /** What `Entry$` is for the first entry; default 0. */
  readonly firstEntry?: number;
}

/** An expression, ready to be worked out over any columns that have its names. */
export interface CompiledExpression {
  readonly text: string;
  /** The columns it reads, each once; names of constants too, which a column may replace (`isConstantName`). */
  readonly columns: readonly string[];
  /**
   * Its value for each entry; comparisons give 1 and 0. NaN where it has none.
   *
   * @param length Needed only when the expression reads no column.
   * @throws BadExpression for a column that is missing, or when there is a list an entry.
   */
  evaluate(columns: ColumnLookup, length?: number, options?: EvaluateOptions): Float64Array;
  /**
   * Its value for each entry as a column: of float64, or of bool for comparisons and conditions; or lists of them.
   *
   * @throws BadExpression as {@link evaluate}, and when lists that belong together differ in length.
   */
  evaluateColumn(columns: ColumnLookup, length?: number, options?: EvaluateOptions): Column;
  /** The entries for which it is neither 0 nor NaN, and has a value. @throws BadExpression as {@link evaluate}. */
  select(columns: ColumnLookup, length?: number, options?: EvaluateOptions): Int32Array;
}

const inputsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'column':
      return [];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.yes, expression.no];
    case 'index':
      return [expression.list, expression.at];
    case 'call':
      return expression.inputs;
  }
};

const namesIn = (expression: Expression): readonly string[] =>
  expression.kind === 'column' ? [expression.name] : inputsOf(expression).flatMap(namesIn);

/** Number of entries: that of the first column there is, else what was given. */
const lengthOf = (
  text: string,
  names: readonly string[],
  columns: ColumnLookup,
  length: number | undefined,
): number => {
  for (const name of names) {
    const column = findColumn(columns, name);
    if (column !== undefined) length ??= columnLength(column);
  }
  if (length === undefined) throw new BadExpression('It reads no column, so the number of entries is unknown', text, 0);
  return length;
};

/** Numbers of blocks, one after the other. */
class Gathered {
  #numbers = new Float64Array(1024);
  size = 0;

  push({ numbers, size, missing }: Values): void {
    if (this.size + size > this.#numbers.length) {
      const larger = new Float64Array(Math.max(2 * this.#numbers.length, this.size + size));
      larger.set(this.#numbers.subarray(0, this.size));
      this.#numbers = larger;
    }
    this.#numbers.set(numbers.subarray(0, size), this.size);
    if (missing !== undefined) for (let i = 0; i < size; i++) if (missing[i] === 1) this.#numbers[this.size + i] = NaN;
    this.size += size;
  }

  column(isBool: boolean): Column {
    if (!isBool) return { kind: 'flat', type: 'float64', values: this.#numbers.slice(0, this.size) };
    const values = Uint8Array.from(this.#numbers.subarray(0, this.size), (value) => (value === 1 ? 1 : 0));
    return { kind: 'flat', type: 'bool', values };
  }
}

/** A list column of any depth out of blocks. */
const gatherLists = (length: number, { rank, isBool }: Compiled, blocks: Iterable<Values>): Column => {
  const levels = Array.from({ length: rank }, () => [0]);
  const gathered = new Gathered();
  for (const values of blocks) {
    values.levels.forEach((offsets, depth) => {
      const own = levels[depth] as number[];
      const base = own.at(-1) as number;
      for (let i = 1; i < offsets.length; i++) own.push(base + (offsets[i] as number));
    });
    gathered.push(values);
  }
  return levels.reduceRight<Column>(
    (content, offsets) => ({ kind: 'jagged', offsets: Int32Array.from(offsets), content }),
    gathered.column(isBool),
  );
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
  const names = [...new Set(namesIn(expression))];

  const bound = (columns: ColumnLookup, given: number | undefined, { firstEntry = 0 }: EvaluateOptions) => {
    const compiled = new Binder(text, columns, firstEntry).bind(expression);
    if (compiled.isFree) {
      throw new BadExpression('Iteration$ and Length$ count in the list beside them, and there is none', text, 0);
    }
    const length = lengthOf(text, names, columns, given);
    const blocks = function* (): Generator<Values> {
      for (let start = 0; start < length; start += blockLength) {
        yield compiled.block(start, Math.min(blockLength, length - start));
      }
    };
    return { compiled, length, blocks };
  };
  const boundFlat: typeof bound = (...given) => {
    const result = bound(...given);
    if (result.compiled.rank === 0) return result;
    throw new BadExpression(
      'It is a list an entry, not one number. Make one of it: any(…), all(…), sum(…), max(…), or choose an item: …[0]. Found',
      text,
      expression.position,
    );
  };
  const evaluate: CompiledExpression['evaluate'] = (columns, given, options = {}) => {
    const { length, blocks } = boundFlat(columns, given, options);
    const result = new Float64Array(length);
    let start = 0;
    for (const { numbers, size, missing } of blocks()) {
      result.set(numbers.subarray(0, size), start);
      if (missing !== undefined) for (let i = 0; i < size; i++) if (missing[i] === 1) result[start + i] = NaN;
      start += size;
    }
    return result;
  };
  return {
    text,
    columns: names,
    evaluate,
    evaluateColumn(columns, given, options = {}) {
      const { compiled, length, blocks } = bound(columns, given, options);
      if (compiled.rank > 0) return gatherLists(length, compiled, blocks());
      const values = evaluate(columns, given, options);
      if (!compiled.isBool) return { kind: 'flat', type: 'float64', values };
      return { kind: 'flat', type: 'bool', values: Uint8Array.from(values, (value) => (value === 1 ? 1 : 0)) };
    },
    select(columns, given, options = {}) {
      const kept: number[] = [];
      let start = 0;
      for (const { numbers, size, missing } of boundFlat(columns, given, options).blocks()) {
        for (let i = 0; i < size; i++) {
          const value = numbers[i] as number;
          if (value !== 0 && !Number.isNaN(value) && missing?.[i] !== 1) kept.push(start + i);
        }
        start += size;
      }
      return Int32Array.from(kept);
    },
  };
};
