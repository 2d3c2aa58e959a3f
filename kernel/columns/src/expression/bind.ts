import { didYouMean } from '../close-names.ts';
import type { Column } from '../column.ts';
import { columnTypeName } from '../column-operations.ts';
import { allColumnNames, findColumn } from '../find-column.ts';
import type { ColumnLookup } from '../find-column.ts';
import { binaryLoops, givesBool } from './arithmetic.ts';
import { BadExpression } from './bad-expression.ts';
import { checkShapes, elementwise } from './compiled.ts';
import type { Compiled, Place } from './compiled.ts';
import { elementwiseFunctions } from './functions.ts';
import { gatherItems, maskItems, pickItem } from './items.ts';
import { LeafReader, leafOf } from './leaf.ts';
import { choice, logical, otherwise } from './logic.ts';
import { entryReductions, reduceLists, reductions } from './reductions.ts';
import { constants, isSpecial } from './syntax.ts';
import type { Expression, Special } from './syntax.ts';
import { Scratch, entryOffsets } from './values.ts';
import type { Values } from './values.ts';

/** A sub-expression that is text: a string column or a quoted word. */
type Text = (entry: number) => string;

/** Brings an expression together with columns. */
export class Binder {
  readonly #text: string;
  readonly #columns: ColumnLookup;
  readonly #firstEntry: number;
  readonly #leaves = new LeafReader();
  readonly #known = new Map<string, Compiled>();

  constructor(text: string, columns: ColumnLookup, firstEntry: number) {
    this.#text = text;
    this.#columns = columns;
    this.#firstEntry = firstEntry;
  }

  bind(expression: Expression): Compiled {
    const place: Place = { text: this.#text, position: expression.position };
    switch (expression.kind) {
      case 'number':
        return this.#number(expression.value);
      case 'text':
        throw this.#bad('Strings are compared to columns of strings by == and != only', expression.position);
      case 'column':
        return this.#column(expression.name, expression.position);
      case 'unary': {
        const operand = this.bind(expression.operand);
        const isNegation = expression.operator === '!';
        return elementwise(
          [operand],
          isNegation,
          ([x], result, size) => {
            const { numbers } = x as Values;
            if (isNegation) for (let i = 0; i < size; i++) result[i] = numbers[i] === 0 ? 1 : 0;
            else for (let i = 0; i < size; i++) result[i] = -(numbers[i] as number);
          },
          place,
        );
      }
      case 'binary':
        return this.#binary(expression, place);
      case 'choice': {
        const { condition, yes, no } = expression;
        return choice([this.bind(condition), this.bind(yes), this.bind(no)], place);
      }
      case 'index':
        return this.#index(expression, place);
      case 'call':
        return this.#call(expression, place);
    }
  }

  #bad(problem: string, position: number): BadExpression {
    return new BadExpression(problem, this.#text, position);
  }

  #number(value: number): Compiled {
    const scratch = new Scratch();
    const block = (_: number, count: number): Values => ({
      numbers: scratch.numbers(count).fill(value, 0, count),
      size: count,
      levels: [],
      constant: value,
    });
    return { rank: 0, isBool: false, isFree: false, block };
  }

  #found(name: string, position: number): Column {
    const column = findColumn(this.#columns, name);
    if (column !== undefined) return column;
    throw this.#bad(`There is no column "${name}". ${didYouMean(name, allColumnNames(this.#columns))} Found`, position);
  }

  #column(name: string, position: number): Compiled {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const column = findColumn(this.#columns, name);
    if (column === undefined) {
      if (isSpecial(name)) return this.#special(name);
      const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
      if (constant !== undefined) return { ...this.#number(constant), isBool: name !== 'pi' };
      this.#found(name, position);
    }
    const leaf = column === undefined ? undefined : leafOf(column);
    if (column === undefined || leaf === undefined) {
      const type = column === undefined ? 'nothing' : columnTypeName(column);
      const remedy = type.includes('{')
        ? ` Choose a field of it: ${name}.…`
        : type.endsWith('string')
          ? ' Strings of an entry are compared by == and != only.'
          : '';
      throw this.#bad(`Column "${name}" holds a ${type} an entry, not numbers.${remedy} Found`, position);
    }
    const compiled: Compiled = {
      rank: leaf.levels.length,
      isBool: leaf.flat.type === 'bool',
      isFree: false,
      block: this.#leaves.block(leaf),
    };
    this.#known.set(name, compiled);
    return compiled;
  }

