import { didYouMean } from '../close-names.ts';
import { BadExpression } from './bad-expression.ts';
import { binaryFunctions, unaryFunctions, variadicFunctions } from './syntax.ts';
import type { BinaryFunction, BinaryOperator, Expression, UnaryFunction } from './syntax.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** From the loosest to the tightest; `**` and unary operators bind tighter. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const deepest = 200;
const longest = 10_000;

const isUnary = (name: string): name is UnaryFunction => Object.hasOwn(unaryFunctions, name);
const isBinary = (name: string): name is BinaryFunction => Object.hasOwn(binaryFunctions, name);

/** Recursive descent over the words of one expression. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const expression = this.#level(0);
    if (this.#token.kind !== 'end') throw this.#bad(`Unexpected ${this.#token.text}`);
    return expression;
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #bad(problem: string, position = this.#token.position): BadExpression {
    return new BadExpression(problem, this.#text, position);
  }

  #isOperator(text: string): boolean {
    return this.#token.kind === 'operator' && this.#token.text === text;
  }

  #expect(text: string, open: Token): void {
    if (!this.#isOperator(text)) {
      const found = this.#token.kind === 'end' ? 'the end' : this.#token.text;
      throw this.#bad(`Expected ${text} (for the parenthesis at position ${open.position + 1}), found ${found}`);
    }
    this.#next++;
  }

  #level(index: number): Expression {
    const operators = levels[index];
    if (operators === undefined) return this.#unary();
    let left = this.#level(index + 1);
    for (;;) {
      const operator = operators.find((one) => this.#isOperator(one));
      if (operator === undefined) return left;
      const { position } = this.#token;
      this.#next++;
      const right = this.#level(index + 1);
      left = { kind: 'binary', operator, left, right, position };
      if (index === 3 && levels[3]?.some((one) => this.#isOperator(one))) {
        throw this.#bad('Comparisons do not chain (write a < b && b < c)');
      }
    }
  }

  #unary(): Expression {
    if (++this.#depth > deepest) throw this.#bad(`Nested more than ${deepest} deep`);
    try {
      const { position } = this.#token;
      if (this.#isOperator('-') || this.#isOperator('!')) {
        const operator = this.#token.text as '-' | '!';
        this.#next++;
        return { kind: 'unary', operator, operand: this.#unary(), position };
      }
      if (this.#isOperator('+')) {
        this.#next++;
        return this.#unary();
      }
      const base = this.#primary();
      if (!this.#isOperator('**')) return base;
      const at = this.#token.position;
      this.#next++;
      return { kind: 'binary', operator: '**', left: base, right: this.#unary(), position: at };
    } finally {
      this.#depth--;
    }
  }

  #primary(): Expression {
    const token = this.#token;
    switch (token.kind) {
      case 'number':
        this.#next++;
        return { kind: 'number', value: Number(token.text), position: token.position };
      case 'name':
        this.#next++;
        return this.#isOperator('(')
          ? this.#call(token)
          : { kind: 'column', name: token.text, position: token.position };
      case 'operator': {
        if (token.text !== '(') throw this.#bad(`Expected a number, a column or a parenthesis, found ${token.text}`);
        this.#next++;
        const inner = this.#level(0);
        this.#expect(')', token);
        return inner;
      }
      case 'end':
        throw this.#bad(this.#text.trim() === '' ? 'The expression is empty' : 'The expression ends early');
    }
  }

  #call(name: Token): Expression {
    const open = this.#token;
    this.#next++;
    const inputs: Expression[] = [];
    while (!this.#isOperator(')')) {
      if (inputs.length > 0) {
        if (!this.#isOperator(',')) this.#expect(')', open);
        this.#next++;
      }
      inputs.push(this.#level(0));
    }
    this.#next++;
    return this.#checkedCall(name, inputs);
  }

  #checkedCall({ text, position }: Token, inputs: readonly Expression[]): Expression {
    const wrongCount = (needed: string): BadExpression =>
      this.#bad(`${text}() takes ${needed}, not ${inputs.length}`, position);
    if (isUnary(text)) {
      if (inputs.length !== 1) throw wrongCount('one number');
      return { kind: 'call', name: text, inputs, position };
    }
    if (isBinary(text)) {
      if (variadicFunctions.has(text) ? inputs.length < 2 : inputs.length !== 2) {
        throw wrongCount(variadicFunctions.has(text) ? 'two numbers or more' : 'two numbers');
      }
      return { kind: 'call', name: text, inputs, position };
    }
    const names = [...Object.keys(unaryFunctions), ...Object.keys(binaryFunctions)];
    throw this.#bad(`There is no function ${text}(). ${didYouMean(text, names)} Found`, position);
  }
}

/**
 * Understands an expression over columns, as in ROOT's selections: numbers, column names (any name in backticks),
 * `+ - * / % **`, comparisons, `&& || !`, and functions such as `abs`, `sqrt`, `log`, `pow`, `min`, `atan2`.
 * The text becomes a syntax tree; it is never run as code.
 *
 * @throws BadExpression (a CygnetError `bad-expression`) with the position of the trouble.
 * @example
 * parseExpression('m_bb > 80 && abs(jet1_eta) < 2.4');
 */
export const parseExpression = (text: string): Expression => {
  if (text.length > longest) throw new BadExpression(`Longer than ${longest} characters`, text, longest);
  return new Parser(text).whole();
};
