import { CygnetError } from '../errors.ts';

/** Why a text is no expression, and where. */
export class BadExpression extends CygnetError {
  /** Index of the first offending character. */
  readonly position: number;
  /** The text that was parsed. */
  readonly expression: string;
  constructor(problem: string, expression: string, position: number) {
    const line = expression.replace(/\s/g, ' ');
    const from = Math.max(0, position - 60);
    const shown = `${from > 0 ? '…' : ''}${line.slice(from, position + 40)}${line.length > position + 40 ? '…' : ''}`;
    const caret = ' '.repeat(position - from + (from > 0 ? 1 : 0));
    super('bad-expression', `${problem} at position ${position + 1}:\n  ${shown}\n  ${caret}^`);
    this.position = position;
    this.expression = expression;
  }
}