  /** `Entry$`, and what counts in the list that is beside it. */
  #special(name: Special): Compiled {
    const scratch = new Scratch();
    if (name === 'Entry$') {
      const block = (start: number, count: number): Values => {
        const numbers = scratch.numbers(count);
        for (let i = 0; i < count; i++) numbers[i] = this.#firstEntry + start + i;
        return { numbers, size: count, levels: [] };
      };
      return { rank: 0, isBool: false, isFree: false, block };
    }
    const block = (_start: number, _count: number, shape?: Values): Values => {
      const { size, levels } = shape as Values;
      const offsets = entryOffsets(shape as Values);
      const numbers = scratch.numbers(size);
      for (let entry = 0; entry + 1 < offsets.length; entry++) {
        const [from, stop] = [offsets[entry] as number, offsets[entry + 1] as number];
        for (let i = from; i < stop; i++) numbers[i] = name === 'Length$' ? stop - from : i - from;
      }
      return { numbers, size, levels };
    };
    return { rank: 0, isBool: false, isFree: true, block };
  }

  #binary({ operator, left, right }: Extract<Expression, { readonly kind: 'binary' }>, place: Place): Compiled {
    if (operator === '&&' || operator === '||') return logical(operator, [this.bind(left), this.bind(right)], place);
    const [one, other] = [this.#textOf(left), this.#textOf(right)];
    if (one !== undefined && other !== undefined && (operator === '==' || operator === '!=')) {
      return this.#compareText(one, other, operator === '==');
    }
    const loop = binaryLoops[operator];
    return elementwise(
      [this.bind(left), this.bind(right)],
      givesBool(operator),
      ([a, b], result, size) => loop((a as Values).numbers, (b as Values).numbers, result, size),
      place,
    );
  }

  #textOf(expression: Expression): Text | undefined {
    if (expression.kind === 'text') return () => expression.value;
    if (expression.kind !== 'column') return undefined;
    const column = findColumn(this.#columns, expression.name);
    return column?.kind === 'string' ? (entry) => column.values[entry] as string : undefined;
  }

  #compareText(one: Text, other: Text, isEqual: boolean): Compiled {
    const scratch = new Scratch();
    const block = (start: number, count: number): Values => {
      const numbers = scratch.numbers(count);
      for (let i = 0; i < count; i++) numbers[i] = (one(start + i) === other(start + i)) === isEqual ? 1 : 0;
      return { numbers, size: count, levels: [] };
    };
    return { rank: 0, isBool: true, isFree: false, block };
  }

  #index({ list, at }: Extract<Expression, { readonly kind: 'index' }>, place: Place): Compiled {
    const [from, where] = [this.bind(list), this.bind(at)];
    const scratch = new Scratch();
    if (from.rank === 0)
      throw this.#bad('There are no items to choose from: it is one number an entry', place.position);
    const isMask = where.isBool && (where.rank > 0 || where.isFree);
    if (where.isBool && !isMask) {
      throw this.#bad(
        'A condition of the whole entry chooses no items (write filter, or condition ? x : y)',
        place.position,
      );
    }
    if (isMask && !where.isFree && where.rank !== from.rank) {
      throw this.#bad('The condition needs a value for each item', place.position);
    }
    if (!isMask && (where.rank > 0 || where.isFree) && from.rank > 1) {
      throw this.#bad('Items of lists in lists are chosen by one number an entry, or by a condition', place.position);
    }
    const rank = isMask ? from.rank : where.rank > 0 || where.isFree ? where.rank || 1 : from.rank - 1;
    const block = (start: number, count: number): Values => {
      const values = from.block(start, count);
      const chosen = where.block(start, count, values);
      if (!isMask)
        return chosen.levels.length > 0 ? gatherItems(values, chosen, scratch) : pickItem(values, chosen, scratch);
      checkShapes(values, chosen, start, place);
      return maskItems(values, chosen, scratch);
    };
    return { rank, isBool: from.isBool, isFree: false, block };
  }

  #call({ name, inputs, position }: Extract<Expression, { readonly kind: 'call' }>, place: Place): Compiled {
    const bound = inputs.map((input) => this.bind(input));
    const [first, second] = bound as [Compiled, Compiled];
    if (name === 'Alt$') return otherwise([first, second], place);
    const reduction = bound.length === 1 ? reductions.get(name) : undefined;
    if (reduction !== undefined) {
      if (first.rank === 0)
        throw this.#bad(`${name}() of one number needs a list: there is one number an entry`, position);
      if (name === 'count' && first.isBool) {
        throw this.#bad(
          'count() of conditions (write sum() for how many hold, Length$() for how many there are)',
          position,
        );
      }
      return reduced(first, reduction.isBool ?? false, first.rank - 1, (values, scratch) => ({
        ...reduceLists(values, values.levels.at(-1) as Int32Array, reduction, scratch),
        levels: values.levels.slice(0, -1),
      }));
    }
    const whole = entryReductions.get(name);
    if (whole !== undefined) {
      if (first.isFree) throw this.#bad(`${name}() needs a list`, position);
      return reduced(first, false, 0, (values, scratch) => ({
        ...reduceLists(values, entryOffsets(values), whole, scratch),
        levels: [],
      }));
    }
    const of = elementwiseFunctions.get(name);
    if (of === undefined) throw this.#bad(`There is no function ${name}()`, position);
    if (bound.length === 0) return this.#number(of.apply());
    return elementwise(bound, of.isBool ?? false, applied(of.apply, bound.length), place);
  }
}

const reduced = (
  of: Compiled,
  isBool: boolean,
  rank: number,
  reduce: (values: Values, scratch: Scratch) => Values,
): Compiled => {
  const scratch = new Scratch();
  return { rank, isBool, isFree: false, block: (start, count) => reduce(of.block(start, count), scratch) };
};

/** A loop for functions of one or two numbers, and one for any number of them. */
const applied =
  (apply: (...x: readonly number[]) => number, arity: number) =>
  (inputs: readonly Values[], result: Float64Array, size: number): void => {
    const [a, b] = inputs.map(({ numbers }) => numbers) as [Float64Array, Float64Array];
    if (arity === 1) for (let i = 0; i < size; i++) result[i] = apply(a[i] as number);
    else if (arity === 2) for (let i = 0; i < size; i++) result[i] = apply(a[i] as number, b[i] as number);
    else for (let i = 0; i < size; i++) result[i] = apply(...inputs.map(({ numbers }) => numbers[i] as number));
  };
