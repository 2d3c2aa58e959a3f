import { didYouMean } from '../close-names.ts';
import { BadExpression } from './bad-expression.ts';
import { elementwiseFunctions } from './functions.ts';
import { entryReductions, reductions } from './reductions.ts';
import type { BinaryOperator, Expression } from './syntax.ts';
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
    const expression = this.#choice();
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
      const what = open.text === '(' ? 'parenthesis' : open.text;
      throw this.#bad(`Expected ${text} (for the ${what} at position ${open.position + 1}), found ${found}`);
    }
    this.#next++;
  }

  /** `condition ? yes : no`, from the right. */
  #choice(): Expression {
    const condition = this.#level(0);
    const question = this.#token;
    if (!this.#isOperator('?')) return condition;
    return this.#deeper(() => {
      this.#next++;
      const yes = this.#choice();
      this.#expect(':', question);
      return { kind: 'choice', condition, yes, no: this.#choice(), position: question.position };
    });
  }

  #deeper(parse: () => Expression): Expression {
    if (++this.#depth > deepest) throw this.#bad(`Nested more than ${deepest} deep`);
    const parsed = parse();
    this.#depth--;
    return parsed;
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
    return this.#deeper(() => {
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
      const base = this.#items();
      if (!this.#isOperator('**')) return base;
      const at = this.#token.position;
      this.#next++;
      return { kind: 'binary', operator: '**', left: base, right: this.#unary(), position: at };
    });
  }

  /** Something, and which of its items: `x`, `x[0]`, `x[y > 1][0]`. */
  #items(): Expression {
    let list = this.#primary();
    for (let depth = 0; this.#isOperator('['); depth++) {
      if (depth > deepest) throw this.#bad(`Nested more than ${deepest} deep`);
      const open = this.#token;
      this.#next++;
      const at = this.#choice();
      this.#expect(']', open);
      list = { kind: 'index', list, at, position: open.position };
    }
    return list;
  }

  #primary(): Expression {
    const token = this.#token;
    switch (token.kind) {
      case 'number':
        this.#next++;
        return { kind: 'number', value: Number(token.text), position: token.position };
      case 'text':
        this.#next++;
        return { kind: 'text', value: token.text, position: token.position };
      case 'name':
        this.#next++;
        return this.#isOperator('(')
          ? this.#call(token)
          : { kind: 'column', name: token.text, position: token.position };
      case 'operator': {
        if (token.text !== '(') throw this.#bad(`Expected a number, a column or a parenthesis, found ${token.text}`);
        this.#next++;
        const inner = this.#choice();
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
      inputs.push(this.#choice());
    }
    this.#next++;
    return this.#checkedCall(name, inputs);
  }

  #checkedCall({ text, position }: Token, inputs: readonly Expression[]): Expression {
    const isReduction = inputs.length === 1 && (reductions.has(text) || entryReductions.has(text));
    const needed = countsOf(text);
    if (needed === undefined) {
      const all = [...elementwiseFunctions.keys(), ...reductions.keys(), ...entryReductions.keys(), 'Alt$'];
      const names = all.filter((name) => name.startsWith('TMath::') === text.includes(':'));
      throw this.#bad(`There is no function ${text}(). ${didYouMean(text, names)} Found`, position);
    }
    const [least, most, words] = needed;
    if (!isReduction && (inputs.length < least || inputs.length > most)) {
      throw this.#bad(`${text}() takes ${words}, not ${inputs.length}`, position);
    }
    return { kind: 'call', name: text, inputs, position };
  }
}

const counts = ['nothing', 'one number', 'two numbers', 'three numbers'];

/** How many inputs a function takes. */
const countsOf = (name: string): readonly [least: number, most: number, words: string] | undefined => {
  if (name === 'Alt$') return [2, 2, 'two numbers'];
  const of = elementwiseFunctions.get(name);
  if (of === undefined) return reductions.has(name) || entryReductions.has(name) ? [1, 1, 'one list'] : undefined;
  const words = counts[of.least] ?? '';
  if (of.most === of.least) return [of.least, of.most, words];
  return [of.least, of.most, reductions.has(name) ? `one list, or ${words} or more` : `${words} or more`];
};

/**
 * Understands an expression over columns, as in ROOT's selections: numbers, column names (any name in backticks; fields of
 * records as `jets.pt`), `+ - * / % **`, comparisons, `&& || !`, `condition ? x : y`, functions such as `abs`, `sqrt`, `atan2`
 * and ROOT's `TMath::…`, strings compared to columns of strings; of lists the items `x[0]`, `x[y > 30]`, `x[argmax(y)]`, and
 * `sum`, `count`, `min`, `max`, `mean`, `any`, `all`, or ROOT's `Sum$`, `Length$`, `Min$`, `Max$`, `Alt$`, `Iteration$`, `Entry$`.
 * The text becomes a syntax tree; it is never run as code.
 *
 * @throws BadExpression (a CygnetError `bad-expression`) with the position of the trouble.
 * @example
 * parseExpression('m_bb > 80 && any(abs(jet_eta[jet_pt > 30]) < 2.4)');
 */
export const parseExpression = (text: string): Expression => {
  if (text.length > longest) throw new BadExpression(`Longer than ${longest} characters`, text, longest);
  return new Parser(text).whole();
};
